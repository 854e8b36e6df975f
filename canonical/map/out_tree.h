// Syntax that is about to be written: nodes and leaves sorted into the layout's order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/arena.h"
#include "canonical/map/out_trace.h"
#include "canonical/map/plan.h"
#include "canonical/map/tree.h"

namespace purser::map {

using OutIndex = std::uint32_t;
constexpr OutIndex no_out = UINT32_MAX;

struct OutLeaf {
  LeafKey key = 0;
  std::string_view text;  ///< or the variable's name
  bool variable = false;
  bool fixed = false;  ///< by a predicate: a row's value replaces it
  bool stand_in = false;  ///< no value of the document, and its row tells so
  const Row* row = nullptr;
  TextOrigin origin;
  Position at;
  OutIndex next = no_out;
};

struct OutNode {
  NameId name = 0, tag = 0;
  TypeId type = 0;
  NodeKind kind = NodeKind::element;
  std::uint32_t order = 0, most = 1, occurrence = 0, signature = 0;
  std::uint32_t nth = 1;  ///< of its name among its siblings, once it is written
  OutIndex parent = no_out, first = no_out, last = no_out, next = no_out, previous = no_out;
  OutIndex first_leaf = no_out, last_leaf = no_out;
  OutIndex same = no_out;  ///< an older sibling with another signature: chain of the newest of each
  OutIndex newest = no_out;
  bool mixed = false;  ///< has children whose signature does not tell their place
};

/// [serial]
class OutTree {
 public:
  static constexpr OutIndex root = 0;
  void reset(NameId name, TypeId type, NodeKind kind) {
    nodes_.clear();
    leaves_.clear();
    texts_.reset();
    OutNode node;
    node.name = node.tag = name;
    node.type = type;
    node.kind = kind;
    nodes_.push_back(node);
  }
  OutNode& operator[](OutIndex index) { return nodes_[index]; }
  const OutNode& operator[](OutIndex index) const { return nodes_[index]; }
  /// In nodes of about the size of a CanonicalNode.
  [[nodiscard]] std::size_t capacity() const {
    return nodes_.capacity() + leaves_.capacity() + texts_.kept() * 16;
  }
  [[nodiscard]] const OutLeaf& leaf(OutIndex index) const { return leaves_[index]; }
  OutLeaf& leaf(OutIndex index) { return leaves_[index]; }
  Arena& texts() { return texts_; }

  /// The newest child of this signature; no_out if there is none.
  [[nodiscard]] OutIndex find(OutIndex parent, std::uint32_t signature) const;
  /// The newest child of this name.
  [[nodiscard]] OutIndex find_name(OutIndex parent, NameId name) const;
  /// A new child in its place among its siblings: behind those of the same order.
  OutIndex add(OutIndex parent, const OutStep& step);
  /// The leaf at a key; no_out if there is none.
  [[nodiscard]] OutIndex find_leaf(OutIndex node, LeafKey key) const;
  /// Sets a leaf that is free or only fixed by a predicate; false if a value is there.
  bool set(OutIndex node, const OutLeaf& leaf);

 private:
  OutIndex place_behind(OutIndex parent, const OutStep& step);

  std::vector<OutNode> nodes_;
  std::vector<OutLeaf> leaves_;
  Arena texts_;
};

}  // namespace purser::map
