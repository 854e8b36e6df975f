// Rows on the way out: canonical values become leaves of nodes that are made as they are needed.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "canonical/map/fitting.h"
#include "canonical/map/writing.h"

namespace purser::map {
namespace {

constexpr std::uint32_t taken_by_each =
    UINT32_MAX;  // in CanonicalNode::shared_by; plain rows store their body + 1

/// Does a path go through a list, whose elements rows share among them?
bool passes_list(const GroupDescriptor& root, std::span<const std::uint16_t> path) {
  const GroupDescriptor* group = &root;
  for (const std::uint16_t index : path.first(path.size() - 1)) {
    const FieldDescriptor& field = group->fields[index];
    if (field.repeated) return true;
    group = field.group;
  }
  return false;
}

}  // namespace

void Encoder::State::add_constants(OutIndex node, const std::vector<OutConstant>& constants) {
  for (const OutConstant& constant : constants) {
    OutIndex home = node;
    for (const OutStep& step : constant.path) {
      const OutIndex known = tree_.find(home, step.signature);
      home = known != no_out ? known : tree_.add(home, step);
    }
    OutLeaf leaf;
    leaf.key = constant.key;
    leaf.text = constant.value;
    leaf.fixed = true;
    if (!constant.root_path.empty()) {
      const NodeIndex value = header_.find(CanonicalTree::root, constant.root_path);
      note_asked(constant.root_path);
      if (value == no_node) continue;
      std::string text;
      append_plain(text, header_[value].value);
      leaf.text = tree_.texts().copy(text);
      leaf.origin = note_header(constant.root_path, 0);
    }
    tree_.set(home, leaf);
  }
}

OutIndex Encoder::State::materialise(Frame& frame) {
  if (frame.node != no_out) return frame.node;
  OutIndex node = frame.outer != nullptr ? materialise(*frame.outer) : OutTree::root;
  if (frame.path != nullptr) {
    for (std::size_t i = frame.skip; i < frame.path->size(); ++i) {
      const OutStep& step = (*frame.path)[i];
      const OutIndex known = i + 1 == frame.fresh ? no_out : tree_.find(node, step.signature);
      if (known != no_out) {
        node = known;
        continue;
      }
      node = tree_.add(node, step);
      add_constants(node, step.constants);
    }
  }
  return frame.node = node;
}

bool Encoder::State::set_leaf(Frame& frame, const Row* row, LeafKey key, std::string_view text,
                              const TextOrigin& origin, const Position& at, bool variable) {
  OutLeaf leaf;
  leaf.key = key;
  leaf.text = text;
  leaf.variable = variable;
  leaf.row = row;
  leaf.origin = origin;
  leaf.stand_in = row != nullptr && row->stand_in && origin.from == TextOrigin::From::constant &&
                  origin.node == TextOrigin::nothing;
  leaf.at = at;
  if (!tree_.set(materialise(frame), leaf)) return false;
  if (CanonicalNode* value = value_of(origin)) ++value->said;
  return true;
}

void Encoder::State::write_body(std::uint32_t index, Frame& frame, Source source) {
  const Body& body = plan_.bodies[index];
  write_values(body, index, frame, source);
  note_implied(body, index, source);
  if (frame.node == no_out && frame.outer != nullptr) return;
  write_constants(body, index, frame, source);
  check_required(body, frame);
}

void Encoder::State::write_values(const Body& body, std::uint32_t index, Frame& frame, Source source) {
  for (const OutItem& item : body.items) {
    if (item.streamed) continue;
    if (item.aimed) {  // most rows have nothing to write at most documents
      if (item.from_root) note_asked(plan_.rows[item.row].path);
      const bool there = item.from_root ? header_.has(CanonicalTree::root, item.first_field)
                                        : source.tree->has(source.group, item.first_field);
      if (!there) continue;
    }
    const Row& row = plan_.rows[item.row];
    if (row.kind == RowKind::each)
      write_each(item, index, frame, source);
    else if (row.kind == RowKind::group || item.call != nullptr)
      write_group(item, index, frame, source);
    else if (row.target_kind == TargetKind::path)
      write_row(item, index, frame, source);
    else if (row.target_kind == TargetKind::extension)
      write_extension(item, frame, source);
  }
}

/// The canonical node at a path: through a list, the element that rows of this body share.
NodeIndex Encoder::State::source_of(Source source, std::span<const std::uint16_t> path, std::uint32_t body,
                                    bool take) {
  CanonicalTree& tree = *source.tree;
  NodeIndex at = source.group;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool list = i + 1 < path.size() && tree[at].group->fields[path[i]].repeated;
    NodeIndex next = tree.first(at, path[i]);
    if (list) {
      NodeIndex free = no_node;
      for (; next != no_node && tree[next].shared_by != body + 1; next = tree[next].next) {
        if (free == no_node && tree[next].shared_by == 0) free = next;
      }
      if (next == no_node) next = free;
      if (next != no_node && take) tree[next].shared_by = body + 1;
    }
    if (next == no_node) return no_node;
    at = next;
  }
  return at;
}

