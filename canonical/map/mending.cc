// What a layout forbids is not written: values leave their segment, segments and groups their message, and
// each is told. What is wrong with a segment is asked of the code that judges segments that are read.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/fitting.h"
#include "canonical/map/writing.h"

namespace purser::map {
namespace {

/// "C0803", as X12 calls a syntax note.
std::string note_name(const LayoutNote& note) {
  std::string name(1, note.kind);
  for (const std::uint16_t element : note.elements) name += fmt::format("{:02}", element);
  return name;
}

/// A value that its row found too long: an error told that, and the value stays where it is.
bool was_refused(const OutLeaf& leaf) {
  const Row* row = leaf.row;
  const bool value = row != nullptr && leaf.origin.from != TextOrigin::From::function &&
                     (row->target_kind == TargetKind::path || row->target_kind == TargetKind::extension);
  return value && !fits(*row, leaf.text);
}

}  // namespace

/// Takes from the segment in hand what its layout forbids. False if nothing of it is written.
bool Encoder::State::mend(OutIndex node, const SegmentForm& form) {
  SegmentAudit audit(plan_.layout, {&mark_, 1});
  const bool had_values = !pieces_.empty();
  while (const auto faulty = first_fault(audit, form)) {
    const bool value = faulty->at < segment_.size();
    if (!(value ? mend_value(node, audit, *faulty) : mend_note(node, audit, faulty->fault))) break;
  }
  return !(had_values && pieces_.empty());
}

/// A value that does not fit, else a syntax note that is not kept. What is missing is told elsewhere.
std::optional<Encoder::State::Faulty> Encoder::State::first_fault(SegmentAudit& audit,
                                                                  const SegmentForm& form) const {
  std::optional<Faulty> found;
  audit.begin(form);
  for (std::size_t i = 0; i < segment_.size() && !found; ++i) {
    if (segment_[i].text.empty()) continue;
    audit.take(segment_[i].where, segment_[i].text, [&](SegmentFault fault) {
      if (!found && !was_refused(tree_.leaf(pieces_[i].leaf))) found = Faulty{std::move(fault), i};
    });
  }
  if (found) return found;
  audit.finish([&](SegmentFault fault) {
    if (!found && fault.note != nullptr) found = Faulty{std::move(fault), segment_.size()};
  });
  return found;
}

/// False: it stays, with an error, since the segment cannot be without it.
bool Encoder::State::mend_value(OutIndex node, const SegmentAudit& audit, const Faulty& faulty) {
  const LeafAddress where = segment_[faulty.at].where;
  const OutLeaf& leaf = tree_.leaf(pieces_[faulty.at].leaf);
  const bool needed = audit.demands(where.element, where.component);
  const bool whole = needed && audit.is_composite(where.element);  // a composite goes with what it needs
  const std::string message =
      fmt::format("{}.{:02} cannot be {}", name_of(node), where.element, faulty.fault.message);
  if (whole ? audit.demands(where.element, 0) : needed) {
    finding("MAP-0021", leaf.row, leaf.at, message, faulty.fault.expected);
    return false;
  }
  const Row* row = leaf.row;
  const Position at = leaf.at;
  const bool lost = remove([&](const LeafAddress& each) {
    return each.element == where.element && each.repetition == where.repetition &&
           (whole || each.component == where.component);
  });
  if (lost) finding("MAP-0032", row, at, message, faulty.fault.expected);
  return true;
}

/// False: the segment cannot be mended, and is left out where it stands alone; else that is an error.
bool Encoder::State::mend_note(OutIndex node, const SegmentAudit& audit, const SegmentFault& fault) {
  const LayoutNote& note = *fault.note;
  std::vector<std::uint16_t> going;
  if (note.kind == 'C' || note.kind == 'L') going = {note.elements[0]};
  if (note.kind == 'P' || note.kind == 'E') {
    std::ranges::copy_if(note.elements, std::back_inserter(going),
                         [&](std::uint16_t element) { return audit.has(element); });
  }
  if (note.kind == 'E') {  // one of them may stay
    const auto kept =
        std::ranges::find_if(going, [&](std::uint16_t element) { return audit.demands(element, 0); });
    going.erase(kept != going.end() ? kept : going.begin());
  }
  const auto goes = [&](std::uint16_t element) { return std::ranges::find(going, element) != going.end(); };
  const bool needed =
      std::ranges::any_of(going, [&](std::uint16_t element) { return audit.demands(element, 0); });
  const std::string name = name_of(node), rule = note_name(note);
  if (!going.empty() && !needed) {
    std::string places;
    for (const std::uint16_t element : going)
      places += fmt::format("{}{:02}", places.empty() ? "" : ", ", element);
    const bool lost = remove([&](const LeafAddress& each) { return goes(each.element); });
    if (lost)
      tell_incomplete("MAP-0033",
                      fmt::format("{} is written without {}, by syntax note {}", name, places, rule),
                      fault.expected.empty() ? fmt::format("{:02}", fault.element) : fault.expected);
    return true;
  }
  if (!stands_alone(node)) {
    tell_incomplete("MAP-0020", fmt::format("{} needs {:02}, by syntax note {}", name, fault.element, rule),
                    fault.expected);
    return false;
  }
  if (remove([](const LeafAddress&) { return true; }))
    tell_incomplete("MAP-0033", fmt::format("{} is not written, by syntax note {}", name, rule),
                    fault.expected);
  return false;
}

/// Takes values out of the segment in hand; true if the document has said one of them.
bool Encoder::State::remove(const std::function<bool(const LeafAddress&)>& which) {
  bool lost = false;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (which(segment_[i].where)) {
      lost = lose(tree_.leaf(pieces_[i].leaf)) || lost;
      continue;
    }
    pieces_[kept] = pieces_[i];
    segment_[kept++] = segment_[i];
  }
  pieces_.resize(kept);
  segment_.resize(kept);
  return lost;
}

