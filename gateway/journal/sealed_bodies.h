// Bodies sealed on their way into a store and opened on their way out.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "gateway/journal/body_store.h"
#include "gateway/journal/sealing.h"

namespace purser::gateway {

/// What everybody but the journal's writer sees of a body store: places with BodyRef::seal are opened with
/// their key, others read as they lie. What is opened is always checked: SEAL-0003 (defect) if a body is not
/// what was sealed there, besides what Sealing and the store below answer. [any]
class SealedBodies final : public BodyStore {
 public:
  /// Both outlive it.
  SealedBodies(BodyStore& stored, Sealing& sealing) : stored_(stored), sealing_(sealing) {}

  /// As they are: who has something sealed has sealed it (Sealer).
  std::expected<std::vector<BodyRef>, Status> append(std::span<const std::string_view> bodies) override {
    return stored_.append(bodies);
  }
  Outcome sync() override { return stored_.sync(); }
  std::expected<std::unique_ptr<BodyWriter>, Status> open_large(const std::string& tenant) override;
  std::expected<std::string, Status> read(const BodyRef& where) override;
  /// At most to the end of a sealed chunk.
  std::expected<std::size_t, Status> read_piece(const BodyRef& where, std::uint64_t offset,
                                                std::span<char> into) override;
  /// Opens all of it and keeps nothing.
  Outcome verify(const BodyRef& where) override;

 private:
  static constexpr std::size_t max_salts = 64;  ///< bodies that are read in pieces at a time

  std::expected<std::string, Status> stored(const BodyRef& where, std::uint64_t offset, std::size_t length);
  std::expected<std::string, Status> salt_of(const BodyRef& where);
  std::expected<std::string, Status> chunk(const BodyRef& where, std::uint64_t number);

  BodyStore& stored_;
  Sealing& sealing_;
  std::mutex mutex_;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::string> salts_;  ///< by place
};

}  // namespace purser::gateway
