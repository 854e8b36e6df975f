// What is wrong with one segment by its layout: for who reads it and for who is about to write it.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/map/segment_form.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// One thing that a layout forbids or misses in a segment.
struct SegmentFault {
  std::string_view code;  ///< of the finding that a reader tells, MAP-0014 to 0019 and 0024 to 0028
  std::uint16_t element = 0, component = 0;  ///< component 0: the data element or composite as a whole
  std::string message, expected;
  const LayoutNote* note = nullptr;  ///< the syntax note that is not kept; null: it is none
};

/// Takes the values of one segment, then says what is missing and which syntax notes are not kept (X12.6
/// 3.9.2). Refers to the layout. [serial]
class SegmentAudit {
 public:
  using Tell = std::function<void(SegmentFault)>;

  /// `marks` are the decimal marks of the format.
  SegmentAudit(const Layout& layout, std::string_view marks) : layout_(layout), marks_(marks) {}

  /// Another segment.
  void begin(const SegmentForm& form);
  /// A value that is not empty; tells one fault of a place that should not be there, however often it comes.
  void take(const LeafAddress& where, std::string_view text, const Tell& tell);
  /// All is taken.
  void finish(const Tell& tell) const;
  /// Is there a value in this data element or composite? Also of the segment that was finished last.
  [[nodiscard]] bool has(std::size_t element) const { return element < max_places && present_[element]; }
  /// Does the layout demand the data element, composite or component, where what it is in is there?
  [[nodiscard]] bool demands(std::size_t element, std::size_t component) const;
  [[nodiscard]] bool is_composite(std::size_t element) const {
    const LayoutChild* composite = composite_at(element);
    return composite != nullptr && composite->flat == 0;
  }

 private:
  static constexpr std::size_t max_places = 256;  ///< data elements of a segment that notes may name

  /// The composite at a place; null if a data element stands there, or nothing.
  [[nodiscard]] const LayoutChild* composite_at(std::size_t element) const;
  void stray(const LeafAddress& where, const Tell& tell, std::string_view code, std::uint16_t component,
             std::string message, std::string expected = {});
  void tell_missing(const Tell& tell) const;
  [[nodiscard]] std::optional<SegmentFault> judge(const LayoutNote& note) const;

  const Layout& layout_;
  std::string_view marks_;
  const SegmentForm* form_ = nullptr;
  std::uint16_t told_ = 0;  ///< one finding is enough for a place that should not be there
  std::bitset<max_places> present_;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> components_;  ///< element and component that are there
};

}  // namespace purser::map
