// Where bodies lie: beside the journal's records, synced before the record that refers to them is committed.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/message/message.h"

namespace purser::gateway {

/// A body that arrives in pieces. Dropped without finish(), nothing remains. Not thread safe.
class BodyWriter {
 public:
  virtual ~BodyWriter() = default;
  virtual Outcome write(std::string_view piece) = 0;
  /// Syncs and gives the place; the caller hands it to an admission.
  virtual std::expected<BodyRef, Status> finish() = 0;
  /// SHA-256 of everything, valid after finish().
  [[nodiscard]] virtual Sha256 hash() const = 0;
};

/// Append-only storage for bodies, each with a checksum.
class BodyStore {
 public:
  virtual ~BodyStore() = default;
  /// Appends in order. Nothing that refers to them may be committed before sync() has succeeded; after an error of
  /// either none may be referred to. [serial]
  virtual std::expected<std::vector<BodyRef>, Status> append(std::span<const std::string_view> bodies) = 0;
  /// What was appended is durable. [serial]
  virtual Outcome sync() = 0;
  /// A large body of a tenant, which comes in pieces. [any]
  virtual std::expected<std::unique_ptr<BodyWriter>, Status> open_large(const std::string& tenant) = 0;
  /// Reads a body whole and checks it; JOURNAL-0004 (defect) if it is not what was written. [any]
  virtual std::expected<std::string, Status> read(const BodyRef& where) = 0;
  /// Reads a piece, up to `into.size()` bytes at `offset` within the body, unchecked. [any]
  virtual std::expected<std::size_t, Status> read_piece(const BodyRef& where, std::uint64_t offset,
                                                        std::span<char> into) = 0;
  /// Reads all of a body and checks it, whatever its size, without keeping it. [any]
  virtual Outcome verify(const BodyRef& where) = 0;
};

}  // namespace purser::gateway
