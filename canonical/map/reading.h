// The working parts of a Decoder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/map/convert.h"
#include "canonical/map/element_form.h"
#include "canonical/map/event_buffer.h"
#include "canonical/map/grouper.h"
#include "canonical/map/idle.h"
#include "canonical/map/key_map.h"
#include "canonical/map/plan.h"
#include "canonical/map/program.h"
#include "canonical/map/tape.h"
#include "canonical/map/trace.h"
#include "canonical/map/tree.h"

namespace purser::map {

class Decoder::State : public ElementSink {
 public:
  static constexpr std::size_t batch_size =
      256;  ///< events a push: many enough to amortise it, few for any cache
  static constexpr std::size_t most_held_chunks = 16;  ///< of texts while lines wait for their batch: 1 MiB
  /// As many columns as a delimited file may have.
  static constexpr std::uint16_t most_kept_headings = 4'096;
  /// Nobody's extension has more; they are looked through.
  static constexpr std::size_t most_unknown_attributes = 64;
  /// In the key of an attribute that the layout does not know.
  static constexpr LeafKey nameless_attribute = LeafKey{1} << 48;
  /// Items of the tape for each value a limit allows: qualifiers, composites and nodes around it.
  static constexpr std::uint64_t items_per_value = 4;

  explicit State(const Plan& plan);
  /// Another document. What was read before is forgotten, but for the memory and the shapes of lines.
  void begin(DocumentSink& out, const Limits& limits);
  /// Small enough to be kept for another document.
  [[nodiscard]] bool slim() const;
  Outcome open(std::string_view name, const Position& at);
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at);
  Outcome close(const Position& at);
  [[nodiscard]] bool takes_segments() const { return edi_; }
  Outcome segment(const Segment& whole);
  [[nodiscard]] bool takes_elements() const {
    return xml_ && started_ && limits_.remember_shapes && tape_.depth() == 0;
  }
  ElementForms& forms() override { return forms_; }
  std::expected<bool, Status> element(const ElementForm& form, std::span<const ElementValue> values,
                                      const Position& end) override;
  void keep(std::string_view name, ElementForm form) override;
  Outcome finish(const Position& at);

 private:
  /// A node that is passed through: the root, and what contains a streamed list.
  struct Frame {
    std::uint32_t passage = 0;
    NameId name = 0;
    TypeId type = 0;
    std::size_t actives = 0;  ///< where its own begin
    Position at;
    std::vector<std::pair<NameId, std::uint32_t>> seen;  ///< children by name, for `name#2`
  };
  struct Candidate {
    std::uint32_t row = 0;
    std::uint32_t index = 0;  ///< entry, or place of the active
    std::size_t active = 0;
  };
  enum class Taken : std::uint8_t { yes, same, no, failed };
  /// The leaf a probe finds at a node; kept for the next edge that asks the same.
  struct Probed {
    static constexpr std::uint32_t nothing = UINT32_MAX, several = UINT32_MAX - 1;
    std::uint32_t probe = UINT32_MAX;
    std::uint32_t leaf = nothing;
    ShortText text;
  };
  /// What an element of a known form looks like on the tape.
  struct KnownElement {
    std::uint32_t passage = 0;  ///< that it stands in
    std::vector<TapeItem> items;
    const Trace* trace = nullptr;  ///< that fitted the last one
    std::uint64_t traces = 0;      ///< generation of the traces it belongs to
  };
  /// Where a value of a row goes: a node that is there, or the group that would hold it.
  struct Spot {
    NodeIndex known = no_node;
    NodeIndex group = no_node;
    std::size_t depth = 0;  ///< steps of the path that are there
  };

  // reading.cc: the shape of the document
  Outcome start(const Position& at);
  Outcome open_node(NameId name, TypeId type, std::string_view text, const Position& at);
  Outcome close_node(const Position& at);
  Outcome open_segment(std::string_view name, const Position& at);
  const SegmentMove& move_to(std::string_view tag);
  Outcome enter_segment(const SegmentMove& move, std::string_view name, const Position& at);
  void open_passage(std::uint32_t passage, NameId name, TypeId type, const Position& at);
  void edi_leaf(const LeafAddress& where, std::string_view text, const Position& at);
  Outcome frame_leaf(LeafKey key, std::string_view text, const Position& at);
  [[nodiscard]] std::uint32_t child_passage(NameId name) const;
  [[nodiscard]] TypeId child_type(NameId name) const;
  Outcome unit_end();
  std::expected<bool, Status> read_unit(std::size_t begin);
  Outcome over_limit(std::string_view what, std::uint64_t limit);
  void fault(Grouper::Fault fault, NameId tag);

