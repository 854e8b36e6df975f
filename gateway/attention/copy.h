// An edited copy of a message: kept, and taken in the message's place.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"

namespace purser::gateway {

/// Makes the bytes durable, then resubmits them. JOURNAL-0010 if they are what was received the first time
/// and it does not go everywhere again: a release does that. `copy.copy` and `copy.hash` are filled in here.
/// [any]
std::expected<ActionResult, Status> resubmit_copy(Journal& journal, BodyStore& bodies, Resubmission copy,
                                                  std::string_view bytes);

}  // namespace purser::gateway
