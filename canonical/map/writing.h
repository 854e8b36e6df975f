// The working parts of an Encoder.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "canonical/map/convert.h"
#include "canonical/map/idle.h"
#include "canonical/map/out_trace.h"
#include "canonical/map/out_tree.h"
#include "canonical/map/plan.h"
#include "canonical/map/program.h"
#include "canonical/map/segment_audit.h"
#include "canonical/map/tree.h"

namespace purser::map {

class Encoder::State {
 public:
  explicit State(const Plan& plan);
  /// Another document. What was written before is forgotten, but for the memory and the shapes of lines.
  void begin(const SegmentTable* segments, SyntaxSink& out, DocumentSink& notes, Variables variables,
             bool remember_shapes);
  /// No more of this document: what is borrowed is let go.
  void end() { variables_ = nullptr; }
  /// Small enough to be kept for another document.
  [[nodiscard]] bool slim() const;
  Outcome push(std::span<const Event> batch);
  Outcome finish();

  /// Nodes a row needs, made when its first value comes.
  struct Frame {
    Frame* outer = nullptr;
    const std::vector<OutStep>* path = nullptr;
    std::size_t skip = 0;     ///< steps of the path that are there already (a streamed list's way)
    std::uint32_t fresh = 0;  ///< index + 1 of the step that is made anew
    OutIndex node = no_out;
  };
  /// A leaf on its way to its place in a segment.
  struct Piece {
    std::uint64_t place = 0;
    OutIndex leaf = no_out;
    LeafAddress where;
  };
  /// A canonical group and the tree it is in.
  struct Source {
    CanonicalTree* tree = nullptr;
    NodeIndex group = 0;
  };

  // composing.cc
  OutIndex materialise(Frame& frame);
  bool set_leaf(Frame& frame, const Row* row, LeafKey key, std::string_view text, const TextOrigin& origin,
                const Position& at, bool variable = false);
  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// What is written depends on more than a trace can say: a function has seen or set a value.
  void depends_on_more() { irregular_ = true; }
  OutTree& out_tree() { return tree_; }

 private:
  // encoder.cc: events
  Outcome take(const Event& event);
  [[nodiscard]] const FieldDescriptor* begun_list(const Event& event) const;
  Outcome begin_list(const FieldDescriptor& list);
  Outcome begin_document(const Event& event);
  Outcome begin_group(const Event& event);
  Outcome end_group();
  Outcome end_document(const Position& at);
  void hold(const Event& event);
  bool find_lines(std::uint32_t body, std::vector<const OutItem*>& way, std::size_t depth) const;
  Outcome begin_lines();
  Outcome open_container();
  Outcome emit_before(std::uint32_t order);
  Outcome line_end();
  Outcome close_container();
  Outcome write_record();

  // composing.cc: rows
  void write_body(std::uint32_t body, Frame& frame, Source source);
  void write_values(const Body& body, std::uint32_t index, Frame& frame, Source source);
  bool has_nodes(const OutItem& item, Frame& frame);
  bool is_named_extension(const CanonicalTree& tree, NodeIndex element);
  void note_implied(const Body& body, std::uint32_t index, Source source);
  bool told_empty(const OutItem& item, const CanonicalTree& tree, NodeIndex element) const;
  void check_required(const Body& body, Frame& frame);
  std::uint32_t room_for(const OutItem& item, const Frame& frame) const;
  void write_constants(const Body& body, std::uint32_t index, Frame& frame, Source source);
  void write_row(const OutItem& item, std::uint32_t body, Frame& frame, Source source);
  void write_extension(const OutItem& item, Frame& frame, Source source);
  void write_group(const OutItem& item, std::uint32_t body, Frame& frame, Source source);
  bool has_presence(const OutItem& item, Source element);
  void write_each(const OutItem& item, std::uint32_t body, Frame& frame, Source source);
  void write_default(const OutItem& item, Frame& frame, Source source);
  void write_call(const OutItem& item, Frame& frame, Source source);
  void write_inner(const OutItem& item, Frame& frame, Source source);
  bool write_value(const OutItem& item, Frame& frame, Source source, CanonicalNode& node);
  bool place_value(const OutItem& item, Frame& frame, const Row& row, LeafKey key, std::string_view text,
                   const TextOrigin& origin, const Position& at, Frame& used);
  void write_near(const NearLeaf& near, const Frame& frame, const Row& row, std::string_view text,
                  const TextOrigin& origin, const Position& at);
  void add_constants(OutIndex node, const std::vector<OutConstant>& constants);
  NodeIndex source_of(Source source, std::span<const std::uint16_t> path, std::uint32_t body, bool take);
  Source root_or(const Row& row, Source source) {
    return row.from_root ? Source{&header_, CanonicalTree::root} : source;
  }

  // fitting.cc: values that are too long for their place
  bool fit(const Row& row, CanonicalNode& node, std::string_view& text);
  void write_pieces(const OutItem& item, Frame& frame, const Row& row, CanonicalNode& node,
                    std::string_view text, const TextOrigin& origin);
  bool add_behind(const Row& row, OutIndex node, LeafKey key, std::string_view text);
  void left_over(const Row& row, CanonicalNode& node, std::string_view rest);
  bool misfit(const Row& row, CanonicalNode& node, std::string message, std::string expected);

