// What a layout says about the inside of segments: lengths, characters, what must be there, what needs or
// excludes what.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/program.h"
#include "canonical/map/segment_audit.h"
#include "canonical/map/segment_form.h"
#include "canonical/map/short_text.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// The segments of a program's layout, prepared for looking up when they are first asked for. Refers to the
/// program. [any]
class SegmentForms {
 public:
  explicit SegmentForms(const Program& program);

  /// True if the layout declares the segment, wherever it may stand.
  [[nodiscard]] bool knows(std::string_view tag) const { return find(tag) != nullptr; }
  /// The data element's number in its standard ("353") by its place; empty if the layout does not know it.
  [[nodiscard]] std::string_view element_code(std::string_view tag, unsigned element,
                                              unsigned component) const;

 private:
  friend class SegmentCheck;
  [[nodiscard]] const SegmentForm* find(std::string_view tag) const;

  const Plan& plan_;
  const SegmentTable& table_;
};

/// Stands before a Decoder of an EDI format and tells findings MAP-0014 to 0019 and 0024 to 0028 about each
/// segment, at the exact place; everything goes on to `next`. Segments that the layout does not declare are
/// passed on unseen. [serial]
class SegmentCheck : public SyntaxSink {
 public:
  /// `strict` makes what is told an error instead of a warning; `marks` are the decimal marks of the format.
  SegmentCheck(const SegmentForms& forms, SyntaxSink& next, std::function<void(Finding)> findings,
               bool strict, std::string_view marks = ".");
  Outcome open(std::string_view name, const Position& at) override;
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) override;
  Outcome close(const Position& at) override;
  /// Nearly all segments are as the layout wants them, which is seen in one go.
  Outcome segment(const Segment& whole) override;

 private:
  [[nodiscard]] const SegmentForm* form_of(std::string_view tag);
  void tell(SegmentFault fault, const Position& at);

  const SegmentForms& forms_;
  SyntaxSink& next_;
  std::function<void(Finding)> findings_;
  bool strict_;
  std::string_view marks_;
  const SegmentForm* form_ = nullptr;
  /// Forms as they were found; of tags that fall into one place the last is known.
  struct Known {
    ShortText tag;
    const SegmentForm* form = nullptr;
  };
  static constexpr unsigned known_bits = 7;  ///< messages of trade have 30 segments
  std::array<Known, std::size_t{1} << known_bits> known_;
  /// Arrangements whose values have fitted, or whose segment the layout does not declare.
  struct Fitted {
    std::uint64_t arrangement = 0;
    std::vector<const SegmentForm::Place*> places;  ///< of the values; none where the layout has no segment
  };
  static constexpr std::size_t most_fitted = 64;  ///< as many as a reader knows; a power of two
  std::array<Fitted, most_fitted> fitted_;
  std::string tag_;
  Position at_;
  SegmentAudit audit_;
};

}  // namespace purser::map
