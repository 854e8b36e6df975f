// A canonical group held while it is being filled or written: the header, or one element of a streamed list.
#pragma once

#include <cstdint>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/map/arena.h"
#include "canonical/map/plan.h"

namespace purser::map {

using NodeIndex = std::uint32_t;
constexpr NodeIndex no_node = UINT32_MAX;

/// A value or group of a CanonicalTree.
struct CanonicalNode {
  const FieldDescriptor* field = nullptr;  ///< null for the root
  const GroupDescriptor* group = nullptr;  ///< null for a value
  NodeIndex next = no_node;                ///< next element of the same list
  std::uint32_t slots = 0;                 ///< of a group: where its fields begin
  std::uint32_t row = 0;                   ///< row + 1 that made it
  std::uint32_t shared_by = 0;             ///< body + 1 whose plain rows fill this list element together
  bool written = false;                    ///< some row wrote it
  bool present = false;                    ///< a group the source has, even if nothing is in it
  Scalar value;                            ///< bytes live in the tree's arena or the source's
  Position at;
};

/// Nodes in one vector, fields of a group in slots: no allocation in steady state. [serial]
class CanonicalTree {
 public:
  /// Empties the tree; `whole` is the group it begins with.
  void reset(const GroupDescriptor* whole) {
    nodes_.clear();
    slots_.clear();
    texts_.reset();
    add_group(nullptr, whole);
  }
  static constexpr NodeIndex root = 0;
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  CanonicalNode& operator[](NodeIndex index) { return nodes_[index]; }
  const CanonicalNode& operator[](NodeIndex index) const { return nodes_[index]; }
  Arena& texts() { return texts_; }

  [[nodiscard]] NodeIndex first(NodeIndex group, std::uint16_t field) const {
    return slots_[nodes_[group].slots + field * 2U];
  }
  [[nodiscard]] NodeIndex last(NodeIndex group, std::uint16_t field) const {
    return slots_[nodes_[group].slots + field * 2U + 1];
  }
  /// Appends a value or group under `field` (an index into the group's fields).
  NodeIndex append(NodeIndex group, std::uint16_t field) {
    const FieldDescriptor& descriptor = nodes_[group].group->fields[field];
    const std::uint32_t slot = nodes_[group].slots + field * 2U;
    const NodeIndex made = add_group(&descriptor, descriptor.group);
    if (slots_[slot] == no_node)
      slots_[slot] = made;
    else
      nodes_[slots_[slot + 1]].next = made;
    slots_[slot + 1] = made;
    return made;
  }
  /// The value at a path, the first element of lists on the way; no_node if there is none.
  [[nodiscard]] NodeIndex find(NodeIndex group, const FieldPath& path) const {
    for (const std::uint16_t field : path) {
      group = first(group, field);
      if (group == no_node) break;
    }
    return group;
  }
  /// Is there neither a value below nor a group that the source has, though it is empty?
  [[nodiscard]] bool absent(NodeIndex group) const {
    const CanonicalNode& node = nodes_[group];
    if (node.group == nullptr || node.present) return false;
    for (std::uint16_t field = 0; field < node.group->fields.size(); ++field) {
      for (NodeIndex child = first(group, field); child != no_node; child = nodes_[child].next) {
        if (!absent(child)) return false;
      }
    }
    return true;
  }
  /// Is there any value below?
  [[nodiscard]] bool empty(NodeIndex group) const {
    const CanonicalNode& node = nodes_[group];
    if (node.group == nullptr) return false;
    for (std::uint16_t field = 0; field < node.group->fields.size(); ++field) {
      for (NodeIndex child = first(group, field); child != no_node; child = nodes_[child].next) {
        if (!empty(child)) return false;
      }
    }
    return true;
  }

 private:
  NodeIndex add_group(const FieldDescriptor* field, const GroupDescriptor* group) {
    const auto index = static_cast<NodeIndex>(nodes_.size());
    CanonicalNode& node = nodes_.emplace_back();
    node.field = field;
    node.group = group;
    if (group != nullptr) {
      node.slots = static_cast<std::uint32_t>(slots_.size());
      slots_.resize(slots_.size() + group->fields.size() * 2, no_node);
    }
    return index;
  }

  std::vector<CanonicalNode> nodes_;
  std::vector<NodeIndex> slots_;
  Arena texts_;
};

/// Equal type and value.
bool equal(const Scalar& a, const Scalar& b);

}  // namespace purser::map
