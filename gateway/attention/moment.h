// Moments as people write them.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/port/clock.h"

namespace purser::gateway {

/// "2026-09-30T22:00:05Z" (RFC 3339, with Z or an offset; without either UTC), "2026-09-30T22:00",
/// "2026-09-30" (its midnight), "22:00" (today), or how long before `now`: "90m", "3h", "2d". All UTC. Empty
/// if it is none of these. [any]
std::optional<Instant> parse_moment(std::string_view text, Instant now);

/// What parse_moment takes, for the answer to what it does not take.
inline constexpr std::string_view moment_forms = "a moment: 2026-09-30T22:00Z, 2026-09-30, 22:00 (today, UTC) or 3h (ago)";

}  // namespace purser::gateway
