// Keeps the rate limits of this node together with those of the others, where the configuration says so.
#pragma once

#include <memory>

#include "gateway/access/rate_limiter.h"
#include "gateway/api/configuration.h"
#include "gateway/observe/log.h"
#include "gateway/port/scheduler.h"

namespace purser::gateway {

/// Exchanges what was taken twenty times a second on a thread of its own, with the server that the
/// configuration in force names. Says in the log when that begins to fail and when it works again. All but
/// `threads` outlives it.
std::unique_ptr<Watch> share_buckets(Scheduler& threads, RateLimiter& limiter, const Clock& clock,
                                     const Log& log, const LiveConfiguration& live);

}  // namespace purser::gateway
