// What rules look at of a document, held while it is judged: the header whole, of the lines one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "canonical/rule/program.h"
#include "canonical/value/position.h"
#include "canonical/value/scalar.h"

namespace purser::rule {

using NodeIndex = std::uint32_t;
constexpr NodeIndex no_node = UINT32_MAX;

/// A value or group that is there.
struct HeldNode {
  /// Said here, so that a new node is not filled with zeros first: there is one for each value of a document.
  HeldNode(Index what, bool group, const Position& where) : watch(what), leaf(!group), at(where) {}

  Index watch;
  bool leaf;                  ///< a value, not a group
  bool filled = false;        ///< a value that is not empty
  std::uint32_t ordinal = 0;  ///< element of a list, from 1
  NodeIndex parent = no_node;
  NodeIndex next = no_node;  ///< next element of the same list
  std::uint32_t slots = 0;   ///< of a group: where its fields begin
  Scalar value;
  Position at;
};

/// Nodes and texts without allocation in steady state. [serial]
class HeldTree {
 public:
  static constexpr NodeIndex root = 0;

  explicit HeldTree(const Program& program) : watches_(program.watches) {}

  /// Begins anew with a group of `watch`.
  void reset(Index watch, std::uint32_t ordinal, const Position& at);
  NodeIndex append(NodeIndex parent, Index watch, const Position& at);
  /// Keeps the value; texts only where a rule reads them.
  void set(NodeIndex node, const Scalar& value);

  [[nodiscard]] const HeldNode& operator[](NodeIndex node) const { return nodes_[node]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] NodeIndex first(NodeIndex group, Index slot) const {
    return slots_[nodes_[group].slots + slot * 2U];
  }

 private:
  HeldNode& add(Index watch, const Position& at);
  std::string_view copy(std::string_view text);

  static constexpr std::size_t chunk_size = 16 * 1024;  ///< of texts: a header or a line fits
  const std::vector<Watch>& watches_;
  std::vector<HeldNode> nodes_;
  std::vector<NodeIndex> slots_;  ///< first and last element of each watched field
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::vector<std::unique_ptr<char[]>> large_;
  std::size_t chunk_ = 0, used_ = 0;
};

}  // namespace purser::rule
