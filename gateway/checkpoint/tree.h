// Merkle trees as RFC 6962 section 2.1 hashes them (RFC 9162 section 2.1 is the same), in tiles of 256
// hashes.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/message.h"

namespace purser::gateway {

Sha256 leaf_hash(std::string_view data);                    ///< SHA-256 over 0x00 and the data. [any]
Sha256 node_hash(const Sha256& left, const Sha256& right);  ///< SHA-256 over 0x01 and both. [any]
/// The hash over subtrees of equal size, the last of which may be smaller; of none it is SHA-256 of nothing.
Sha256 tree_hash(std::span<const Sha256> subtrees);

/// Hashes in a tile, each of 256 times as many entries as one of the level below (C2SP tlog-tiles).
inline constexpr std::size_t tile_width = 256;

/// Up to 256 hashes side by side. The last one of a level may be narrower.
struct Tile {
  std::uint32_t level = 0;
  std::uint64_t index = 0;
  std::vector<Sha256> hashes;
};
/// Where it lies: "tile/0/x001/234", "tile/1/000.p/17".
std::string path_of(const Tile& tile);
std::string bytes_of(const Tile& tile);

/// Grows a tree from its left to its right and holds one tile of each level. [serial]
class TreeBuilder {
 public:
  using Sink = std::function<Outcome(const Tile&)>;  ///< takes each tile once it is full
  explicit TreeBuilder(Sink sink = {}) : sink_(std::move(sink)) {}
  Outcome add(const Sha256& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Sha256 root() const;
  /// Gives the tiles that are not full.
  Outcome finish() const;

 private:
  Outcome add(std::uint32_t level, const Sha256& hash);
  Sink sink_;
  std::vector<Tile> open_;  // of each level
  std::uint64_t size_ = 0;
};

/// The hash of the full subtree number `index` of `level` (0: an entry).
using NodeOf = std::function<std::expected<Sha256, std::string>(std::uint32_t level, std::uint64_t index)>;
/// PATH(index, D[size]) of RFC 6962 section 2.1.1: from the entry up. `node` is asked for full binary
/// subtrees.
std::expected<std::vector<Sha256>, std::string> inclusion_path(std::uint64_t index, std::uint64_t size,
                                                               const NodeOf& node);
/// The root that follows from a path (RFC 9162 section 2.1.3.2); nothing if the path has another length.
/// [any]
std::optional<Sha256> root_of_path(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Sha256> path);

}  // namespace purser::gateway
