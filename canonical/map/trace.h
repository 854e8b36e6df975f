// Lines that look alike are read alike: what reading one line came to, kept for the next of the same shape.
//
// Which rows read which leaves of a streamed element depends on the shape of the element (its nodes and
// leaves), on the steps that lead to it, and on the few values that predicates and format codes look at. All
// of these are kept and compared exactly; the rest is only converted. Nothing that depends on the document's
// header, that told a finding or that ran a function is ever kept: such lines are read by asking the rows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "canonical/map/grouper.h"
#include "canonical/map/plan.h"
#include "canonical/map/syntax.h"
#include "canonical/map/tape.h"
#include "canonical/map/tree.h"

namespace purser::map {

/// A step that is being followed, and where its values go.
struct Active {
  std::uint32_t step = 0;
  std::uint32_t body = 0;
  NodeIndex dest = 0;
  bool in_element = false;  ///< dest is in the streamed element's tree, not in the header's
  bool own = false;         ///< the body begins at this very node
};

/// What a line asks of the header, in order: a row that reads into it, or a companion that must agree with
/// it.
struct HeaderAct {
  std::uint32_t row = 0;
  std::uint32_t leaf = 0;
  bool companion = false;
  Active active;
};

/// An event of the line whose value is a text as it stands.
struct TextForm {
  std::uint32_t event = 0;
  std::uint32_t item = 0;  ///< of the tape
};

/// An event of the line whose value a row converts.
struct ValueForm {
  std::uint32_t event = 0;
  std::uint32_t item = 0;  ///< of the tape, with the text
  std::uint32_t by = 0;    ///< item that says the value's form; 0: none
  std::uint32_t row = 0;
  Part part = Part::value;
  /// A code that the table translates: the last one, and what it came to.
  bool translated = false;
  mutable ShortText code;  ///< equal to none before the first
  mutable Scalar meaning;
};

struct Trace {
  /// One item of the tape without its text and place.
  struct Shape {
    LeafKey key = 0;
    std::uint32_t length = 0;  ///< items up to the end of a node
    std::uint32_t ordinal = 0;
    NameId name = 0;
    TypeId type = 0;
    bool leaf = false;
  };
  struct Consulted {
    std::uint32_t leaf = 0;
    ShortText short_text;  ///< equal to none where the text is longer
    std::string text;
    [[nodiscard]] bool is(std::string_view other) const {
      return short_text.size <= ShortText::most ? ShortText(other) == short_text : other == text;
    }
  };
  /// EDI: a value of a segment as it comes, and the leaf it becomes.
  struct Place {
    std::uint64_t where = 0;  ///< element, component and repetition
    std::uint32_t item = 0;   ///< of the tape
    bool composite = false;   ///< the node before the leaf begins with it
  };
  /// EDI: a segment of the line.
  struct SegmentShape {
    std::string tag;
    ShortText short_tag;                 ///< equal to none where the tag is longer
    std::uint32_t item = 0, nodes = 0;   ///< of the tape: what begins with it, groups included
    std::uint32_t first = 0, count = 0;  ///< places
    /// That came here last (map::Segment::arrangement): it need not be compared again.
    mutable std::uint64_t arrangement = 0;
    [[nodiscard]] bool is(std::string_view other) const {
      return short_tag.size <= ShortText::most ? ShortText(other) == short_tag : other == tag;
    }
  };
  /// Does a segment come as this one of the line, value for value?
  [[nodiscard]] bool comes(const SegmentShape& segment, const Segment& whole) const;
  std::vector<Shape> shape;
  std::vector<Active> starts;  ///< followed at the line's own node
  std::vector<Consulted> consulted;
  std::vector<SegmentShape> segments;  ///< empty where the line did not come in whole segments, all in order
  std::vector<Place> places;
  std::vector<Grouper::Level> levels;  ///< that are open behind its last segment, from its own on
  std::vector<std::uint32_t> open;     ///< items: the groups that are
  std::uint32_t passage = 0;           ///< that it stands in

  const FieldDescriptor* list = nullptr;
  std::uint16_t table = 0, line = 0;  ///< of the row that makes the element
  std::size_t values = 0;             ///< nodes of the canonical tree, for the limit
  std::vector<HeaderAct> acts;
  std::vector<Event> events;           ///< whole but for their places and what leaves say
  std::vector<std::uint32_t> origins;  ///< of each, the item with its place; `nowhere`: where the reading is
  std::vector<TextForm> texts, codes;  ///< codes without blanks around them
  std::vector<ValueForm> decimals;     ///< with nothing to their conversion but the mark
  std::vector<ValueForm> converted;
  std::vector<std::uint32_t> losses;  ///< leaves that no row reads

  /// Element, component and repetition of a value in one number.
  static std::uint64_t place(const LeafAddress& where) {
    return std::uint64_t{where.element} << 32 | std::uint32_t{where.component} << 16 | where.repetition;
  }
  [[nodiscard]] bool begins(std::span<const Active> actives) const;
  /// Are the values that decided something what they were?
  [[nodiscard]] bool agrees(const Tape& tape) const;
};

/// Traces by shape. Bounded: shapes that come once leave a number behind and nothing else. [serial]
class TraceStore {
 public:
  static constexpr std::size_t most_items = 512;    ///< of a line that is kept; a rich invoice line has 150
  static constexpr std::size_t slots = 64;          ///< shapes; a partner's lines have a handful
  static constexpr std::size_t most_variants = 16;  ///< of one shape, by the values that were looked at

  /// Of a line's tape and starts.
  static std::uint64_t hash(const Tape& tape, std::span<const Active> starts);
  /// The trace that fits; null if there is none.
  const Trace* find(std::uint64_t hash, const Tape& tape, std::span<const Active> starts);
  /// True if a line of this hash came before, has room here and is worth keeping.
  bool wants(std::uint64_t hash, const Tape& tape);
  void keep(std::uint64_t hash, std::unique_ptr<Trace> trace);
  void clear();
  /// Another number once a trace has been forgotten.
  [[nodiscard]] std::uint64_t generation() const { return generation_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::vector<std::unique_ptr<Trace>> variants;  ///< the one that fitted last in front
  };
  std::vector<Slot> slots_ = std::vector<Slot>(slots);
  std::uint64_t generation_ = 0;
};

}  // namespace purser::map
