// A segment with its values, kept until it is known where it goes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/syntax.h"

namespace purser::table {

/// A segment that is held.
struct HeldSegment {
  struct Leaf {
    map::LeafAddress where;
    std::string text;
    Position at;
  };
  std::string tag;
  Position at;
  std::vector<Leaf> leaves;

  /// The first value of a data element; empty if there is none.
  [[nodiscard]] std::string_view value(std::uint16_t element) const;
  void set(std::uint16_t element, std::string text);
  Outcome give(map::SyntaxSink& to) const;
};

}  // namespace purser::table
