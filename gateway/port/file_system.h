// Storage as an interface: real here; full disks, torn writes and failing syncs in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "canonical/event/event.h"

namespace purser::gateway {

/// One open file. Offsets and lengths in bytes. Calls at different offsets may run at once. [any]
class File {
 public:
  virtual ~File() = default;
  /// Writes all of `bytes` at `offset` or fails; after a failure the range is undefined.
  virtual Outcome write_at(std::uint64_t offset, std::span<const char> bytes) = 0;
  /// Reads up to `into.size()` bytes; fewer only at the end of the file.
  virtual std::expected<std::size_t, Status> read_at(std::uint64_t offset, std::span<char> into) = 0;
  /// Reserves room so that later writes inside it change no metadata: syncs nearly twice as fast.
  virtual Outcome allocate(std::uint64_t length) = 0;
  /// Begins to write to disk what write_at() wrote there, and does not wait: sync() has less to wait for.
  /// Says nothing about what is durable.
  virtual void start_sync(std::uint64_t offset, std::uint64_t length) {
    static_cast<void>(offset), static_cast<void>(length);
  }
  /// What lies there, and is on disk, will hardly be read soon: the memory that holds it is for others. It stays
  /// readable.
  virtual void let_go(std::uint64_t offset, std::uint64_t length) {
    static_cast<void>(offset), static_cast<void>(length);
  }
  /// fdatasync: once it returns without an error, what was written is on disk. An error is final: the
  /// kernel may have dropped the pages, so nobody may trust this file's tail afterwards.
  virtual Outcome sync() = 0;
  virtual std::expected<std::uint64_t, Status> size() = 0;
};

/// Files by path. [any]
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  virtual std::expected<std::unique_ptr<File>, Status> open_for_reading(const std::string& path) = 0;
  /// Opens for reading and writing; creates it if `create`, else it must exist.
  virtual std::expected<std::unique_ptr<File>, Status> open(const std::string& path, bool create) = 0;
  /// Creates it; fails if it exists, so that two processes never write one file.
  virtual std::expected<std::unique_ptr<File>, Status> create_new(const std::string& path) = 0;
  virtual Outcome make_directory(const std::string& path) = 0;  ///< with parents; no error if it exists
  virtual Outcome rename(const std::string& from, const std::string& to) = 0;  ///< replaces `to` atomically
  virtual Outcome remove(const std::string& path) = 0;          ///< no error if it is not there
  virtual Outcome sync_directory(const std::string& path) = 0;  ///< makes names in it durable
  virtual std::expected<std::vector<std::string>, Status> list(
      const std::string& path) = 0;  ///< names, sorted
};

/// The operating system's files. Errors are JOURNAL-0001 (unavailable), with path and the system's reason.
class SystemFiles final : public FileSystem {
 public:
  std::expected<std::unique_ptr<File>, Status> open_for_reading(const std::string& path) override;
  std::expected<std::unique_ptr<File>, Status> open(const std::string& path, bool create) override;
  std::expected<std::unique_ptr<File>, Status> create_new(const std::string& path) override;
  Outcome make_directory(const std::string& path) override;
  Outcome rename(const std::string& from, const std::string& to) override;
  Outcome remove(const std::string& path) override;
  Outcome sync_directory(const std::string& path) override;
  std::expected<std::vector<std::string>, Status> list(const std::string& path) override;
};

}  // namespace purser::gateway
