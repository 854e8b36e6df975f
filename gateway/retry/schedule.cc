#include "gateway/retry/schedule.h"

#include <algorithm>
#include <array>
#include <utility>

namespace purser::gateway {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::array<std::pair<std::string_view, RetrySchedule>, 3> schedules = {{
    {"default", {}},
    {"eager", {milliseconds(200), milliseconds(10'000), 10, minutes(10), minutes(2)}},
    {"patient", {milliseconds(30'000), hours(2), 60, hours(24 * 5), hours(12)}},
}};

// Doubling beyond this many times exceeds any longest wait and would overflow.
constexpr std::uint32_t max_doublings = 30;

}  // namespace

std::optional<RetrySchedule> named_schedule(std::string_view name) {
  for (const auto& [known, schedule] : schedules) {
    if (known == name) return schedule;
  }
  return std::nullopt;
}

std::optional<Instant> next_attempt(const RetrySchedule& schedule, std::uint32_t made, Instant first_due,
                                    Instant now, std::optional<std::chrono::seconds> retry_after,
                                    Random& random) {
  if (made >= schedule.attempts) return std::nullopt;
  const std::uint32_t doublings = std::min(made > 0 ? made - 1 : 0, max_doublings);
  const std::int64_t ceiling = std::min(schedule.longest.count(), schedule.first.count() << doublings);
  const std::uint64_t bound = static_cast<std::uint64_t>(std::max<std::int64_t>(ceiling, 1));
  Instant due = now + milliseconds(static_cast<std::int64_t>(random.below(bound)) + 1);
  // What the other side asks for is a lower bound; the jitter on top keeps all waiting ones from coming at
  // once.
  if (retry_after) due += std::clamp(*retry_after, std::chrono::seconds(0), schedule.retry_after_cap);
  if (due - first_due > schedule.deadline) return std::nullopt;
  return due;
}

}  // namespace purser::gateway
