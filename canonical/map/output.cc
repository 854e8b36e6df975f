// Composed nodes on their way to the writer, and what is told about them.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/writing.h"

namespace purser::map {

namespace {

/// An XML element that the layout demands, but not what is in it: it is written empty where there is nothing.
bool may_be_empty(const Layout& layout, const LayoutChild& child) {
  const LayoutType& type = layout.types[child.type];
  if (child.kind != NodeKind::element || type.text || type.children.empty()) return false;
  return std::ranges::none_of(type.children, &LayoutChild::mandatory) &&
         std::ranges::none_of(type.leaves, &LayoutLeaf::mandatory);
}

}  // namespace

std::string_view Encoder::State::variable(std::string_view name) {
  if (name == "lines") return tree_.texts().copy(std::to_string(lines_));
  return variables_ ? tree_.texts().copy(variables_('$' + std::string(name))) : std::string_view{};
}

Outcome Encoder::State::put_open(NameId tag) {
  const std::string_view name = plan_.layout.names.text(tag);
  if (noted_) noted_->steps.push_back({OutTrace::Step::Kind::open, name, 0, 0});
  return out_->open(name, here_);
}

Outcome Encoder::State::put_leaf(OutIndex node, OutIndex index, const LeafAddress& where) {
  const OutLeaf& leaf = tree_.leaf(index);
  if (noted_) {
    const auto place = static_cast<std::uint32_t>(noted_->leaves.size());
    noted_->steps.push_back({OutTrace::Step::Kind::leaf, {}, place, 1});
    note_leaf(index, where);
  }
  if (leaf.stand_in) note_stand_in(node, index);
  const std::string_view text = leaf.variable ? variable(leaf.text) : leaf.text;
  return leaf.variable && text.empty() ? Outcome{} : out_->leaf(where, text, leaf.at);
}

Outcome Encoder::State::put_close() {
  if (noted_) noted_->steps.push_back({});
  return out_->close(here_);
}

/// The segment with the pieces at hand, as far as the layout allows them.
Outcome Encoder::State::put_segment(OutIndex node) {
  const NameId tag = tree_[node].tag;
  segment_.clear();
  for (const Piece& piece : pieces_) {
    const OutLeaf& leaf = tree_.leaf(piece.leaf);
    segment_.push_back({piece.where, leaf.variable ? variable(leaf.text) : leaf.text, leaf.at});
  }
  const SegmentForm* form = segments_->find(tag);
  const bool fits = form != nullptr && form->fits(segment_, {&mark_, 1});
  if (!fits) check_complete(node, 0);
  if (!fits && form != nullptr && !mend(node, *form)) return {};
  for (const Piece& piece : pieces_) {
    if (tree_.leaf(piece.leaf).stand_in) note_stand_in(node, piece.leaf);
  }
  const std::string_view name = plan_.layout.names.text(tag);
  if (noted_) {
    noted_->steps.push_back({OutTrace::Step::Kind::segment, name,
                             static_cast<std::uint32_t>(noted_->leaves.size()),
                             static_cast<std::uint32_t>(pieces_.size())});
    for (const Piece& piece : pieces_) note_leaf(piece.leaf, piece.where);
  }
  return out_->segment({name, segment_, {}, here_});
}

/// XML: attributes first, then the text. Records: columns by heading or number.
Outcome Encoder::State::emit_leaves(OutIndex node) {
  OutIndex text = no_out;
  for (OutIndex leaf = tree_[node].first_leaf; leaf != no_out; leaf = tree_.leaf(leaf).next) {
    const LeafKey key = tree_.leaf(leaf).key;
    if (xml_ && key == 0) {
      text = leaf;
      continue;
    }
    LeafAddress where;
    const auto name = static_cast<NameId>(xml_ ? key : key >> 32);
    if (name != 0) where.name = plan_.layout.names.text(name);
    if (!xml_) where.element = static_cast<std::uint16_t>(key >> 16);
    if (auto good = put_leaf(node, leaf, where); !good) return good;
  }
  return text == no_out ? Outcome{} : put_leaf(node, text, {});
}

Outcome Encoder::State::emit_children(OutIndex first, OutIndex end) {
  for (OutIndex child = first; child != end; child = tree_[child].next) {
    if (auto good = emit_node(child); !good) return good;
  }
  return {};
}

Outcome Encoder::State::emit_node(OutIndex node) {
  if (!has_room(node)) return leave_out(node), Outcome{};
  const NodeKind kind = tree_[node].kind;
  if (kind == NodeKind::segment) return emit_segment(node);
  const bool shown = kind == NodeKind::element || kind == NodeKind::record;
  fill_demanded(node, 0);
  check_complete(node, 0);
  if (shown) {
    if (auto good = put_open(tree_[node].tag); !good) return good;
    if (auto good = emit_leaves(node); !good) return good;
  }
  if (auto good = emit_children(tree_[node].first, no_out); !good) return good;
  return shown ? put_close() : Outcome{};
}

/// Data elements and composites by position; composites of one kind take the places of their kind in turn.
Outcome Encoder::State::emit_segment(OutIndex node) {
  pieces_.clear();
  kinds_.clear();
  const auto add = [&](std::uint32_t element, std::uint32_t repetition, std::uint32_t component,
                       OutIndex leaf) {
    LeafAddress where;
    where.element = static_cast<std::uint16_t>(element);
    where.repetition = static_cast<std::uint16_t>(repetition);
    where.component = static_cast<std::uint16_t>(component);
    pieces_.push_back(
        {static_cast<std::uint64_t>(element) << 32 | static_cast<std::uint64_t>(repetition) << 16 | component,
         leaf, where});
  };
  for (OutIndex leaf = tree_[node].first_leaf; leaf != no_out; leaf = tree_.leaf(leaf).next) {
    const LeafKey key = tree_.leaf(leaf).key;
    add(static_cast<std::uint32_t>(key >> 16), static_cast<std::uint32_t>(key & 0xFFFF), 1, leaf);
  }
  const auto& children = plan_.layout.types[tree_[node].type].children;
  for (OutIndex composite = tree_[node].first; composite != no_out; composite = tree_[composite].next) {
    const OutNode& it = tree_[composite];
    auto count =
        std::find_if(kinds_.begin(), kinds_.end(), [&](const auto& each) { return each.first == it.name; });
    if (count == kinds_.end()) count = kinds_.insert(count, {it.name, 0});
    const std::uint32_t wanted = it.occurrence != 0 ? it.occurrence : count->second + 1;
    count->second = wanted;
    const LayoutChild* place = nullptr;
    for (const LayoutChild& child : children) {
      if (child.name == it.name && wanted >= child.first_ordinal && wanted - child.first_ordinal < child.most)
        place = &child;
    }
    if (place == nullptr) {
      finding("MAP-0021", nullptr, here_,
              fmt::format("{} has no room for {} of {}", name_of(node), wanted, name_of(composite)), "fewer");
      continue;
    }
    check_complete(composite, 0);
    for (OutIndex leaf = it.first_leaf; leaf != no_out; leaf = tree_.leaf(leaf).next) {
      const auto component = static_cast<std::uint32_t>(tree_.leaf(leaf).key >> 16);
      const std::uint32_t nth = wanted - place->first_ordinal;
      if (place->flat != 0)
        add(place->position + nth * place->flat + component - 1, 1, 1, leaf);
      else
        add(place->position, nth + 1, component, leaf);
    }
  }
  std::ranges::sort(pieces_, {}, &Piece::place);
  return put_segment(node);
}

/// `each ram:GlobalID[@schemeID]`: true if the element has a value for the row that writes @schemeID.
bool Encoder::State::has_presence(const OutItem& item, Source element) {
  if (item.path.empty() || item.body == 0) return true;
  for (const Predicate& predicate : item.path.back().presence) {
    for (const OutItem& inner : plan_.bodies[item.body].items) {
      const Row& row = plan_.rows[inner.row];
      if (row.kind != RowKind::value || row.target_kind != TargetKind::path || row.from_root) continue;
      if (std::find(row.keys.begin(), row.keys.end(), predicate.key) == row.keys.end()) continue;
      if (!std::equal(inner.path.begin(), inner.path.end(), predicate.nodes.begin(), predicate.nodes.end(),
                      [](const OutStep& step, NameId name) { return step.name == name; }))
        continue;
      const bool there = source_of(element, row.path, item.body, false) != no_node;
      if (there != (predicate.kind == PredicateKind::present)) return false;
    }
  }
  return true;
}

/// Nodes that the layout demands, that no row has filled, and that may be empty.
void Encoder::State::fill_demanded(OutIndex node, NameId streamed) {
  const LayoutType& type = plan_.layout.types[tree_[node].type];
  if (type.kind == NodeKind::record || type.kind == NodeKind::message || delimited_) return;
  for (const std::uint16_t i : type.demanded) {
    const LayoutChild& child = type.children[i];
    if (child.name == streamed || tree_.find_name(node, child.name) != no_out) continue;
    if (!may_be_empty(plan_.layout, child)) continue;
    tree_.add(node, {.name = child.name,
                     .tag = child.tag,
                     .type = child.type,
                     .kind = child.kind,
                     .order = i,
                     .most = child.most,
                     .constants = {}});
  }
}

/// What the layout demands and no row has filled. The message's first and last segment are the writer's.
void Encoder::State::check_complete(OutIndex node, NameId streamed) {
  const OutNode& it = tree_[node];
  const LayoutType& type = plan_.layout.types[it.type];
  if (type.kind == NodeKind::record || delimited_) return;
  const auto tell = [&](std::string_view what) {
    tell_incomplete("MAP-0020",
                    fmt::format("{} needs {}, for which the document has no value", name_of(node), what),
                    std::string(what));
  };
  for (const std::uint16_t i : type.demanded) {
    const LayoutChild& child = type.children[i];
    const bool service =
        type.kind == NodeKind::message && (i == 0 || i + std::size_t{1} == type.children.size());
    if (child.name == streamed || service) continue;
    if (tree_.find_name(node, child.name) != no_out) continue;
    tell(plan_.layout.names.text(child.tag));
  }
  for (const std::uint16_t i : type.demanded_leaves) {
    const LayoutLeaf& leaf = type.leaves[i];
    if (tree_.find_leaf(node, leaf.key) != no_out) continue;
    tell(fmt::format("{}{}", xml_ ? "@" : "", plan_.layout.names.text(leaf.name)));
  }
}

/// Lines of one shape lack the same.
void Encoder::State::tell_incomplete(std::string_view code, const std::string& message,
                                     const std::string& expected) {
  const bool irregular = irregular_;
  finding(code, nullptr, here_, message, expected);
  irregular_ = irregular;
  if (!noted_) return;
  const auto place = static_cast<std::uint32_t>(noted_->lacks.size());
  noted_->steps.push_back({OutTrace::Step::Kind::lack, {}, place, 0});
  noted_->lacks.push_back({code, message, expected});
}

void Encoder::State::note_stand_in(OutIndex node, OutIndex index) {
  const OutLeaf& leaf = tree_.leaf(index);
  const std::string tag(plan_.layout.names.text(tree_[node].tag));
  const bool whole = edi_ && !leaf.row->element.starts_with(tag + '.');
  OutTrace::StandIn it{leaf.row, (whole ? tag + '.' : "") + leaf.row->element, std::string(leaf.text)};
  if (xml_) it.place = name_of(node);
  if (xml_ && leaf.key != 0)
    it.place.append("/@").append(plan_.layout.names.text(static_cast<NameId>(leaf.key)));
  stand_in(it);
  if (noted_) noted_->stand_ins.push_back(std::move(it));
}

void Encoder::State::stand_in(const OutTrace::StandIn& it) {
  auto known = std::ranges::find(stood_in_, it.row, &StoodIn::row);
  if (known == stood_in_.end()) known = stood_in_.insert(known, {it, here_, 0});
  ++known->times;
}

/// MAP-0034: what the format demands and the document has not, once for each row that stood in for it.
void Encoder::State::tell_stand_ins() {
  for (const StoodIn& each : stood_in_) {
    const std::string what = each.text.empty() ? "left empty" : fmt::format("written as '{}'", each.text);
    const std::string times = each.times == 1 ? "" : fmt::format(", {} times", each.times);
    Finding found =
        make_finding("MAP-0034", each.first,
                     fmt::format("{}{}: the format demands a value, and the document has none", what, times));
    found.at.table = each.row->table;
    found.at.row = each.row->line;
    found.source = each.place;
    if (each.row->target_kind == TargetKind::path) found.path = each.row->target;
    notes_->finding(std::move(found));
  }
}

std::string Encoder::State::name_of(OutIndex node) const {
  std::string path;
  for (OutIndex at = node; at != no_out; at = tree_[at].parent) {
    if (tree_[at].kind == NodeKind::message) break;
    const std::string name(plan_.layout.names.text(tree_[at].tag));
    path = path.empty() ? name : name + (xml_ ? '/' : '.') + path;
  }
  return path.empty() ? std::string(plan_.message) : path;
}

/// Calls `visit(node, path)` for each canonical value that no row has written.
void Encoder::State::each_loss(const CanonicalTree& tree, NodeIndex group, const std::string& path,
                               const LossVisit& visit) {
  tree.each_field(group, [&](std::uint16_t field) {
    std::uint32_t number = 0;
    for (NodeIndex index = tree.first(group, field); index != no_node; index = tree[index].next) {
      const CanonicalNode& node = tree[index];
      ++number;
      if (node.written) continue;
      std::string name =
          path.empty() ? std::string(node.field->name) : fmt::format("{}.{}", path, node.field->name);
      if (node.field->repeated) name += fmt::format("[{}]", number);
      if (node.group != nullptr)
        each_loss(tree, index, name, visit);
      else
        visit(index, std::move(name));
    }
  });
}

void Encoder::State::losses(const CanonicalTree& tree, const std::string& path) {
  each_loss(tree, CanonicalTree::root, path, [&](NodeIndex index, std::string name) {
    tell_loss(tree[index].value, tree[index].at, std::move(name));
  });
}

void Encoder::State::tell_loss(const Scalar& value, const Position& at, std::string path) {
  std::string text;
  if (value.type == ScalarType::binary)
    text = fmt::format("{} bytes", value.bytes.size());
  else
    append_plain(text, value);
  if (text.size() > Finding::max_value_shown) {
    std::size_t end = Finding::max_value_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
  }
  notes_->loss({at, std::move(path), std::move(text)});
}

void Encoder::State::finding(std::string_view code, const Row* row, const Position& at, std::string message,
                             std::string expected) {
  irregular_ = true;
  Position place = at;
  if (row != nullptr) {
    place.table = row->table;
    place.row = row->line;
  }
  Finding found = make_finding(code, place, std::move(message));
  if (row != nullptr) {
    found.source = row->element;
    found.path = row->target;
  }
  found.expected = std::move(expected);
  notes_->finding(std::move(found));
}

}  // namespace purser::map
