// Signs the audit trail again and again, where the configuration says so.
#pragma once

#include <memory>

#include "gateway/api/configuration.h"
#include "gateway/journal/journal.h"
#include "gateway/observe/log.h"
#include "gateway/port/scheduler.h"

namespace purser::gateway {

/// Takes checkpoints as often as audit.checkpoints of the configuration in force says, the first one at once;
/// of several nodes one does it. What was signed is in the log, and what could not be, with its AUDIT code,
/// as an error. All but `threads` outlives it.
std::unique_ptr<Watch> start_checkpoints(Scheduler& threads, const Clock& clock, const Log& log,
                                         Journal& journal, const LiveConfiguration& live);

}  // namespace purser::gateway
