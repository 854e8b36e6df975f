// What is written without a canonical value: literals, variables and defaults, and the values they stand for.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "canonical/map/convert.h"
#include "canonical/map/writing.h"

namespace purser::map {

/// A value that `. -> field default "…"` would give again when reading: the message says it by being what it
/// is.
void Encoder::State::note_implied(const Body& body, std::uint32_t index, Source source) {
  for (const std::uint32_t check : body.checks) {
    const Row& row = plan_.rows[check];
    if (!row.fallback || row.arrow != Arrow::read || row.target_kind != TargetKind::path) continue;
    const Source from = root_or(row, source);
    const NodeIndex value = source_of(from, row.path, index, false);
    irregular_ = irregular_ || row.from_root;
    if (value == no_node || (*from.tree)[value].group != nullptr) continue;
    std::string text;
    append_plain(text, (*from.tree)[value].value);
    note_compared(*from.tree, value, *row.fallback, text == *row.fallback);
    if (text == *row.fallback) (*from.tree)[value].written = true;
  }
}

/// Literals, variables and defaults: only into nodes that are there for other reasons.
void Encoder::State::write_constants(const Body& body, std::uint32_t index, Frame& frame, Source source) {
  for (const std::uint32_t constant_item : body.constants) {
    const OutItem& item = body.items[constant_item];
    const Row& row = plan_.rows[item.row];
    const bool constant = row.target_kind == TargetKind::literal || row.target_kind == TargetKind::variable;
    if (constant) {
      const bool attribute =
          xml_ && row.keys[0] != 0;  // says something of an element, but is no reason for one
      if (attribute && !has_nodes(item, frame)) continue;
      Frame inner{&frame, &item.path, 0, 0, no_out};
      std::string_view text = row.constant;
      bool variable = row.target_kind == TargetKind::variable;
      TextOrigin origin;
      if (variable && row.constant == "index") {
        scratch_ = std::to_string(list_index_);
        text = tree_.texts().copy(scratch_);
        variable = false;
        if (!in_each_) origin.from = TextOrigin::From::index;
      }
      set_leaf(inner, &row, row.keys[0], text, origin, here_, variable);
    } else if (row.fallback && row.kind == RowKind::value && row.target_kind == TargetKind::path) {
      const Source from = root_or(row, source);
      irregular_ = irregular_ || row.from_root;
      if (source_of(from, row.path, index, false) == no_node) write_default(item, frame, source);
    }
  }
}

/// Rows that say `required`: what they write must be there, even if the layout does not demand it.
void Encoder::State::check_required(const Body& body, Frame& frame) {
  for (const std::uint32_t index : body.required) {
    const OutItem& item = body.items[index];
    const Row& row = plan_.rows[item.row];
    OutIndex node = frame.node == no_out ? OutTree::root : frame.node;
    for (std::size_t i = 0; i < item.path.size() && node != no_out; ++i)
      node = tree_.find(node, item.path[i].signature);
    if (node != no_out && tree_.find_leaf(node, row.keys[0]) != no_out) continue;
    finding("MAP-0020", &row, here_,
            fmt::format("{} is required, and the document has no value for it", row.element), row.target);
  }
}

/// True if the nodes on the way of a row are all there.
bool Encoder::State::has_nodes(const OutItem& item, Frame& frame) {
  if (item.path.empty()) return true;
  OutIndex node = materialise(frame);
  for (const OutStep& step : item.path) {
    node = tree_.find(node, step.signature);
    if (node == no_out) return false;
  }
  return true;
}

/// A default goes into a node that is there, or that the layout demands.
void Encoder::State::write_default(const OutItem& item, Frame& frame, Source source) {
  const Row& row = plan_.rows[item.row];
  OutIndex node = materialise(frame);
  for (std::size_t i = 0; i < item.path.size(); ++i) {
    const OutStep& step = item.path[i];
    const OutIndex known = tree_.find(node, step.signature);
    if (known == no_out) {
      const auto& children = plan_.layout.types[tree_[node].type].children;
      const bool demanded = std::any_of(children.begin(), children.end(), [&](const LayoutChild& child) {
        return child.name == step.name && child.mandatory;
      });
      if (!demanded) return;
      break;
    }
    node = known;
  }
  const Converted value = read_plain(*row.field, *row.fallback);
  if (!value.good) return;
  Scalar scalar = value.value;
  CanonicalNode plain;
  plain.value = scalar;
  plain.at = here_;
  write_value(item, frame, source, plain);
}

}  // namespace purser::map
