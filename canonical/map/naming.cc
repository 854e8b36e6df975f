// What a leaf is called: as a key, and in the source's own words.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/map/fitting.h"
#include "canonical/map/reading.h"

namespace purser::map {

LeafKey Decoder::State::leaf_key(const LeafAddress& where) {
  if (xml_) {
    if (where.name.empty()) return 0;
    const NameId name = plan_.layout.names.find(where.name);
    return name != 0 ? name : unknown_attribute(where.name);
  }
  const auto heading =
      static_cast<LeafKey>(where.name.empty() ? NameId{0} : plan_.layout.names.find(where.name));
  return heading << 32 | edi_key(where.element, 1);
}

// No row can read it; its name is kept for the loss report of this document.
LeafKey Decoder::State::unknown_attribute(std::string_view name) {
  name = shown(name);
  auto known = std::ranges::find(unknown_attributes_, name);
  if (known == unknown_attributes_.end()) {
    if (unknown_attributes_.size() == most_unknown_attributes) return nameless_attribute;
    known = unknown_attributes_.emplace(known, name);
  }
  return nameless_attribute | static_cast<LeafKey>(known - unknown_attributes_.begin() + 1) << 16;
}

// Of a column that no row names: who is told of its values knows it by that.
void Decoder::State::keep_heading(const LeafAddress& where) {
  if (where.name.empty() || where.element == 0 || where.element > most_kept_headings) return;
  if (headings_.size() < where.element) headings_.resize(where.element);
  std::string& kept = headings_[where.element - 1U];
  if (kept.empty()) kept = shown(where.name);
}

std::string_view Decoder::State::attribute_name(LeafKey key) const {
  if (const auto name = static_cast<NameId>(key & 0xFFFF); name != 0) return plan_.layout.names.text(name);
  const std::size_t place = (key >> 16) & 0xFFFF;
  return place == 0 ? "?" : std::string_view(unknown_attributes_[place - 1]);
}

/// The source's own name for a leaf.
std::string Decoder::State::path_of(std::uint32_t item) const {
  const TapeItem& leaf = tape_[item];
  const auto& names = plan_.layout.names;
  const auto node_name = [&](std::uint32_t node) {
    const TapeItem& it = tape_[node];
    return std::string(it.name != 0 ? names.text(it.name) : it.text);
  };
  const LayoutType& type = plan_.layout.types[tape_[leaf.parent].type];
  if (delimited_) {
    const std::size_t column = (leaf.key >> 16) & 0xFFFF;
    const bool named = column > 0 && column <= headings_.size() && !headings_[column - 1].empty();
    return named ? headings_[column - 1] : fmt::format("column({})", column);
  }
  std::string path;
  for (std::uint32_t node = leaf.parent;; node = tape_[node].parent) {
    if (edi_ && plan_.layout.types[tape_[node].type].kind == NodeKind::group) break;
    path = node_name(node) + (path.empty() ? "" : (xml_ ? "/" : ".") + path);
    if (node == 0) break;
  }
  if (xml_) {
    std::string prefix;
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const bool self = i + 1 == frames_.size() && tape_[0].name == frames_[i].name && tape_.depth() == 0 &&
                        item == 1 && leaf.parent == 0 && tape_[0].type == frames_[i].type;
      if (!self) prefix += '/' + std::string(names.text(frames_[i].name));
    }
    path = prefix + '/' + path;
    if (leaf.key != 0) path.append("@").append(attribute_name(leaf.key));
    return path;
  }
  for (const LayoutLeaf& each : type.leaves) {
    if (each.key == leaf.key) return path + '.' + std::string(names.text(each.name));
  }
  return path + fmt::format(".{}.{}", leaf.at.element, leaf.at.component);
}

}  // namespace purser::map
