// The hashes of RFC 6962's reference implementation over its eight test leaves, and trees of every small
// size.
#include "gateway/checkpoint/tree.h"

#include <gtest/gtest.h>

#include <map>

namespace purser::gateway {
namespace {

using namespace std::string_view_literals;
constexpr std::array leaves = {""sv,
                               "\x00"sv,
                               "\x10"sv,
                               "\x20\x21"sv,
                               "\x30\x31"sv,
                               "\x40\x41\x42\x43"sv,
                               "\x50\x51\x52\x53\x54\x55\x56\x57"sv,
                               "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"sv};
constexpr std::array roots = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

// RFC 6962 section 2.1, word for word, over all leaves at once.
Sha256 defined_root(std::span<const Sha256> hashes) {
  if (hashes.empty()) return sha256({});
  if (hashes.size() == 1) return hashes[0];
  std::size_t k = 1;
  while (k * 2 < hashes.size()) k *= 2;
  return node_hash(defined_root(hashes.first(k)), defined_root(hashes.subspan(k)));
}

TEST(Tree, HasTheRootsOfCertificateTransparency) {
  TreeBuilder tree;
  EXPECT_EQ(hex(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    ASSERT_TRUE(tree.add(leaf_hash(leaves[i])));
    EXPECT_EQ(hex(tree.root()), roots[i]) << i + 1;
  }
}

TEST(Tree, IsTheDefinedOneAcrossTheEdgesOfTiles) {
  std::vector<Sha256> all;
  TreeBuilder tree;
  for (std::size_t size = 1; size <= 65'800; ++size) {
    all.push_back(leaf_hash(std::to_string(size)));
    ASSERT_TRUE(tree.add(all.back()));
    // At each edge of the first tiles; of a whole row of tiles at its own edge, since each look hashes all.
    const bool edge = size < 800 ? (size + 1) % tile_width < 3 : size >= 65'535 && size <= 65'537;
    if (edge || size == 65'800) {
      ASSERT_EQ(tree.root(), defined_root(all)) << size;
    }
  }
}

TEST(Tree, EveryPathLeadsToTheRootAndNoOtherDoes) {
  for (std::uint64_t size = 1; size <= 40; ++size) {
    std::vector<Sha256> all;
    for (std::uint64_t i = 0; i < size; ++i) all.push_back(leaf_hash(std::to_string(i)));
    const Sha256 root = defined_root(all);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto path = inclusion_path(index, size, [&](auto level, auto at) -> std::expected<Sha256, std::string> {
        return defined_root(std::span(all).subspan(at << level, 1ULL << level));
      });
      ASSERT_TRUE(path);
      EXPECT_EQ(root_of_path(all[index], index, size, *path), root) << index << " of " << size;
      EXPECT_NE(root_of_path(all[index], (index + 1) % size, size, *path), size == 1 ? Sha256{} : root);
      if (path->empty()) continue;
      path->back()[0] ^= 1U;
      EXPECT_NE(root_of_path(all[index], index, size, *path), root);
      path->pop_back();
      EXPECT_FALSE(root_of_path(all[index], index, size, *path));
    }
  }
}

TEST(Tree, TilesAreNamedAsTlogTilesNamesThem) {
  const std::vector<Sha256> full(tile_width);
  EXPECT_EQ(path_of({0, 7, full}), "tile/0/007");
  EXPECT_EQ(path_of({0, 1234067, full}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of({1, 0, std::vector<Sha256>(17)}), "tile/1/000.p/17");
}

}  // namespace
}  // namespace purser::gateway