void Encoder::State::write_row(const OutItem& item, std::uint32_t body, Frame& frame, Source source) {
  const Row& row = plan_.rows[item.row];
  const Source from = root_or(row, source);
  NodeIndex value = source_of(from, row.path, body, false);
  if (row.from_root && noted_)
    irregular_ = irregular_ || row.list || passes_list(*plan_.document->root, row.path);
  if (value == no_node) return;
  if (row.path.size() > 1) source_of(from, row.path, body, true);
  CanonicalTree& tree = *from.tree;
  if (!row.list) {
    write_value(item, frame, source, tree[value]);
    return;
  }
  for (; value != no_node; value = tree[value].next) {
    if (!tree[value].written) write_value(item, frame, source, tree[value]);
  }
}

/// Where a leaf goes: the nodes its row shares, or new ones where another value stands already.
bool Encoder::State::place_value(const OutItem& item, Frame& frame, const Row& row, LeafKey key,
                                 std::string_view text, const TextOrigin& origin, const Position& at,
                                 Frame& used) {
  used = Frame{&frame, &item.path, 0, 0, no_out};
  if (set_leaf(used, &row, key, text, origin, at)) return true;
  if (item.repeats != 0) {
    used = Frame{&frame, &item.path, 0, item.repeats, no_out};
    if (set_leaf(used, &row, key, text, origin, at)) return true;
  }
  if (!row.conversion.gather.empty()) return add_behind(row, used.node, key, text);
  finding("MAP-0030", &row, at,
          fmt::format("{} can stand once only, '{}' found no place", row.element, shown(text)), "one value");
  return false;
}

bool Encoder::State::write_value(const OutItem& item, Frame& frame, Source source, CanonicalNode& node) {
  const Row& row = plan_.rows[item.row];
  const auto other = [&](const FieldPath& path) -> CanonicalNode* {
    if (path.empty()) return nullptr;
    const NodeIndex found = source.tree->find(source.group, path);
    return found == no_node ? nullptr : &(*source.tree)[found];
  };
  CanonicalNode* time = other(row.conversion.time_path);
  CanonicalNode* end = other(row.conversion.end_path);
  scratch_.clear();
  format_.clear();
  const Written written = map::write_value(plan_, row, node.value, time != nullptr ? &time->value : nullptr,
                                           end != nullptr ? &end->value : nullptr, mark_, scratch_, format_);
  node.written = true;
  if (time != nullptr) time->written = true;
  if (end != nullptr) end->written = true;
  if (!written.good || written.other) {
    std::string key(written.other || scratch_.empty() ? shown(node.value.bytes) : scratch_);
    if (!written.good)
      return misfit(row, node, fmt::format("'{}' has no code for {}", key, row.element),
                    std::string(written.expected));
    finding(
        "MAP-0031", &row, node.at,
        fmt::format("'{}' has no code of its own for {}, '{}' stands for it", key, row.element, scratch_));
    notes_->loss({node.at, row.target, std::move(key)});
  }
  TextOrigin origin = note_value(row, node, time, end, scratch_.empty());
  origin.of_header = header_.holds(node);
  if (origin.of_header || element_.holds(node))
    origin.node = (origin.of_header ? header_ : element_).index_of(node);
  if (scratch_.empty()) return true;
  const Position at = node.at;
  std::string_view text = tree_.texts().copy(scratch_);
  if (row.conversion.join > 1) {
    write_pieces(item, frame, row, node, text, origin);
    return true;
  }
  if (!fit(row, node, text)) return false;
  Frame used;
  if (!place_value(item, frame, row, row.keys[0], text, origin, at, used)) return node.written = false;
  if (row.conversion.by.set && !format_.empty()) {
    if (origin.from == TextOrigin::From::value) origin.from = TextOrigin::From::format;
    origin.node = TextOrigin::nothing;
    write_near(row.conversion.by, used, row, tree_.texts().copy(format_), origin, at);
  }
  if (row.conversion.companion.set && row.conversion.write_companion) {
    const NodeIndex value = header_.find(CanonicalTree::root, row.conversion.companion_path);
    note_asked(row.conversion.companion_path);
    if (value != no_node) {
      scratch_.clear();
      append_plain(scratch_, header_[value].value);
      write_near(row.conversion.companion, used, row, tree_.texts().copy(scratch_),
                 note_header(row.conversion.companion_path, origin.value), at);
      header_[value].written = true;
    }
  }
  return true;
}

