// The working parts of a Decoder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "canonical/map/convert.h"
#include "canonical/map/grouper.h"
#include "canonical/map/plan.h"
#include "canonical/map/program.h"
#include "canonical/map/tape.h"
#include "canonical/map/tree.h"

namespace purser::map {

/// A set of numbers that forgets all at once without giving memory back. [serial]
class KeySet {
 public:
  /// True if `key` is new.
  bool insert(std::uint64_t key);
  void clear();

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t age = 0;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::uint32_t age_ = 1;
  std::size_t used_ = 0;
};

/// A step that is being followed, and where its values go.
struct Active {
  std::uint32_t step = 0;
  std::uint32_t body = 0;
  NodeIndex dest = 0;
  bool in_element = false;  ///< dest is in the streamed element's tree, not in the header's
  bool own = false;         ///< the body begins at this very node
};

class Decoder::State {
 public:
  State(const Program& program, DocumentSink& out, const Limits& limits);
  Outcome open(std::string_view name, const Position& at);
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at);
  Outcome close(const Position& at);
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

  // reading.cc: the shape of the document
  Outcome start(const Position& at);
  Outcome open_node(NameId name, TypeId type, std::string_view text, const Position& at);
  Outcome close_node(const Position& at);
  Outcome open_segment(std::string_view name, const Position& at);
  void open_passage(std::uint32_t passage, NameId name, TypeId type, const Position& at);
  void edi_leaf(const LeafAddress& where, std::string_view text, const Position& at);
  [[nodiscard]] LeafKey leaf_key(const LeafAddress& where) const;
  Outcome frame_leaf(LeafKey key, std::string_view text, const Position& at);
  std::uint32_t child_passage(NameId name) const;
  TypeId child_type(NameId name) const;
  Outcome unit_end();
  Outcome over_limit(std::string_view what, std::uint64_t limit);
  void fault(Grouper::Fault fault, NameId tag);

  // walk.cc: rows
  void run(std::uint32_t node, std::size_t begin);
  void follow(std::uint32_t node, std::size_t begin, std::size_t end);
  void enter_entries(std::uint32_t node, std::size_t begin);
  bool enter(std::uint32_t node, std::uint32_t entry, const Active& from, bool claims);
  bool destination(std::uint32_t node, const Entry& entry, const Row& row, const Active& from, Active& to);
  void call(std::uint32_t node, const Entry& entry, const Active& to, const Row& row);
  bool matches(const Edge& edge, std::uint32_t node);
  bool holds(const Predicate& predicate, std::uint32_t node, std::size_t depth, bool mark);
  bool leaf_holds(const Predicate& predicate, const TapeItem& item) const;
  [[nodiscard]] std::uint32_t ordinal_of(std::uint32_t node) const;
  void read_leaf(std::uint32_t leaf, std::size_t begin, std::size_t end);
  std::uint32_t near(const NearLeaf& near, std::uint32_t leaf) const;
  void use_below(std::uint32_t node);

  // filling.cc: values
  Taken take(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf);
  NodeIndex group_for(CanonicalTree& tree, NodeIndex group, const FieldPath& path, std::uint32_t body,
                      std::uint32_t row);
  NodeIndex existing(const CanonicalTree& tree, NodeIndex group, const FieldPath& path,
                     std::uint32_t body) const;
  bool put(const Row& row, std::uint32_t index, const Active& active, const Scalar& value,
           const Position& at);
  void put_plain(const Active& active, const FieldPath& path, const Scalar& value, const Position& at,
                 const Row& row);
  void companion(const Row& row, std::uint32_t leaf);
  void extension(const Row& row, std::uint32_t index, const Active& active, std::uint32_t leaf);
  [[nodiscard]] bool read_below(std::uint32_t node) const;
  void finish_body(std::uint32_t body, const Active& active, const Position& at, bool defaults_only);
  void count(const Row& row);
  bool late(const Row& row, const Active& active, std::uint16_t field, const Position& at);
  CanonicalTree& tree(bool in_element) { return in_element ? element_ : header_; }
  /// Where texts of a tree live: those of a line only until its events are pushed.
  Arena& texts(bool in_element) { return in_element ? unit_texts_ : header_.texts(); }

  // emission.cc: events, findings, losses
  Outcome begin_stream();
  Outcome emit_element();
  void emit_fields(const CanonicalTree& tree, NodeIndex group);
  void emit_field(const CanonicalTree& tree, NodeIndex group, std::uint16_t field);
  Outcome flush(std::size_t threshold);
  void losses(std::uint32_t from);
  [[nodiscard]] bool passed_over(std::uint32_t leaf) const;
  [[nodiscard]] std::string path_of(std::uint32_t item) const;
  void finding(std::string_view code, const Row* row, const Position& at, std::string source,
               std::string message, std::string expected = {});
  void deviations();

  friend class TapeView;
  friend class TreeEditor;

  const Plan& plan_;
  DocumentSink& out_;
  Limits limits_;
  bool edi_ = false, delimited_ = false, xml_ = false;
  bool started_ = false, streaming_ = false, wrong_root_ = false, skip_losses_ = false;
  std::optional<Grouper> grouper_;
  Position here_;
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
  std::vector<Event> batch_;
  std::vector<std::uint64_t> fired_;
  KeySet entered_header_, entered_element_;  ///< groups that took their node already
  const LayoutType* segment_ = nullptr;      ///< layout of the open segment
  std::uint16_t composite_element_ = 0, composite_repetition_ = 0;
  bool composite_open_ = false;
};

}  // namespace purser::map
