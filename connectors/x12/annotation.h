// What tables need twice, or find missing: who sends, the number of an order that is answered, line numbers.
#pragma once

#include <cstdint>
#include <string>

#include "canonical/map/syntax.h"
#include "connectors/table/held_segment.h"

namespace purser::x12 {

/// Stands before a decoder. Behind ISA it adds XAD (who sends, who receives, under which number), behind BAK,
/// BCH and BCA XNO (the number of the order, and the date of the functional group where BCH11 says none);
/// lines without a number get their count. A value can fill one field only, therefore. [serial]
class Annotation : public map::SyntaxSink {
 public:
  explicit Annotation(map::SyntaxSink& next) : next_(next) {}
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  Outcome segment(const map::Segment& whole) override;

 private:
  enum class Kind : std::uint8_t { other, interchange, group, beginning, line };
  static Kind kind_of(std::string_view tag);
  map::SyntaxSink& next_;
  Kind kind_ = Kind::other;
  table::HeldSegment added_;  ///< what follows the segment at hand
  std::string prepared_;      ///< GS04
  bool dated_ = true;         ///< the beginning at hand says its own date, or needs none
  std::uint32_t lines_ = 0;
  bool numbered_ = false;  ///< the line at hand has its number, or got it
};

}  // namespace purser::x12
