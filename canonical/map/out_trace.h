// Lines that look alike are written alike: what writing one line came to, kept for the next of the same
// shape.
//
// Which nodes and leaves a line becomes depends on which of its fields are there and on a few things that are
// kept and compared: what the header has, and values that a row compares. The texts are converted anew. Lines
// that told a finding or ran a function, or took from a list of the header, are always written by asking the
// rows; so is a line whose values do not fit what is kept.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/line_shape.h"
#include "canonical/map/plan.h"
#include "canonical/map/short_text.h"
#include "canonical/map/syntax.h"

namespace purser::map {

/// Where the text of a leaf that is written came from.
struct TextOrigin {
  enum class From : std::uint8_t {
    constant,
    value,    ///< a conversion's text
    format,   ///< what a conversion says of its form
    header,   ///< a value of the header
    index,    ///< the number of the line
    function  ///< what a `call` has made of it
  };
  static constexpr std::uint32_t nothing = UINT32_MAX;
  From from = From::constant;
  bool of_header = false;           ///< which tree `node` is in: the header's or the line's
  std::uint32_t node = nothing;     ///< the canonical value that the leaf says; nothing: none of its own
  std::uint32_t value = 0;          ///< index + 1 of the conversion whose place the leaf has; 0: none
  const FieldPath* path = nullptr;  ///< of the header's value, from the root
};

struct OutTrace {
  static constexpr std::uint32_t none = UINT32_MAX;

  /// A value on its way into the syntax.
  struct Value {
    std::uint32_t row = 0;
    std::uint32_t event = none, time = none, end = none;  ///< of the line's events
    const FieldPath* path = nullptr;                      ///< of the header, where it is no event of the line
    bool empty = false;                                   ///< it came to nothing
    bool as_it_stands = false;                            ///< a text without conversion
    bool plain_decimal = false;                           ///< with nothing to its conversion but the mark
    std::uint32_t free = 0;                               ///< a text of no more bytes fits the row
    /// A code that the table translates: the last one, and what it came to.
    bool translated = false;
    mutable ShortText key;  ///< equal to none before the first
    mutable std::string code;
  };
  /// A value that was compared.
  struct Compared {
    std::uint32_t event = 0;
    std::string with;
    bool equal = false;
  };
  /// A value of the header that was asked for.
  struct Asked {
    const FieldPath* path = nullptr;
    bool there = false;
  };
  struct Leaf {
    LeafAddress where;
    TextOrigin origin;
    bool variable = false;  ///< `text` is its name
    bool here = false;      ///< has the place of the line's end
    std::string text;
  };
  struct Step {
    enum class Kind : std::uint8_t { open, leaf, close, segment, lack };
    Kind kind = Kind::close;
    std::string_view tag;                ///< of the plan's names
    std::uint32_t first = 0, count = 0;  ///< leaves, or what is lacking
  };
  /// The layout demands more than the document has.
  struct Lack {
    std::string_view code;
    std::string message, expected;
  };
  struct Lost {
    std::uint32_t event = 0;
    std::string path;  ///< below the line
  };
  /// Written where the document has no value.
  struct StandIn {
    const Row* row = nullptr;
    std::string place, text;
  };

  const FieldDescriptor* list = nullptr;
  std::vector<std::uint32_t> shape;  ///< of the events
  std::vector<Asked> asked;
  std::vector<Compared> compared;
  std::vector<Value> values;
  std::vector<Leaf> leaves;
  std::vector<Step> steps;
  std::vector<Lack> lacks;
  std::vector<Lost> losses;
  std::vector<StandIn> stand_ins;
  std::uint64_t document = 0;  ///< the last one whose header was seen to fit

  [[nodiscard]] bool has_shape(std::span<const Event> line) const;
  /// Are the values that were compared what they were?
  [[nodiscard]] bool agrees(std::span<const Event> line) const;
};

/// Traces by shape. Bounded: shapes that come once leave a number behind and nothing else. [serial]
class OutTraceStore {
 public:
  static constexpr std::size_t most_events = 512;  ///< of a line that is kept; a rich invoice line has 150
  static constexpr std::size_t slots = 64;         ///< shapes; a sender's lines have a handful
  static constexpr std::size_t most_variants = 4;  ///< of one shape, by what was compared
  static constexpr std::uint32_t most_tries = 8;   ///< at noting a line of one shape

  static std::uint64_t hash(const FieldDescriptor* list, std::span<const Event> line);
  /// The trace that fits, the one that fitted last first; `holds` asks what is not in the line. Null if there
  /// is none.
  template <class Holds>
  OutTrace* find(const FieldDescriptor* list, std::span<const Event> line, const Holds& holds) {
    const auto fits = [&](OutTrace& trace) {
      return trace.list == list && trace.has_shape(line) && trace.agrees(line) && holds(trace);
    };
    if (last_ != nullptr && fits(*last_)) return last_;
    const std::uint64_t wanted = hash(list, line);
    Slot& slot = slots_[wanted % slots];
    if (slot.hash != wanted) return nullptr;
    for (const auto& variant : slot.variants) {
      if (fits(*variant)) return last_ = variant.get();
    }
    return nullptr;
  }
  /// True if a line of this hash came before, has room here, and was not noted in vain too often.
  bool wants(std::uint64_t hash);
  void keep(std::uint64_t hash, std::unique_ptr<OutTrace> trace);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t tries = 0;
    std::vector<std::unique_ptr<OutTrace>> variants;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(slots);
  OutTrace* last_ = nullptr;
};

}  // namespace purser::map
