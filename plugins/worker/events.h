// Batches of events as a payload: u32 count, the records as they cross the line, then their texts in order.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"
#include "plugins/abi/purser.h"

namespace purser::plugin::wire {

/// Gathers events until a payload has a good size. [serial]
class EventWriter {
 public:
  /// False if the payload would be too large: for any frame, if nothing is there yet.
  bool add(const Event& event);
  /// The same for one as it crossed the line, whatever it is: who reads it will tell.
  bool add(const purser_event& event);
  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] bool full() const;
  /// The payload in pieces, until the next call of anything else.
  [[nodiscard]] std::array<std::string_view, 3> pieces();
  /// Starts the next payload.
  void clear();
  [[nodiscard]] std::size_t size() const;

 private:
  std::vector<purser_event> records_;
  std::string texts_;
  std::uint32_t count_ = 0;
};

/// Gives the events of a payload in batches to `sink`. An error with code HOST-0016 if the payload is not
/// whole, HOST-0013 if an event is none, otherwise the sink's. `bytes` counts the texts. [serial]
class EventReader {
 public:
  Outcome read(std::string_view payload, EventSink& sink);

 private:
  static constexpr std::size_t step = 64;  // made for each call, and in the nearest cache
  std::vector<Event> batch_;
};

}  // namespace purser::plugin::wire
