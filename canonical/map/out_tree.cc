#include "canonical/map/out_tree.h"

namespace purser::map {

OutIndex OutTree::find(OutIndex parent, std::uint32_t signature) const {
  for (OutIndex child = nodes_[parent].newest; child != no_out; child = nodes_[child].same) {
    if (nodes_[child].signature == signature) return child;
  }
  return no_out;
}

OutIndex OutTree::find_name(OutIndex parent, NameId name) const {
  for (OutIndex child = nodes_[parent].last; child != no_out; child = nodes_[child].previous) {
    if (nodes_[child].name == name) return child;
  }
  return no_out;
}

/// The child that a new one of this step stands behind. Each signature has one place, and the newest of a
/// signature is its last, so that only these are looked at, however many children there are.
OutIndex OutTree::place_behind(OutIndex parent, const OutStep& step) {
  OutNode& owner = nodes_[parent];
  owner.mixed = owner.mixed || step.signature == 0;
  OutIndex before = owner.last;
  if (before == no_out || nodes_[before].order <= step.order) return before;
  if (owner.mixed) {  // children without a row of their own: a function's, a companion's
    while (before != no_out && nodes_[before].order > step.order) before = nodes_[before].previous;
    return before;
  }
  before = no_out;
  for (OutIndex child = owner.newest; child != no_out; child = nodes_[child].same) {
    const OutNode& node = nodes_[child];
    if (node.order > step.order) continue;
    if (before == no_out || node.order > nodes_[before].order ||
        (node.order == nodes_[before].order && child > before))
      before = child;
  }
  return before;
}

OutIndex OutTree::add(OutIndex parent, const OutStep& step) {
  const auto index = static_cast<OutIndex>(nodes_.size());
  OutNode& node = nodes_.emplace_back();
  node.name = step.name;
  node.tag = step.tag;
  node.type = step.type;
  node.kind = step.kind;
  node.order = step.order;
  node.most = step.most;
  node.occurrence = step.occurrence;
  node.signature = step.signature;
  node.parent = parent;
  const OutIndex before = place_behind(parent, step);
  OutNode& owner = nodes_[parent];
  // Chain of the newest child of each signature: replace the one of the same, or put in front.
  OutIndex* link = &owner.newest;
  while (*link != no_out && nodes_[*link].signature != step.signature) link = &nodes_[*link].same;
  if (*link != no_out) {
    node.same = nodes_[*link].same;
    *link = index;
  } else {
    node.same = owner.newest;
    owner.newest = index;
  }
  node.previous = before;
  node.next = before == no_out ? owner.first : nodes_[before].next;
  (before == no_out ? owner.first : nodes_[before].next) = index;
  (node.next == no_out ? owner.last : nodes_[node.next].previous) = index;
  return index;
}

OutIndex OutTree::find_leaf(OutIndex node, LeafKey key) const {
  OutIndex leaf = nodes_[node].first_leaf;
  while (leaf != no_out && leaves_[leaf].key != key) leaf = leaves_[leaf].next;
  return leaf;
}

bool OutTree::set(OutIndex node, const OutLeaf& leaf) {
  if (const OutIndex known = find_leaf(node, leaf.key); known != no_out) {
    if (!leaves_[known].fixed || leaf.fixed) return false;
    const OutIndex next = leaves_[known].next;
    leaves_[known] = leaf;
    leaves_[known].next = next;
    return true;
  }
  const auto index = static_cast<OutIndex>(leaves_.size());
  leaves_.push_back(leaf);
  leaves_[index].next = no_out;
  OutNode& owner = nodes_[node];
  (owner.last_leaf == no_out ? owner.first_leaf : leaves_[owner.last_leaf].next) = index;
  owner.last_leaf = index;
  return true;
}

}  // namespace purser::map
