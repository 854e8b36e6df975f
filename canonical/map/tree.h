// A canonical group held while it is being filled or written: the header, or one element of a streamed list.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/map/arena.h"
#include "canonical/map/key_map.h"
#include "canonical/map/plan.h"

namespace purser::map {

using NodeIndex = std::uint32_t;
constexpr NodeIndex no_node = UINT32_MAX;

/// Where a node of a tree that is being read got what it holds.
enum class Part : std::uint8_t {
  none,      ///< a group
  value,     ///< the leaf's value by the row's conversion
  text,      ///< the leaf's text as it stands
  time,      ///< the time of day in a row's date
  end,       ///< the end of a row's period
  constant,  ///< not from a leaf
};

/// A value or group of a CanonicalTree.
struct CanonicalNode {
  static constexpr std::uint32_t nowhere = UINT32_MAX;  ///< the place where reading was
  const FieldDescriptor* field = nullptr;               ///< null for the root
  const GroupDescriptor* group = nullptr;               ///< null for a value
  NodeIndex parent = no_node;
  NodeIndex next = no_node;     ///< next element of the same list
  std::uint32_t slots = 0;      ///< of a group: where its fields begin
  std::uint32_t row = 0;        ///< row + 1 that made it
  std::uint32_t shared_by = 0;  ///< body + 1 whose plain rows fill this list element together
  std::uint32_t room = 0;       ///< bytes behind the text into which it may grow
  bool filled = false;          ///< of a group: there is a value below
  Part part = Part::none;
  std::uint32_t origin = nowhere;  ///< item of the tape that gave the place
  bool written = false;            ///< some row wrote it
  std::uint16_t said = 0;          ///< leaves of the syntax that say it, as far as they are counted
  bool present = false;  ///< of a group: it is told, though nothing is in it, or such a group is below
  Scalar value;          ///< bytes live in the tree's arena or the source's
  Position at;
};

/// Nodes in one vector, fields of a group in slots: no allocation in steady state. A group's fields are noted
/// in a set, so that who walks it sees what is there and nothing else. [serial]
class CanonicalTree {
 public:
  /// Empties the tree; `whole` is the group it begins with.
  void reset(const GroupDescriptor* whole) {
    nodes_.clear();
    used_ = 0;
    shared_.clear();
    texts_.reset();
    add_node(nullptr, whole, no_node);
  }
  static constexpr NodeIndex root = 0;
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t capacity() const {
    return nodes_.capacity() + (slots_.capacity() + shared_.capacity()) / 32 + texts_.kept() * 16;
  }
  CanonicalNode& operator[](NodeIndex index) { return nodes_[index]; }
  const CanonicalNode& operator[](NodeIndex index) const { return nodes_[index]; }
  [[nodiscard]] bool holds(const CanonicalNode& node) const {
    return &node >= nodes_.data() && &node < nodes_.data() + nodes_.size();
  }
  [[nodiscard]] NodeIndex index_of(const CanonicalNode& node) const {
    return static_cast<NodeIndex>(&node - nodes_.data());
  }
  Arena& texts() { return texts_; }