/// May the message be without this segment, and does nothing else hang on it?
bool Encoder::State::stands_alone(OutIndex node) const {
  const OutIndex parent = tree_[node].parent;
  if (parent == no_out) return false;
  const LayoutChild& place = plan_.layout.types[tree_[parent].type].children[tree_[node].order];
  const bool trigger = tree_[parent].kind == NodeKind::group && tree_[node].order == 0;
  if (!trigger) return !place.mandatory;
  return tree_[parent].first == node && tree_[parent].last == node && stands_alone(parent);
}

/// Nodes of one name stand side by side: are there not more of them yet than the layout allows?
bool Encoder::State::has_room(OutIndex node) {
  OutNode& it = tree_[node];
  const bool again = it.previous != no_out && tree_[it.previous].name == it.name;
  it.nth = again ? tree_[it.previous].nth + 1 : 1;
  return delimited_ || it.most == unbounded || it.nth <= it.most;
}

void Encoder::State::leave_out(OutIndex node) {
  if (!lose_leaves(node)) return;
  finding("MAP-0030", nullptr, here_, fmt::format("{} has no place left", name_of(node)),
          fmt::format("{} of it", tree_[node].most));
}

bool Encoder::State::lose_leaves(OutIndex node) {
  bool lost = false;
  for (OutIndex leaf = tree_[node].first_leaf; leaf != no_out; leaf = tree_.leaf(leaf).next)
    lost = lose(tree_.leaf(leaf)) || lost;
  for (OutIndex child = tree_[node].first; child != no_out; child = tree_[child].next)
    lost = lose_leaves(child) || lost;
  return lost;
}

/// A leaf that is not written after all: its value is a loss, unless another leaf says it, too. False if the
/// leaf says nothing that the document has said.
bool Encoder::State::lose(const OutLeaf& leaf) {
  CanonicalNode* value = value_of(leaf.origin);
  const bool part =
      leaf.row != nullptr && (leaf.row->conversion.join > 1 || !leaf.row->conversion.gather.empty());
  irregular_ = irregular_ || part || leaf.origin.of_header;
  if ((part && value != nullptr) || leaf.origin.from == TextOrigin::From::function) {
    notes_->loss({leaf.at, leaf.row->target,
                  std::string(leaf.text.substr(0, bytes_of(leaf.text, Finding::max_value_shown)))});
    return true;
  }
  if (value == nullptr || --value->said != 0) return false;
  value->written = false;
  CanonicalTree& tree = leaf.origin.of_header ? header_ : element_;
  NodeIndex group = leaf.origin.node;
  for (std::size_t i = 0; i < leaf.row->path.size() && group != no_node; ++i) group = tree[group].parent;
  for (const FieldPath* path : {&leaf.row->conversion.time_path, &leaf.row->conversion.end_path}) {
    if (path->empty() || group == no_node) continue;  // a time of day, the end of a period
    if (const NodeIndex more = tree.find(group, *path); more != no_node) tree[more].written = false;
  }
  return true;
}

}  // namespace purser::map
