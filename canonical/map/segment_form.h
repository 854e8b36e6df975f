// What a layout says about the inside of one segment, laid out for asking fast whether it is kept.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "canonical/map/layout.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// What is wrong with a value, as the finding's code; empty if nothing is. Lengths of numbers do not count
/// sign and mark (X12.6 3.5.1, ISO 9735 clause 10).
std::string_view fault_of(const Representation& form, std::string_view text, std::string_view marks);

/// A text of no more bytes fits, whatever they are.
std::uint32_t free_bytes(const Representation& form);

/// A segment of a layout. [any]
struct SegmentForm {
  /// A place for a value. `bit` stands for it in sets of places.
  struct Place {
    std::uint32_t free = 0;  ///< a text of no more bytes fits, whatever they are
    Representation form;
    std::uint32_t most = 1;  ///< repetitions
    std::uint64_t bit = 0;
  };
  /// If one of `of` is there, so must be all of `needed`.
  struct Need {
    std::uint64_t of = 0, needed = 0;
  };
  struct Note {
    char kind = 'R';
    std::vector<std::uint64_t> elements;  ///< of each data element: its places
  };

  SegmentForm(const Layout& layout, const LayoutType& segment);
  /// Is all as the layout wants it? False may also mean that this is more than can be seen in one go.
  [[nodiscard]] bool fits(std::span<const SegmentValue> values, std::string_view marks) const;
  /// The places of values that fit.
  void find_places(std::span<const SegmentValue> values, std::vector<const Place*>& places) const;
  /// What fits() says of values at the same places as some that have fitted.
  [[nodiscard]] static bool fit_again(std::span<const SegmentValue> values,
                                      std::span<const Place* const> places, std::string_view marks) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!takes(*places[i], values[i].text, marks)) return false;
    }
    return true;
  }

  const LayoutType* type = nullptr;
  std::vector<const LayoutLeaf*> leaves;  ///< by element, null where a composite stands; [0] is unused

 private:
  static constexpr std::size_t most_places =
      64;  ///< bits of a set; the segments of invoices and orders have 40

  [[nodiscard]] static bool takes(const Place& place, std::string_view text, std::string_view marks) {
    return text.size() <= place.free || fault_of(place.form, text, marks).empty();
  }
  void add_element(const Layout& layout, std::uint16_t element);
  [[nodiscard]] std::uint64_t set_of(std::size_t element) const;
  [[nodiscard]] bool has_noted(const Note& note, std::uint64_t there) const;

  std::vector<Place> places_;
  std::vector<std::uint16_t> first_;  ///< by element: its first place; one more at the end
  std::uint64_t required_ = 0;
  std::vector<std::uint64_t> required_composites_;  ///< of each, one place at least
  std::vector<Need> needs_;
  std::vector<Note> notes_;
};

/// The segments of a layout. [any]
class SegmentTable {
 public:
  explicit SegmentTable(const Layout& layout);
  /// Null if the layout does not declare it.
  [[nodiscard]] const SegmentForm* find(NameId tag) const {
    return tag == 0 || tag >= by_tag_.size() || by_tag_[tag] == 0 ? nullptr : &forms_[by_tag_[tag] - 1U];
  }

 private:
  std::vector<SegmentForm> forms_;
  std::vector<std::uint16_t> by_tag_;  ///< index + 1 by the name's number
};

}  // namespace purser::map