  // naming.cc: what a leaf is called
  LeafKey leaf_key(const LeafAddress& where);
  LeafKey unknown_attribute(std::string_view name);
  void keep_heading(const LeafAddress& where);
  [[nodiscard]] std::string_view attribute_name(LeafKey key) const;
  [[nodiscard]] std::string path_of(std::uint32_t item) const;

  // walk.cc: rows
  void run(std::uint32_t node, std::size_t begin);
  void follow(std::uint32_t node, std::size_t begin, std::size_t end);
  void enter_entries(std::uint32_t node, std::size_t begin);
  bool enter(std::uint32_t node, std::uint32_t entry, const Active& from, bool claims);
  bool destination(std::uint32_t node, const Entry& entry, const Row& row, const Active& from, Active& to);
  void call(std::uint32_t node, const Entry& entry, const Active& to, const Row& row);
  bool passes(const ReadEdge& edge, const Active& from, std::uint32_t node, Probed& probed);
  void probe(const Probe& what, std::uint32_t node, std::size_t depth, std::uint32_t& leaf) const;
  bool matches(const Edge& edge, std::uint32_t node);
  bool holds(const Predicate& predicate, std::uint32_t node, std::size_t depth, bool mark);
  bool leaf_holds(const Predicate& predicate, std::uint32_t leaf);
  std::uint32_t ordinal_of(std::uint32_t node);
  bool has_room(const CanonicalTree& tree);
  void read_leaf(std::uint32_t leaf, std::size_t begin, std::size_t end);
  [[nodiscard]] std::uint32_t near(const NearLeaf& near, std::uint32_t leaf) const;
  void use_below(std::uint32_t node);

  // filling.cc: values
  Taken take(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf);
  Taken fill(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf);
  Taken meet(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf, std::uint32_t by,
             CanonicalNode& known, const Scalar& value);
  void join(const Row& row, const Active& active, CanonicalNode& known, std::string_view text);
  void put_rest(const Row& row, const Active& active, std::uint32_t leaf, const Converted& converted);
  static Spot locate(const CanonicalTree& tree, NodeIndex group, std::span<const std::uint16_t> path,
                     std::uint32_t body);
  NodeIndex group_at(CanonicalTree& tree, const Spot& spot, std::span<const std::uint16_t> path,
                     std::uint32_t body, std::uint32_t row);
  NodeIndex group_for(CanonicalTree& tree, NodeIndex group, std::span<const std::uint16_t> path,
                      std::uint32_t body, std::uint32_t row);
  bool put(const Row& row, std::uint32_t index, const Active& active, const Spot& spot, const Scalar& value,
           const Position& at, std::uint32_t origin, Part part);
  void put_plain(const Active& active, const FieldPath& path, const Scalar& value, std::uint32_t leaf,
                 const Row& row, Part part);
  void companion(const Row& row, std::uint32_t leaf);
  [[nodiscard]] bool companion_agrees(const Row& row, std::uint32_t other) const;
  void watch(std::uint32_t row, const Active& active, std::uint32_t leaf, Taken taken);
  void extension(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf);
  [[nodiscard]] bool read_below(std::uint32_t node) const;
  void finish_body(std::uint32_t body, const Active& active, const Position& at, std::uint32_t origin,
                   bool defaults_only);
  void count(const Row& row);
  bool late(const Row& row, const Active& active, std::uint16_t field, const Position& at);
  CanonicalTree& tree(bool in_element) { return in_element ? element_ : header_; }
  /// Where texts of a tree live: those of a line only until its events are pushed.
  Arena& texts(bool in_element) { return in_element ? unit_texts_ : header_.texts(); }

  // foresight.cc: segments that come as in the line before
  bool moves_again(const Segment& whole);
  bool foresees(const SegmentMove& move, const Segment& whole);
  bool take_foreseen(const Segment& whole);
  void leave_foreseen();
  void open_groups(const Trace& trace, std::uint32_t size, std::vector<std::uint32_t>& open) const;
  void go_on_unforeseen(const Trace& trace);
  void refresh_tape();
  void note_segment(const SegmentMove& move, const Segment& whole, std::uint32_t item, bool first);
  void note_place(const LeafAddress& where, std::uint32_t size_before);

  // whole_element.cc: elements that come with the markup of one before
  [[nodiscard]] bool within_limits(const ElementForm& form, std::size_t bytes) const;