/// `by` and `with`: a leaf near the one that was written.
void Encoder::State::write_near(const NearLeaf& near, const Frame& frame, const Row& row,
                                std::string_view text, const TextOrigin& origin, const Position& at) {
  OutIndex node = frame.node;
  if (near.from_parent && near.child != 0) node = tree_[node].parent;
  if (near.child != 0) {
    OutIndex home = tree_.find_name(node, near.child);
    for (const LayoutChild& child : plan_.layout.types[tree_[node].type].children) {
      if (home != no_out || child.name != near.child) continue;
      OutStep step;
      step.name = child.name;
      step.tag = child.tag;
      step.type = child.type;
      step.kind = child.kind;
      step.most = child.most;
      step.order = child.position;
      step.occurrence = near.occurrence;
      home = tree_.add(node, step);
    }
    if (home == no_out) return;
    node = home;
  }
  OutLeaf leaf;
  leaf.key = near.key;
  leaf.text = text;
  leaf.row = &row;
  leaf.origin = origin;
  leaf.at = at;
  tree_.set(node, leaf);
}

/// True for an element of a list of extensions whose name another row writes: `extension "name"`.
bool Encoder::State::is_named_extension(const CanonicalTree& tree, NodeIndex element) {
  const GroupDescriptor* group = tree[element].group;
  if (group == nullptr || group->name != "extension") return false;
  const NodeIndex named =
      tree.first(element, static_cast<std::uint16_t>(group->find("name") - group->fields.data()));
  if (named == no_node) return false;
  note_compared(tree, named, tree[named].value.bytes, true);
  return std::ranges::any_of(plan_.rows, [&](const Row& row) {
    return row.target_kind == TargetKind::extension && row.constant == tree[named].value.bytes;
  });
}

void Encoder::State::write_extension(const OutItem& item, Frame& frame, Source source) {
  const Row& row = plan_.rows[item.row];
  const Source from = root_or(row, source);
  CanonicalTree& tree = *from.tree;
  irregular_ = irregular_ || row.from_root;
  for (NodeIndex element = tree.first(from.group, row.path[0]); element != no_node;
       element = tree[element].next) {
    const GroupDescriptor& group = *tree[element].group;
    const auto child = [&](std::string_view name) {
      return tree.first(element, static_cast<std::uint16_t>(group.find(name) - group.fields.data()));
    };
    const NodeIndex name = child("name"), value = child("value");
    if (name == no_node || value == no_node) continue;
    const bool same = tree[name].value.bytes == row.constant;
    note_compared(tree, name, row.constant, same);
    if (tree[value].written || !same) continue;
    tree[name].written = true;
    write_value(item, frame, source, tree[value]);
  }
}

