// Where checkpoints and hashes are laid down: outside the data folder, best where nothing can be changed
// later.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "gateway/checkpoint/tree.h"
#include "gateway/port/file_system.h"

namespace purser::gateway {

/// Small files by name: "0/checkpoint", "0/tile/0/000". [serial]
class CheckpointPlace {
 public:
  virtual ~CheckpointPlace() = default;
  /// Empty if there is none.
  virtual std::expected<std::optional<std::string>, std::string> read(const std::string& name) = 0;
  virtual std::expected<void, std::string> write(const std::string& name, const std::string& bytes) = 0;
};

/// A folder: mounted from elsewhere, or copied there.
std::unique_ptr<CheckpointPlace> folder_place(std::string folder, FileSystem& files);
/// A server that takes PUT and gives what it has by GET (WebDAV, an object store behind a gateway). `bearer`
/// goes with each request; empty: none. `private_addresses` as for every outgoing call.
std::unique_ptr<CheckpointPlace> http_place(std::string url, std::string bearer, bool private_addresses);

/// The hashes that lie beside a checkpoint of `size` entries, read tile by tile. [serial]
class TileReader {
 public:
  TileReader(CheckpointPlace& place, std::string chain, std::uint64_t size)
      : place_(place), chain_(std::move(chain)), size_(size) {}
  /// The hash of a full binary subtree of 2^level entries.
  std::expected<Sha256, std::string> node(std::uint32_t level, std::uint64_t index);

 private:
  std::expected<const Tile*, std::string> tile(std::uint32_t level, std::uint64_t index);
  CheckpointPlace& place_;
  std::string chain_;
  std::uint64_t size_;
  std::vector<Tile> kept_;  // the last one of each level
};

}  // namespace purser::gateway
