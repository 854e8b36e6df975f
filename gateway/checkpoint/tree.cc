#include "gateway/checkpoint/tree.h"

#include <bit>

#include <fmt/format.h>

namespace purser::gateway {
namespace {

// The largest power of two below `count`, which is above 1: where RFC 6962 splits.
std::uint64_t split_of(std::uint64_t count) { return std::bit_floor(count - 1); }

std::string_view view(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// Subtree of entries [begin, end): asks for full ones, hashes the ragged right edge together.
std::expected<Sha256, std::string> subtree(std::uint64_t begin, std::uint64_t end, const NodeOf& node) {
  const std::uint64_t count = end - begin;
  if (std::has_single_bit(count)) {
    const auto level = static_cast<std::uint32_t>(std::countr_zero(count));
    return node(level, begin >> level);
  }
  const std::uint64_t middle = begin + split_of(count);
  auto left = subtree(begin, middle, node);
  if (!left) return left;
  auto right = subtree(middle, end, node);
  if (!right) return right;
  return node_hash(*left, *right);
}

}  // namespace

Sha256 leaf_hash(std::string_view data) {
  std::string bytes(1, '\0');
  return sha256(bytes.append(data));
}

Sha256 node_hash(const Sha256& left, const Sha256& right) {
  std::string bytes(1, '\1');
  return sha256(bytes.append(view(left)).append(view(right)));
}

Sha256 tree_hash(std::span<const Sha256> subtrees) {
  if (subtrees.empty()) return sha256({});
  if (subtrees.size() == 1) return subtrees.front();
  const std::uint64_t left = split_of(subtrees.size());
  return node_hash(tree_hash(subtrees.first(left)), tree_hash(subtrees.subspan(left)));
}

std::string path_of(const Tile& tile) {
  constexpr std::uint64_t thousand = 1000;  // names of three digits, the leading ones marked with an x
  std::string name = fmt::format("{:03}", tile.index % thousand);
  for (std::uint64_t rest = tile.index / thousand; rest != 0; rest /= thousand)
    name = fmt::format("x{:03}/{}", rest % thousand, name);
  const std::string partial =
      tile.hashes.size() == tile_width ? "" : fmt::format(".p/{}", tile.hashes.size());
  return fmt::format("tile/{}/{}{}", tile.level, name, partial);
}

std::string bytes_of(const Tile& tile) {
  std::string out;
  for (const Sha256& hash : tile.hashes) out += view(hash);
  return out;
}

Outcome TreeBuilder::add(const Sha256& leaf) {
  ++size_;
  return add(0, leaf);
}

Outcome TreeBuilder::add(std::uint32_t level, const Sha256& hash) {
  if (level == open_.size()) open_.push_back({level, 0, {}});
  open_[level].hashes.push_back(hash);
  if (open_[level].hashes.size() < tile_width) return {};
  if (sink_) {
    if (auto taken = sink_(open_[level]); !taken) return taken;
  }
  const Sha256 whole = tree_hash(open_[level].hashes);
  ++open_[level].index;
  open_[level].hashes.clear();
  return add(level + 1, whole);
}

Sha256 TreeBuilder::root() const {
  std::optional<Sha256> below;  // what stands right of a level's full subtrees
  for (const Tile& tile : open_) {
    std::vector<Sha256> row = tile.hashes;
    if (below) row.push_back(*below);
    if (!row.empty()) below = tree_hash(row);
  }
  return below ? *below : tree_hash({});
}

Outcome TreeBuilder::finish() const {
  for (const Tile& tile : open_) {
    if (tile.hashes.empty() || !sink_) continue;
    if (auto taken = sink_(tile); !taken) return taken;
  }
  return {};
}

std::expected<std::vector<Sha256>, std::string> inclusion_path(std::uint64_t index, std::uint64_t size,
                                                               const NodeOf& node) {
  std::vector<Sha256> path;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_of(end - begin);
    const bool left = index < middle;
    auto other = left ? subtree(middle, end, node) : subtree(begin, middle, node);
    if (!other) return std::unexpected(other.error());
    path.insert(path.begin(), *other);
    (left ? end : begin) = middle;
  }
  return path;
}

std::optional<Sha256> root_of_path(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Sha256> path) {
  if (index >= size) return std::nullopt;
  std::uint64_t place = index, last = size - 1;
  Sha256 root = leaf;
  for (const Sha256& other : path) {
    if (last == 0) return std::nullopt;
    if ((place & 1U) != 0 || place == last) {
      root = node_hash(other, root);
      while ((place & 1U) == 0 && place != 0) {
        place >>= 1U;
        last >>= 1U;
      }
    } else {
      root = node_hash(root, other);
    }
    place >>= 1U;
    last >>= 1U;
  }
  if (last != 0) return std::nullopt;
  return root;
}

}  // namespace purser::gateway
