// Events that wait for being pushed.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "canonical/event/event.h"

namespace purser::map {

/// A vector whose elements are not made anew when it grows again: who grows it writes all of them. [serial]
class EventBuffer {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::span<const Event> events() const { return std::span(events_).first(size_); }
  void push_back(const Event& event) { grow(1).front() = event; }
  /// So many more events, of which nothing is said but what they were.
  std::span<Event> grow(std::size_t count) {
    size_ += count;
    if (size_ > events_.size()) events_.resize(size_ * 2);
    return std::span(events_).subspan(size_ - count, count);
  }
  void shrink(std::size_t size) { size_ = size; }
  void clear() { size_ = 0; }

 private:
  std::vector<Event> events_;
  std::size_t size_ = 0;
};

}  // namespace purser::map