void Encoder::State::write_inner(const OutItem& item, Frame& frame, Source source) {
  if (item.call != nullptr) write_call(item, frame, source);
  if (item.body != 0) write_body(item.body, frame, source);
}

void Encoder::State::write_group(const OutItem& item, std::uint32_t body, Frame& frame, Source source) {
  const Row& row = plan_.rows[item.row];
  Source from = root_or(row, source);
  irregular_ = irregular_ || row.from_root;
  if (row.target_kind == TargetKind::path) {
    from.group = source_of(from, row.path, body, false);
    if (from.group == no_node || !has_presence(item, from)) return;
    if (from.tree->operator[](from.group).group == nullptr) from.group = source.group;  // `call` on one value
    if (row.path.size() > 1) source_of(root_or(row, source), row.path, body, true);
  }
  Frame inner{&frame, &item.path, 0, 0, no_out};
  write_inner(item, inner, from);
}

/// A group that is told with nothing in it, and an XML element that may be empty: an empty element says the
/// same.
bool Encoder::State::told_empty(const OutItem& item, const CanonicalTree& tree, NodeIndex element) const {
  if (!xml_ || item.path.empty()) return false;
  const LayoutType& type = plan_.layout.types[item.path.back().type];
  if (type.text || !type.demanded.empty() || !type.demanded_leaves.empty()) return false;
  bool empty = true;
  tree.each_field(element, [&empty](std::uint16_t) { empty = false; });
  return empty;
}

/// How many more nodes of an item's kind the layout allows.
std::uint32_t Encoder::State::room_for(const OutItem& item, const Frame& frame) const {
  if (item.repeats == 0) return 0;
  const OutStep& repeated = item.path[item.repeats - 1];
  if (repeated.most == unbounded || frame.node == no_out) return repeated.most;
  OutIndex node = frame.node;
  for (std::uint32_t i = 0; i + 1 < item.repeats && node != no_out; ++i)
    node = tree_.find(node, item.path[i].signature);
  if (node == no_out) return repeated.most;
  std::uint32_t there = 0;
  for (OutIndex child = tree_[node].first; child != no_out; child = tree_[child].next)
    there += tree_[child].name == repeated.name ? 1 : 0;
  return repeated.most - std::min(there, repeated.most);
}

void Encoder::State::write_each(const OutItem& item, std::uint32_t body, Frame& frame, Source source) {
  const Row& row = plan_.rows[item.row];
  const Source from = root_or(row, source);
  CanonicalTree& tree = *from.tree;
  const std::span outer = std::span(row.path).first(row.path.size() - 1);
  const NodeIndex home = source_of(from, outer, body, false);
  if (home == no_node) return;
  irregular_ = irregular_ || row.from_root;
  const std::uint64_t outer_index = list_index_;
  const std::uint32_t room = room_for(item, frame);
  const bool was_in_each = std::exchange(in_each_, true);
  list_index_ = 0;
  for (NodeIndex element = tree.first(home, row.path.back()); element != no_node;
       element = tree[element].next) {
    if (tree[element].shared_by != 0 || is_named_extension(tree, element) ||
        !has_presence(item, {&tree, element}))
      continue;
    const bool full =
        item.repeats != 0 ? list_index_ >= room : list_index_ > 0 && !plan_.bodies[item.body].gathers;
    if (full) break;  // the others are losses, or the next row's
    ++list_index_;
    tree[element].shared_by = taken_by_each;
    Frame inner{&frame, &item.path, 0, item.repeats, no_out};
    split_ = false;
    write_inner(item, inner, {&tree, element});
    while (std::exchange(split_, false) && item.repeats != 0) {
      Frame further{&frame, &item.path, 0, item.repeats, no_out};
      write_inner(item, further, {&tree, element});
    }
    if (inner.node == no_out && item.repeats != 0 && told_empty(item, tree, element)) materialise(inner);
    if (inner.node == no_out && item.repeats != 0) {  // nothing of it fits here: the next row may have it
      tree[element].shared_by = 0;
      --list_index_;
    }
  }
  list_index_ = outer_index;
  in_each_ = was_in_each;
}

}  // namespace purser::map
