#include "gateway/checkpoint/place.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>
#include <unistd.h>

#include "gateway/fetch/fetch.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_file_bytes = tile_width * sizeof(Sha256);  // a tile; a checkpoint is smaller

class FolderPlace final : public CheckpointPlace {
 public:
  FolderPlace(std::string folder, FileSystem& files) : folder_(std::move(folder)), files_(files) {}

  std::expected<std::optional<std::string>, std::string> read(const std::string& name) override {
    auto file = files_.open_for_reading(folder_ + "/" + name);
    if (!file) return std::nullopt;
    std::string bytes(max_file_bytes + 1, '\0');
    const auto got = (*file)->read_at(0, bytes);
    if (!got) return std::unexpected(got.error().message);
    if (*got > max_file_bytes) return std::unexpected(name + " is longer than such a file is");
    bytes.resize(*got);
    return bytes;
  }

  // Whole or not at all: a checkpoint that is cut off would look like a broken promise.
  std::expected<void, std::string> write(const std::string& name, const std::string& bytes) override {
    const std::string path = folder_ + "/" + name, parent = path.substr(0, path.rfind('/'));
    const std::string temporary = fmt::format("{}.{}", path, ::getpid());
    const auto laid = [&]() -> Outcome {
      if (auto made = files_.make_directory(parent); !made) return made;
      auto file = files_.open(temporary, true);
      if (!file) return std::unexpected(file.error());
      if (auto wrote = (*file)->write_at(0, bytes); !wrote) return wrote;
      if (auto synced = (*file)->sync(); !synced) return synced;
      if (auto renamed = files_.rename(temporary, path); !renamed) return renamed;
      return files_.sync_directory(parent);
    }();
    if (!laid) return std::unexpected(laid.error().message);
    return {};
  }

 private:
  std::string folder_;
  FileSystem& files_;
};

class HttpPlace final : public CheckpointPlace {
 public:
  HttpPlace(std::string url, std::string bearer, bool private_addresses) : url_(std::move(url)) {
    request_.bearer = std::move(bearer);
    request_.private_addresses = private_addresses;
    while (url_.ends_with('/')) url_.pop_back();
  }
  std::expected<std::optional<std::string>, std::string> read(const std::string& name) override {
    request_.url = url_ + "/" + name;
    request_.put.reset();
    auto answer = fetch(request_);
    if (answer) return std::move(*answer);
    if (answer.error().status == 404) return std::nullopt;
    return std::unexpected(fmt::format("{}: {}", request_.url, answer.error().message));
  }
  std::expected<void, std::string> write(const std::string& name, const std::string& bytes) override {
    request_.url = url_ + "/" + name;
    request_.put = bytes;
    auto answer = fetch(request_);
    if (!answer) return std::unexpected(fmt::format("{}: {}", request_.url, answer.error().message));
    return {};
  }

 private:
  std::string url_;
  FetchRequest request_;
};

}  // namespace

std::unique_ptr<CheckpointPlace> folder_place(std::string folder, FileSystem& files) {
  return std::make_unique<FolderPlace>(std::move(folder), files);
}

std::unique_ptr<CheckpointPlace> http_place(std::string url, std::string bearer, bool private_addresses) {
  return std::make_unique<HttpPlace>(std::move(url), std::move(bearer), private_addresses);
}

std::expected<const Tile*, std::string> TileReader::tile(std::uint32_t level, std::uint64_t index) {
  constexpr std::uint32_t most_levels = 8;  // of 256 each: 2^64 entries
  if (level >= most_levels) return std::unexpected("no tree is so high");
  if (kept_.size() <= level) kept_.resize(level + 1);
  Tile& kept = kept_[level];
  if (!kept.hashes.empty() && kept.index == index) return &kept;
  const std::uint64_t in_level = size_ >> (8U * level), first = index * tile_width;
  if (first >= in_level) return std::unexpected("the tree has no such hash");
  kept = {level, index, std::vector<Sha256>(std::min<std::uint64_t>(tile_width, in_level - first))};
  const std::string name = chain_ + "/" + path_of(kept);
  auto bytes = place_.read(name);
  if (!bytes) return std::unexpected(bytes.error());
  if (!*bytes || (*bytes)->size() != kept.hashes.size() * sizeof(Sha256)) {
    kept.hashes.clear();
    return std::unexpected(fmt::format("{} is {}", name, *bytes ? "not a tile" : "missing"));
  }
  for (std::size_t i = 0; i < kept.hashes.size(); ++i)
    std::copy_n((*bytes)->begin() + static_cast<std::ptrdiff_t>(i * sizeof(Sha256)), sizeof(Sha256),
                kept.hashes[i].begin());
  return &kept;
}

std::expected<Sha256, std::string> TileReader::node(std::uint32_t level, std::uint64_t index) {
  constexpr std::uint32_t bits = 8;  // of a tile's width
  const std::uint32_t row = level / bits, within = level % bits;
  const std::uint64_t first = index << within;  // of 2^within hashes of that row
  auto found = tile(row, first / tile_width);
  if (!found) return std::unexpected(found.error());
  const std::uint64_t at = first % tile_width, count = 1ULL << within;
  if (at + count > (*found)->hashes.size()) return std::unexpected("the tree has no such hash");
  return tree_hash(std::span((*found)->hashes).subspan(at, count));
}

}  // namespace purser::gateway
