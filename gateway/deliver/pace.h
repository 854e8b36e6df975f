// How fast a target may be sent to.
#pragma once

#include <chrono>
#include <cstdint>

namespace purser::gateway {

/// A token bucket that holds a quarter of a second's worth: a receiver that asks for ten a second gets them
/// spread, not ten at once each second. Times are monotonic. Not thread safe.
class Pace {
 public:
  /// Whether one more may go now; takes its token if so. `per_second` 0: no limit.
  bool take(std::uint32_t per_second, std::chrono::microseconds now);

 private:
  std::chrono::microseconds paid_until_{0};  ///< the moment up to which tokens are used
};

}  // namespace purser::gateway
