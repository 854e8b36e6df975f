// Rows and nodes: which rows apply to a held node, and in which order they are asked.
#include <algorithm>

#include "canonical/map/call.h"
#include "canonical/map/held_node.h"
#include "canonical/map/reading.h"

namespace purser::map {

/// Everything below the node at tape index `node`, for the actives from `begin` on.
void Decoder::State::run(std::uint32_t node, std::size_t begin) {
  enter_entries(node, begin);
  // Steps that only began something lead nowhere: those that are left are asked at every child.
  std::size_t end = begin;
  for (std::size_t i = begin; i < actives_.size(); ++i) {
    const Active& active = actives_[i];
    if (plan_.dispatch.step(active.step).leads_on() ||
        (active.own && (xml_ || !plan_.bodies[active.body].checks.empty())))
      actives_[end++] = active;
  }
  actives_.resize(end);
  if (begin == end) return;
  for (std::uint32_t child = node + 1; child < tape_[node].end; child = tape_[child].end) {
    if (tape_[child].leaf) {
      if (!tape_[child].used) read_leaf(child, begin, end);
      continue;
    }
    follow(child, begin, end);
    if (actives_.size() > end) run(child, end);
    actives_.resize(end);
  }
  for (std::size_t i = end; i-- > begin;) {
    const Active active = actives_[i];
    if (!active.own) continue;
    if (xml_ && active.dest != CanonicalTree::root && !read_below(node))
      tree(active.in_element).set_present(active.dest);
    finish_body(active.body, active, tape_[node].at, node, false);
  }
}

/// Has a row read anything of the node? If none has, what it makes is told apart from what is not there.
bool Decoder::State::read_below(std::uint32_t node) const {
  for (std::uint32_t i = node; i < tape_[node].end; ++i) {
    if (tape_[i].used && !tape_[i].refused) return true;
  }
  return false;
}

/// Pushes what the actives in [begin, end) do at a child node.
void Decoder::State::follow(std::uint32_t node, std::size_t begin, std::size_t end) {
  const NameId name = tape_[node].name;
  if (name == 0) return;
  Probed probed;
  for (std::size_t i = begin; i < end; ++i) {
    const Active from = actives_[i];
    for (const ReadEdge& edge : plan_.dispatch.edges(from.step, name)) {
      if (edge.test == ReadEdge::always || passes(edge, from, node, probed))
        actives_.push_back({edge.step, from.body, from.dest, from.in_element, false});
    }
  }
}

/// Does the node fulfil what the edge asks? Leaves that decided it are noted.
bool Decoder::State::passes(const ReadEdge& edge, const Active& from, std::uint32_t node, Probed& probed) {
  const auto in_full = [&] { return matches(plan_.steps[from.step].edges[edge.full], node); };
  if (edge.test == ReadEdge::by_predicates) return in_full();
  const ValueTest& test = plan_.dispatch.test(edge);
  if (probed.probe != test.probe) {
    probed = {test.probe, Probed::nothing, {}};
    probe(plan_.dispatch.probe(test.probe), node, 0, probed.leaf);
    if (probed.leaf < Probed::several) {
      probed.text = ShortText(tape_[probed.leaf].text);
      consulted_.push_back(probed.leaf);
    }
  }
  if (probed.leaf == Probed::several) return in_full();
  if (probed.leaf == Probed::nothing || !plan_.dispatch.holds(test, probed.text)) return false;
  tape_[probed.leaf].decided = true;
  return true;
}

/// The one leaf at the probe's place; `several` where there are more.
void Decoder::State::probe(const Probe& what, std::uint32_t node, std::size_t depth,
                           std::uint32_t& leaf) const {
  const bool last = depth == what.nodes.size();
  for (std::uint32_t child = node + 1; child < tape_[node].end; child = tape_[child].end) {
    const TapeItem& item = tape_[child];
    if (item.leaf != last) continue;
    if (!last && item.name == what.nodes[depth])
      probe(what, child, depth + 1, leaf);
    else if (last && item.key == what.key)
      leaf = leaf == Probed::nothing ? child : Probed::several;
  }
}

/// Which of its name among its siblings; all siblings are numbered when the first is asked.
std::uint32_t Decoder::State::ordinal_of(std::uint32_t node) {
  if (tape_[node].ordinal != 0) return tape_[node].ordinal;
  const std::uint32_t parent = tape_[node].parent;
  numbering_.assign(plan_.layout.names.size(), 0);
  for (std::uint32_t child = parent + 1; child < tape_[parent].end; child = tape_[child].end) {
    if (!tape_[child].leaf && tape_[child].ordinal == 0)
      tape_[child].ordinal = ++numbering_[tape_[child].name];
  }
  return tape_[node].ordinal;
}

bool Decoder::State::matches(const Edge& edge, std::uint32_t node) {
  if (edge.occurrence != 0) {
    const std::uint32_t ordinal = ordinal_of(node);
    if (edge.onward ? ordinal < edge.occurrence : ordinal != edge.occurrence) return false;
  }
  for (const Predicate& predicate : edge.predicates) {
    if (!holds(predicate, node, 0, false)) return false;
  }
  for (const Predicate& predicate : edge.predicates) {
    if (predicate.kind == PredicateKind::equal) holds(predicate, node, 0, true);
  }
  return true;
}

bool Decoder::State::leaf_holds(const Predicate& predicate, std::uint32_t leaf) {
  if (predicate.kind == PredicateKind::present || predicate.kind == PredicateKind::absent) return true;
  const TapeItem& item = tape_[leaf];
  if (predicate.root_path.empty()) {
    consulted_.push_back(leaf);
    return std::find(predicate.values.begin(), predicate.values.end(), item.text) != predicate.values.end();
  }
  irregular_ = true;
  const NodeIndex known = header_.find(CanonicalTree::root, predicate.root_path);
  if (known == no_node) return predicate.kind != PredicateKind::unequal;  // neither says otherwise
  std::string text;
  append_plain(text, header_[known].value);
  return text == item.text;
}

/// True if the predicate holds at the node; unequal and absent hold where no leaf says otherwise. `mark`
/// notes the leaves that decided.
bool Decoder::State::holds(const Predicate& predicate, std::uint32_t node, std::size_t depth, bool mark) {
  const bool negative = predicate.kind == PredicateKind::unequal || predicate.kind == PredicateKind::absent;
  bool found = false;
  for (std::uint32_t child = node + 1; child < tape_[node].end && !found; child = tape_[child].end) {
    TapeItem& item = tape_[child];
    if (depth < predicate.nodes.size()) {
      if (item.leaf || item.name != predicate.nodes[depth]) continue;
      const bool last = depth + 1 == predicate.nodes.size();
      found = (last && !predicate.is_leaf) || holds(predicate, child, depth + 1, mark) != negative;
    } else if (item.leaf) {
      const LeafKey key =
          delimited_ ? (predicate.key >> 32 != 0 ? item.key & ~LeafKey{0xFFFFFFFF} : item.key & 0xFFFFFFFF)
                     : item.key;
      found = key == predicate.key && leaf_holds(predicate, child);
      if (found && mark) item.decided = true;
    }
  }
  return found != negative;
}

/// Begins lists elements and groups at a node. Rows are tried from top to bottom; the first that takes the
/// node has it. Blocks that begin at the node itself (`group .`) come after, and share it.
void Decoder::State::enter_entries(std::uint32_t node, std::size_t begin) {
  const std::size_t end = actives_.size();
  const std::size_t first = candidates_.size();
  bool sorted = true;
  for (std::size_t i = begin; i < end; ++i) {
    if (actives_[i].own) continue;
    for (const std::uint32_t entry : plan_.dispatch.entries(plan_.dispatch.step(actives_[i].step))) {
      const std::uint32_t row = plan_.entries[entry].row;
      sorted = sorted && (candidates_.size() == first || candidates_.back().row <= row);
      candidates_.push_back({row, entry, i});
    }
  }
  if (!sorted) {
    std::sort(candidates_.begin() + static_cast<std::ptrdiff_t>(first), candidates_.end(),
              [](const Candidate& a, const Candidate& b) { return a.row < b.row; });
  }
  for (std::size_t i = first; i < candidates_.size(); ++i) {
    const Candidate candidate = candidates_[i];
    const Active active = actives_[candidate.active];
    if (enter(node, candidate.index, active, true)) break;
  }
  candidates_.resize(first);
  for (std::size_t i = begin; i < actives_.size(); ++i) {
    if (!actives_[i].own) continue;
    const Active active = actives_[i];
    for (const std::uint32_t entry : plan_.dispatch.entries(plan_.dispatch.step(active.step)))
      enter(node, entry, active, false);
  }
}

/// True if the row takes the node.
bool Decoder::State::enter(std::uint32_t node, std::uint32_t index, const Active& from, bool claims) {
  const Entry& entry = plan_.entries[index];
  const Row& row = plan_.rows[entry.row];
  if (entry.kind == EntryKind::ignore) {
    use_below(node);
    count(row);
    return true;
  }
  if (!from.in_element && !entry.streamed) irregular_ = true;
  if (entry.kind == EntryKind::group && claims) {
    KeyMap& entered = from.in_element ? entered_element_ : entered_header_;
    if (!entered.insert((static_cast<std::uint64_t>(from.dest) << 32) | index)) return false;
  }
  Active to{plan_.bodies[entry.body].step, entry.body, from.dest, from.in_element, true};
  if (!destination(node, entry, row, from, to)) return true;
  count(row);
  if (entry.call != nullptr) call(node, entry, to, row);
  actives_.push_back(to);
  return true;
}

/// Where the values of a block go. False if they cannot go anywhere.
bool Decoder::State::destination(std::uint32_t node, const Entry& entry, const Row& row, const Active& from,
                                 Active& to) {
  if (row.target_kind == TargetKind::self) return true;
  if (entry.streamed) {
    if (node != 0 || element_field_ != nullptr || tape_[0].end != tape_.size()) return false;
    element_field_ = row.field;
    element_.reset(row.field->group);
    entered_element_.clear();
    element_at_ = tape_[node].at;
    element_at_.table = row.table;
    element_at_.row = row.line;
    to.dest = CanonicalTree::root;
    to.in_element = true;
    return true;
  }
  to.in_element = from.in_element && !row.from_root;
  if (!to.in_element) irregular_ = true;
  CanonicalTree& target = tree(to.in_element);
  if (!has_room(target)) return false;
  const NodeIndex start = row.from_root ? CanonicalTree::root : from.dest;
  Position at = tape_[node].at;
  at.table = row.table;
  at.row = row.line;
  if (!to.in_element && start == CanonicalTree::root && late(row, from, row.path[0], at)) return false;
  const std::span outer = std::span(row.path).first(row.path.size() - 1);
  const NodeIndex group = group_for(target, start, outer, from.body, entry.row);
  const std::uint16_t field = row.path.back();
  const NodeIndex known = entry.kind == EntryKind::group ? target.first(group, field) : no_node;
  to.dest = known != no_node ? known : target.append(group, field);
  if (known == no_node) {
    target[to.dest].at = at;
    target[to.dest].origin = node;
    target[to.dest].row = entry.row + 1;
  }
  return true;
}

void Decoder::State::use_below(std::uint32_t node) {
  for (std::uint32_t i = node; i < tape_[node].end; ++i) tape_[i].used = true;
}

/// The leaf that `date by` or `with` names, near the leaf of a row; 0 if it is not there.
std::uint32_t Decoder::State::near(const NearLeaf& wanted, std::uint32_t leaf) const {
  constexpr std::uint32_t most_neighbours = 1'000;  // a node with more is none of any standard
  std::uint32_t node = tape_[leaf].parent;
  if (wanted.from_parent && wanted.child != 0) node = tape_[node].parent;
  std::uint32_t looked_at = 0;
  for (std::uint32_t child = node + 1; child < tape_[node].end; child = tape_[child].end) {
    if (++looked_at > most_neighbours) break;
    const TapeItem& item = tape_[child];
    if (wanted.child == 0) {
      if (item.leaf && item.key == wanted.key) return child;
      continue;
    }
    if (item.leaf || item.name != wanted.child ||
        (wanted.occurrence != 0 && item.ordinal != wanted.occurrence))
      continue;
    for (std::uint32_t inner = child + 1; inner < item.end; inner = tape_[inner].end) {
      if (tape_[inner].leaf && tape_[inner].key == wanted.key) return inner;
    }
  }
  return 0;
}

/// Asks the rows for a leaf, from top to bottom, until one takes it.
void Decoder::State::read_leaf(std::uint32_t leaf, std::size_t begin, std::size_t end) {
  const LeafKey key = tape_[leaf].key;
  const std::size_t first = candidates_.size();
  bool sorted = true;
  for (std::size_t i = begin; i < end; ++i) {
    const ReadStep& step = plan_.dispatch.step(actives_[i].step);
    const auto keys = plan_.dispatch.leaf_keys(step);
    for (std::size_t j = 0; j < keys.size(); ++j) {
      const bool hit =
          keys[j] == key ||
          (delimited_ && (keys[j] == (key & ~LeafKey{0xFFFFFFFF}) || keys[j] == (key & 0xFFFFFFFF)));
      if (!hit) continue;
      const std::uint32_t row = plan_.dispatch.leaf_row(step, j);
      sorted = sorted && (candidates_.size() == first || candidates_.back().row <= row);
      candidates_.push_back({row, 0, i});
    }
  }
  if (!sorted) {
    std::sort(candidates_.begin() + static_cast<std::ptrdiff_t>(first), candidates_.end(),
              [](const Candidate& a, const Candidate& b) { return a.row < b.row; });
  }
  bool used = false;
  for (std::size_t i = first; i < candidates_.size(); ++i) {
    const Candidate candidate = candidates_[i];
    const Active active = actives_[candidate.active];
    const Taken taken = take(plan_.rows[candidate.row], candidate.row, active, leaf);
    used = used || taken != Taken::no;
    tape_[leaf].refused = taken == Taken::failed;
    if (taken == Taken::yes || taken == Taken::failed) break;
  }
  candidates_.resize(first);
  if (used) tape_[leaf].used = true;
}

}  // namespace purser::map
