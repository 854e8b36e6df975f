#include "gateway/deliver/breaker.h"

#include <algorithm>

namespace purser::gateway {

bool Breaker::lets_pass(std::chrono::microseconds now) const {
  if (!open_) return true;
  return !probing_ && now >= until_;
}

void Breaker::sent() { probing_ = open_; }

void Breaker::arrived() {
  in_a_row_ = 0;
  open_ = probing_ = false;
  rest_ = {};
}

bool Breaker::failed(std::chrono::microseconds now) {
  ++in_a_row_;
  if (settings_.failures == 0) return false;
  if (open_ && !probing_) return false;  // sent before it opened
  if (!open_ && in_a_row_ < settings_.failures) return false;
  rest_ = open_ ? std::min<std::chrono::microseconds>(rest_ * 2, settings_.longest_rest)
                : std::chrono::microseconds(settings_.rest);
  open_ = true;
  probing_ = false;
  until_ = now + rest_;
  return true;
}

}  // namespace purser::gateway