  // replay.cc: lines that look like one before
  std::expected<bool, Status> read_as_before(const Trace& trace);
  bool act_as_before(const HeaderAct& act);
  bool form_events(const Trace& trace, std::span<Event> events);
  bool form_value(const ValueForm& form, Scalar& value);
  void remember(std::uint64_t hash);
  void remember_group(Trace& trace, NodeIndex group);
  void remember_event(Trace& trace, const CanonicalNode& node, EventKind kind);

  // emission.cc: events, findings, losses
  Outcome begin_stream();
  std::expected<bool, Status> begin_element(const FieldDescriptor* list, std::size_t values);
  Outcome emit_element();
  void emit_fields(const CanonicalTree& tree, NodeIndex group);
  void emit_field(const CanonicalTree& tree, NodeIndex group, std::uint16_t field);
  Outcome flush(std::size_t threshold);
  void losses(std::uint32_t from);
  [[nodiscard]] bool is_lost(std::uint32_t leaf) const;
  void lose(std::uint32_t leaf);
  [[nodiscard]] bool passed_over(std::uint32_t leaf) const;
  void finding(std::string_view code, const Row* row, const Position& at, std::string source,
               std::string message, std::string expected = {});
  void deviations();

  friend class TapeView;
  friend class TreeEditor;

  const Plan& plan_;
  DocumentSink* out_ = nullptr;
  Limits limits_;
  std::uint64_t most_items_ = 0;  ///< of the tape
  bool edi_ = false, delimited_ = false, xml_ = false;
  bool started_ = false, streaming_ = false, wrong_root_ = false, skip_losses_ = false;
  std::optional<Grouper> grouper_;
  Position here_;
  std::vector<std::string> headings_;            ///< of the columns of a delimited file, cut to what is shown
  std::vector<std::string> unknown_attributes_;  ///< of this document; a key has its name's place here
  std::string_view tag_;                         ///< of the segment in hand, which the layout may not know
  Tape tape_;
  Arena unit_texts_;
  CanonicalTree header_, element_;
  const FieldDescriptor* element_field_ = nullptr;  ///< list of the streamed element in hand
  Position element_at_;
  const FieldDescriptor* stream_field_ = nullptr;  ///< list that is being streamed
  std::vector<const FieldDescriptor*> ended_lists_;
  std::uint64_t lines_ = 0;
  std::vector<bool> emitted_;
  std::vector<Active> actives_;
  std::vector<Frame> frames_;
  std::vector<Candidate> candidates_;
  EventBuffer batch_;
  std::vector<std::uint64_t> fired_;
  KeyMap entered_header_, entered_element_;  ///< groups that took their node already
  TraceStore traces_;
  bool irregular_ = false;                ///< the unit depends on more than a trace can say
  std::vector<std::uint32_t> consulted_;  ///< leaves of the unit whose values decided something
  std::vector<HeaderAct> acts_;           ///< of the unit
  bool overfull_ = false;                 ///< the unit holds more than the limits allow
  std::vector<std::uint32_t> numbering_;  ///< of siblings, by name
  std::vector<Active> starts_;            ///< of the unit, while it is watched
  EventBuffer replayed_;
  /// What the tape holds since the line before: a line of this shape may come again. Null once it is
  /// overwritten.
  const Trace* last_ = nullptr;
  const Trace* foreseen_ = nullptr;  ///< the line under way has come as this one, so far
  std::uint32_t foreseen_segments_ = 0;
  std::uint32_t foreseen_levels_ = 0;  ///< of the message table around the line
  const Trace* came_ = nullptr;        ///< the line that has just ended has come as this one, in whole
  /// Two lines one behind the other came as this one, and nothing since but a third. Null otherwise.
  const Trace* steady_ = nullptr;
  bool faulted_ = false;  ///< the segment at hand is out of place
  // The unit under way, as its segments came.
  bool in_segments_ = false;  ///< all of it
  std::vector<Trace::SegmentShape> segments_;
  std::vector<Trace::Place> places_;
  std::vector<Grouper::Level> levels_;
  std::uint32_t line_level_ = 0;  ///< of levels_: where its own begin
  // Elements that come as one before.
  static constexpr std::uint32_t nowhere = UINT32_MAX;
  ElementForms forms_;
  std::vector<KnownElement> known_;      ///< by the index of their form
  std::uint32_t on_tape_ = nowhere;      ///< form whose element the tape has held last; nowhere: of none
  std::uint32_t unit_size_ = 0;          ///< items of the unit that has just ended
  const LayoutType* segment_ = nullptr;  ///< layout of the open segment
  std::uint16_t composite_element_ = 0, composite_repetition_ = 0;
  bool composite_open_ = false;
};

class IdleDecoders : public Idle<Decoder::State> {};

}  // namespace purser::map
