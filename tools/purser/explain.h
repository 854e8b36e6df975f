// Each canonical value with the place it came from: what `read --explain` prints.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"

namespace purser::cli {

/// Follows a stream of events and knows the canonical path of each value: "lines[2].quantity.value" of the
/// second line, as findings count.
class PathTracker {
 public:
  /// Takes the next event; for a field, path() is then its path. Streams come checked (EventChecker).
  void take(const Event& event);
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  struct Level {
    const GroupDescriptor* group = nullptr;
    std::size_t path_length = 0;  // of path_ without this level's own fields
    std::uint16_t list = 0;       // field number of the list that is being counted
    std::size_t count = 0;
  };
  std::string name_of(Level& level, std::uint16_t number, const FieldDescriptor** field);

  std::vector<Level> levels_;
  std::string prefix_;
  std::string path_;
};

}  // namespace purser::cli
