// Collects events on their way to a sink, with a place for texts that would not live long enough.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "canonical/event/event.h"

namespace purser {

/// Up to `capacity` events with up to `storage` bytes of text, handed over together. After a failure of the
/// sink everything further is refused with the same status. [serial]
class EventBatch {
 public:
  static constexpr std::size_t capacity = 256;  ///< enough to make the cost of a hand-over vanish
  static constexpr std::size_t storage =
      64 * 1024;  ///< texts of a batch; a longer one is handed over by itself

  explicit EventBatch(EventSink& sink);
  /// Copies `event.value.bytes`.
  Outcome add(const Event& event);
  Outcome flush();

 private:
  EventSink& sink_;
  std::size_t count_ = 0;
  std::size_t used_ = 0;
  std::unique_ptr<std::array<Event, capacity>> events_;
  std::unique_ptr<std::array<char, storage>> text_;
};

}  // namespace purser
