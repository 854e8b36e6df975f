#include "gateway/deliver/pace.h"

#include <algorithm>

namespace purser::gateway {

bool Pace::take(std::uint32_t per_second, std::chrono::microseconds now) {
  if (per_second == 0) return true;
  constexpr std::chrono::microseconds second{1'000'000};
  const auto each = second / per_second;
  const auto depth = std::max(second / 4, each);
  paid_until_ = std::max(paid_until_, now - depth);
  if (paid_until_ + each > now) return false;
  paid_until_ += each;
  return true;
}

}  // namespace purser::gateway