  // mending.cc: what the layout forbids
  struct Faulty {
    SegmentFault fault;
    std::size_t at = 0;  ///< of the value that does not fit; the number of values: it is none of them
  };
  bool mend(OutIndex node, const SegmentForm& form);
  std::optional<Faulty> first_fault(SegmentAudit& audit, const SegmentForm& form) const;
  bool mend_value(OutIndex node, const SegmentAudit& audit, const Faulty& faulty);
  bool mend_note(OutIndex node, const SegmentAudit& audit, const SegmentFault& fault);
  bool remove(const std::function<bool(const LeafAddress&)>& which);
  bool stands_alone(OutIndex node) const;
  bool has_room(OutIndex node);
  void leave_out(OutIndex node);
  bool lose_leaves(OutIndex node);
  bool lose(const OutLeaf& leaf);
  [[nodiscard]] CanonicalNode* value_of(const TextOrigin& origin) {
    if (origin.node == TextOrigin::nothing) return nullptr;
    return &(origin.of_header ? header_ : element_)[origin.node];
  }

  // rewriting.cc: lines that look like one before
  Outcome take_line(std::span<const Event>& batch);
  void hold_line(std::span<const Event> part);
  Outcome write_line(std::span<const Event> line);
  Outcome ask_rows(std::span<const Event> line);
  bool header_fits(OutTrace& trace);
  std::expected<bool, Status> write_as_before(const OutTrace& trace, std::span<const Event> line);
  bool convert(const OutTrace& trace, std::span<const Event> line);
  bool convert(const OutTrace::Value& value, std::span<const Event> line);
  std::string_view text_of(const OutTrace::Leaf& leaf);
  Outcome give(const OutTrace& trace, const OutTrace::Step& step);
  void lose(const OutTrace& trace, std::span<const Event> line);
  void keep_line(std::uint64_t hash, std::span<const Event> line);
  // What the line under way came to, while it is noted.
  void note_asked(const FieldPath& path);
  void note_compared(const CanonicalTree& tree, NodeIndex node, std::string_view with, bool equal);
  TextOrigin note_value(const Row& row, const CanonicalNode& node, const CanonicalNode* time,
                        const CanonicalNode* end, bool empty);
  TextOrigin note_header(const FieldPath& path, std::uint32_t value);

  // output.cc
  std::string_view variable(std::string_view name);
  Outcome put_open(NameId tag);
  Outcome put_leaf(OutIndex node, OutIndex leaf, const LeafAddress& where);
  Outcome put_close();
  Outcome put_segment(OutIndex node);
  void note_leaf(OutIndex leaf, const LeafAddress& where);
  Outcome emit_node(OutIndex node);
  Outcome emit_children(OutIndex first, OutIndex end);
  Outcome emit_segment(OutIndex node);
  Outcome emit_leaves(OutIndex node);
  void fill_demanded(OutIndex node, NameId streamed);
  void check_complete(OutIndex node, NameId streamed);
  void tell_stand_ins();
  void stand_in(const OutTrace::StandIn& it);
  void note_stand_in(OutIndex node, OutIndex leaf);
  void tell_incomplete(std::string_view code, const std::string& message, const std::string& expected);
  [[nodiscard]] std::string name_of(OutIndex node) const;
  using LossVisit = std::function<void(NodeIndex node, std::string path)>;
  static void each_loss(const CanonicalTree& tree, NodeIndex group, const std::string& path,
                        const LossVisit& visit);
  void losses(const CanonicalTree& tree, const std::string& path);
  void tell_loss(const Scalar& value, const Position& at, std::string path);
  void finding(std::string_view code, const Row* row, const Position& at, std::string message,
               std::string expected = {});

  const Plan& plan_;
  const SegmentTable* segments_ = nullptr;  ///< of an EDI layout
  SyntaxSink* out_ = nullptr;
  DocumentSink* notes_ = nullptr;
  Variables variables_;
  bool edi_ = false, delimited_ = false, xml_ = false;
  char mark_ = '.';
  CanonicalTree header_, element_;
  const FieldDescriptor* list_ = nullptr;  ///< of the element in hand
  std::vector<std::pair<CanonicalTree*, NodeIndex>> open_;
  bool started_ = false, ended_ = false, lines_begun_ = false;
  std::uint64_t lines_ = 0;
  std::uint64_t list_index_ = 0;
  bool split_ = false;                      ///< a text of the element in hand goes on in a further node
  std::vector<const OutItem*> line_items_;  ///< the way of items to the list in hand
  std::uint32_t line_order_ = 0;
  OutTree tree_;  ///< what is being composed: the header, or one line while `outer_` holds the header
  OutTree outer_;
  std::vector<OutIndex> container_;  ///< open nodes of `outer_` from the root to the one that holds the lines
  std::vector<OutIndex> next_child_;  ///< of each: the first child that is not written yet
  Position here_;
  struct StoodIn : OutTrace::StandIn {
    Position first;
    std::uint64_t times = 0;
  };
  std::vector<StoodIn> stood_in_;  ///< in this document, one for each row
  std::string scratch_, format_;
  std::vector<SegmentValue> segment_;  ///< on its way out, a value for each of `pieces_`
  bool remember_shapes_ = true;
  OutTraceStore traces_;
  std::unique_ptr<OutTrace> noted_;  ///< the line under way, where it is to be kept
  bool irregular_ = false;           ///< it depends on more than a trace can say
  bool in_each_ = false;             ///< inside an `each` within the line
  std::vector<Event> line_;          ///< a line that is cut by the end of a batch
  std::size_t line_depth_ = 0;       ///< its open groups
  Arena line_texts_;
  struct Text {
    std::string_view text, format;
    Position at;
  };
  std::vector<Text> converted_;                          ///< of the line that is written as before
  std::uint64_t document_ = 0;                           ///< counts states of the header
  std::vector<Piece> pieces_;                            ///< of the segment in hand
  std::vector<std::pair<NameId, std::uint32_t>> kinds_;  ///< its composites so far, by kind
};

class IdleEncoders : public Idle<Encoder::State> {};

}  // namespace purser::map
