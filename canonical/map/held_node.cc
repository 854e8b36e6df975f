#include "canonical/map/held_node.h"

#include <algorithm>

#include "canonical/map/convert.h"

namespace purser::map {

std::string_view TapeView::name() const {
  const TapeItem& item = state_.tape_[node_];
  return item.name != 0 ? state_.plan_.layout.names.text(item.name) : item.text;
}

/// Tape index of the leaf a path names, 0 if it is not there.
std::uint32_t TapeView::find(std::string_view path) const {
  const Tape& tape = state_.tape_;
  const Plan& plan = state_.plan_;
  std::uint32_t node = node_;
  if (path == ".") path = {};
  while (true) {
    const std::size_t end = std::min(path.find_first_of(state_.xml_ ? "/" : "./"), path.size());
    std::string_view step = path.substr(0, end);
    const bool attribute = step.starts_with('@');
    if (attribute) step.remove_prefix(1);
    const NameId name = plan.layout.names.find(step);
    const bool last = end == path.size();
    std::uint32_t next = 0;
    for (std::uint32_t child = node + 1; child < tape[node].end && next == 0; child = tape[child].end) {
      const TapeItem& item = tape[child];
      if (!item.leaf) {
        if (!step.empty() && !attribute && item.name == name && name != 0) next = child;
        continue;
      }
      if (!last || (state_.xml_ && !attribute && !step.empty())) continue;
      bool same = item.key == (attribute ? name : LeafKey{0});
      if (!state_.xml_) {
        same = false;
        for (const LayoutLeaf& leaf : plan.layout.types[tape[node].type].leaves)
          same = same || (leaf.name == name && name != 0 && leaf.key == item.key);
        same = same || (state_.delimited_ && name != 0 && item.key >> 32 == name);
      }
      if (same) return child;
    }
    if (next == 0) return 0;
    node = next;
    path = last ? std::string_view{} : path.substr(end + 1);
  }
}

std::string_view TapeView::text(std::string_view path) const {
  const std::uint32_t leaf = find(path);
  return leaf == 0 ? std::string_view{} : state_.tape_[leaf].text;
}

void TapeView::used(std::string_view path) const {
  if (const std::uint32_t leaf = find(path)) state_.tape_[leaf].used = true;
}

void TapeView::used_all() const { state_.use_below(node_); }

bool TreeEditor::set(std::string_view path, std::string_view text) {
  NodeIndex group = group_;
  while (true) {
    const std::string_view name = path.substr(0, path.find('.'));
    const GroupDescriptor* descriptor = tree_[group].group;
    const FieldDescriptor* field = descriptor == nullptr ? nullptr : descriptor->find(name);
    if (field == nullptr) return false;
    const auto index = static_cast<std::uint16_t>(field - descriptor->fields.data());
    if (name.size() < path.size()) {
      if (field->group == nullptr) return false;
      NodeIndex next = tree_.first(group, index);
      if (field->repeated && next != no_node) next = tree_.shared(group, index, body_);
      if (next == no_node) {
        next = tree_.append_shared(group, index, body_);
        tree_[next].at = at_;
      }
      group = next;
      path.remove_prefix(name.size() + 1);
      continue;
    }
    if (field->group != nullptr) return false;
    const Converted value = read_plain(*field, texts_.copy(text));
    if (!value.good) return false;
    const NodeIndex known = tree_.first(group, index);
    if (known != no_node && !field->repeated) return equal(tree_[known].value, value.value);
    const NodeIndex node = tree_.append(group, index);
    tree_[node].value = value.value;
    tree_[node].at = at_;
    return true;
  }
}

std::string TreeEditor::get(std::string_view path) const {
  NodeIndex group = group_;
  while (true) {
    const std::string_view name = path.substr(0, path.find('.'));
    const GroupDescriptor* descriptor = tree_[group].group;
    const FieldDescriptor* field = descriptor == nullptr ? nullptr : descriptor->find(name);
    if (field == nullptr) return {};
    const NodeIndex next = tree_.first(group, static_cast<std::uint16_t>(field - descriptor->fields.data()));
    if (next == no_node) return {};
    if (name.size() == path.size()) {
      std::string text;
      if (tree_[next].group == nullptr) append_plain(text, tree_[next].value);
      return text;
    }
    group = next;
    path.remove_prefix(name.size() + 1);
  }
}

/// Runs the named function on a held node.
void Decoder::State::call(std::uint32_t node, const Entry& entry, const Active& to, const Row& row) {
  if (!entry.call->read) return;
  irregular_ = true;
  Position at = tape_[node].at;
  at.table = row.table;
  at.row = row.line;
  TreeEditor editor(tree(to.in_element), texts(to.in_element), to.dest, to.body, at);
  entry.call->read(TapeView(*this, node), editor);
}

}  // namespace purser::map
