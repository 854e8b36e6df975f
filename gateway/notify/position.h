// Places in the trail.
#pragma once

#include "gateway/notify/subscription.h"

namespace purser::gateway {

/// The end: who subscribes now is told of what happens from now on.
std::expected<TrailPosition, Status> trail_end(Journal& journal);
/// Before everything that was entered at `since` or later.
std::expected<TrailPosition, Status> trail_since(Journal& journal, Instant since);

}  // namespace purser::gateway
