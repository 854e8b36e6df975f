// Elements that come with the markup of one before, as the XML reader makes and finds them. Internal to the
// reader.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "canonical/map/element_form.h"

namespace purser::xml {

/// Watches the reader through one element, to make its form. Indexes are those of the window; what moves the
/// window or changes bytes in it ends the watch. [serial]
class FormWatch {
 public:
  [[nodiscard]] bool on() const { return on_; }
  /// The element's '<' is at `index`; so many elements are open around it; its ordinal in the document.
  void begin(std::size_t index, std::size_t depth, std::uint32_t ordinal);
  void stop() { on_ = false; }
  void open(std::size_t index, std::size_t depth);
  /// A text or attribute value that was given to the sink, of the element with this ordinal.
  void leaf(std::size_t from, std::size_t to, std::uint32_t ordinal);
  /// Is the element that is closed the one watched?
  [[nodiscard]] bool ends(std::size_t depth) const { return on_ && depth == depth_; }
  /// The form: `tail` is where the element's end tag begins, or the "/>" of an empty one, `end` the index
  /// behind it. False: it is none worth keeping.
  bool finish(const char* bytes, std::size_t tail, std::size_t end, map::ElementForm& form);
  [[nodiscard]] std::size_t first() const { return begin_; }

 private:
  struct Mark {
    bool leaf;
    std::size_t from, to;
    std::uint32_t element;
  };
  bool on_ = false;
  std::size_t begin_ = 0, depth_ = 0, deepest_ = 0;
  std::uint32_t ordinal_ = 0, elements_ = 0;
  std::vector<Mark> marks_;
};

/// An element that was found to come again.
struct Again {
  std::vector<map::ElementValue> values;  ///< of the form's items; the texts as they stand
  Position tail;                          ///< of its end
  std::size_t size = 0;                   ///< in bytes
  std::uint64_t text = 0;                 ///< bytes of its texts, attributes not counted
};

/// True if the bytes in [begin, end) begin with an element of this form. `at` is the place of its first byte.
/// Looks at up to 16 bytes behind `end`. [any]
bool comes_again(const map::ElementForm& form, const char* begin, const char* end, const Position& at,
                 Again& found);

}  // namespace purser::xml
