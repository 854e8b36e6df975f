// When a failed delivery is tried again, and when it is given up.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/port/clock.h"
#include "gateway/port/random.h"

namespace purser::gateway {

/// Exponential with full jitter: attempt n waits a uniformly chosen time in (0, min(longest, first ×
/// 2^(n-1))].
struct RetrySchedule {
  std::chrono::milliseconds first{1'000};
  std::chrono::milliseconds longest{std::chrono::minutes(15)};
  std::uint32_t attempts = 12;                            ///< budget, the first one included
  std::chrono::seconds deadline{std::chrono::hours(24)};  ///< from the first due time
  /// A Retry-After beyond this is cut: the other side may not silence a lane for a week.
  std::chrono::seconds retry_after_cap{std::chrono::hours(1)};
};

/// "default", "eager" (an interactive receiver), "patient" (an ERP with a nightly window). Empty if unknown.
std::optional<RetrySchedule> named_schedule(std::string_view name);

/// When to try again after attempt `made` (1 = the first) failed at `now`; empty: give up.
/// `retry_after` is what the other side asked for. [any]
std::optional<Instant> next_attempt(const RetrySchedule& schedule, std::uint32_t made, Instant first_due,
                                    Instant now, std::optional<std::chrono::seconds> retry_after,
                                    Random& random);

}  // namespace purser::gateway