  [[nodiscard]] bool has(NodeIndex group, std::uint16_t field) const {
    return (slots_[nodes_[group].slots + field / 32U] >> (field % 32U) & 1U) != 0;
  }
  [[nodiscard]] NodeIndex first(NodeIndex group, std::uint16_t field) const {
    return has(group, field) ? slots_[slot(group, field)] : no_node;
  }
  /// Appends a value or group under `field` (an index into the group's fields).
  NodeIndex append(NodeIndex group, std::uint16_t field) {
    const FieldDescriptor& descriptor = nodes_[group].group->fields[field];
    const NodeIndex made = add_node(&descriptor, descriptor.group, group);
    const std::uint32_t at = slot(group, field);
    if (has(group, field)) {
      nodes_[slots_[at + 1]].next = made;
    } else {
      slots_[at] = made;
      slots_[nodes_[group].slots + field / 32U] |= 1U << (field % 32U);
    }
    slots_[at + 1] = made;
    if (descriptor.group == nullptr) {
      for (NodeIndex above = group; above != no_node && !nodes_[above].filled; above = nodes_[above].parent)
        nodes_[above].filled = true;
    }
    return made;
  }
  /// The list element that a body's plain rows fill together; no_node if there is none.
  [[nodiscard]] NodeIndex shared(NodeIndex group, std::uint16_t field, std::uint32_t body) const {
    const std::uint32_t* known = shared_.find(shared_key(group, field, body));
    return known == nullptr ? no_node : *known;
  }
  NodeIndex append_shared(NodeIndex group, std::uint16_t field, std::uint32_t body) {
    const NodeIndex made = append(group, field);
    nodes_[made].shared_by = body + 1;
    shared_.insert(shared_key(group, field, body), made);
    return made;
  }
  /// Bytes in use, texts included.
  [[nodiscard]] std::size_t memory() const {
    return nodes_.size() * sizeof(CanonicalNode) + used_ * sizeof(std::uint32_t) + texts_.held();
  }
  /// The value at a path, the first element of lists on the way; no_node if there is none.
  [[nodiscard]] NodeIndex find(NodeIndex group, std::span<const std::uint16_t> path) const {
    for (const std::uint16_t field : path) {
      group = first(group, field);
      if (group == no_node) break;
    }
    return group;
  }
  /// No value below? A value itself is not empty.
  [[nodiscard]] bool empty(NodeIndex index) const {
    return nodes_[index].group != nullptr && !nodes_[index].filled;
  }
  /// Is there neither a value below nor a group that is to be told though nothing is in it?
  [[nodiscard]] bool absent(NodeIndex index) const {
    return nodes_[index].group != nullptr && !nodes_[index].filled && !nodes_[index].present;
  }
  /// Tells a group that the source has, though nothing is in it, from none.
  void set_present(NodeIndex group) {
    for (; group != no_node && !nodes_[group].present; group = nodes_[group].parent)
      nodes_[group].present = true;
  }
  /// Has every value been written?
  [[nodiscard]] bool all_written() const {
    return std::ranges::all_of(
        nodes_, [](const CanonicalNode& node) { return node.group != nullptr || node.written; });
  }
  /// Calls `visit(field)` for each field of the group that is there, in order of declaration.
  template <class Visit>
  void each_field(NodeIndex group, Visit visit) const {
    for (std::uint32_t word = 0; word < set_words; ++word) {
      for (std::uint32_t left = slots_[nodes_[group].slots + word]; left != 0; left &= left - 1)
        visit(static_cast<std::uint16_t>(word * 32 + static_cast<std::uint32_t>(std::countr_zero(left))));
    }
  }

 private:
  /// Of a group's slots, the set of fields that are there; behind it first and last node of each.
  static constexpr std::uint32_t set_words = (FieldSet::max_field_number + 1) / 32;

  static std::uint64_t shared_key(NodeIndex group, std::uint16_t field, std::uint32_t body) {
    return std::uint64_t{group} << 32 | std::uint64_t{body} << 8 | field;  // 50,000 bodies, 127 fields
  }
  [[nodiscard]] std::uint32_t slot(NodeIndex group, std::uint16_t field) const {
    return nodes_[group].slots + set_words + field * 2U;
  }
  NodeIndex add_node(const FieldDescriptor* field, const GroupDescriptor* group, NodeIndex parent) {
    const auto index = static_cast<NodeIndex>(nodes_.size());
    CanonicalNode& node = nodes_.emplace_back();
    node.field = field;
    node.group = group;
    node.parent = parent;
    if (group == nullptr) return index;
    node.slots = used_;
    used_ += set_words + static_cast<std::uint32_t>(group->fields.size()) * 2;
    if (used_ > slots_.size()) slots_.resize(std::max<std::size_t>(used_, slots_.size() * 2));
    std::fill_n(slots_.begin() + node.slots, set_words, 0U);
    return index;
  }

  std::vector<CanonicalNode> nodes_;
  std::vector<std::uint32_t> slots_;  ///< grows only; what stands behind used_ is old
  std::uint32_t used_ = 0;
  KeyMap shared_;
  Arena texts_;
};

/// Equal type and value.
bool equal(const Scalar& a, const Scalar& b);

}  // namespace purser::map
