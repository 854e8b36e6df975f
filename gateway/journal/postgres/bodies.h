// Bodies in the database, because nodes share no disk.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/journal/body_store.h"
#include "gateway/journal/readers.h"

namespace purser::gateway {

/// Rows of at most `piece_size` bytes, each with a checksum. A place is the body's id; bodies of a journal's
/// transaction are written in it, those that arrive in pieces in one of their own. [any]
class PostgresBodies final : public BodyStore {
 public:
  static constexpr std::size_t piece_size = 1 << 20;  ///< what a server handles without much memory

  explicit PostgresBodies(std::function<std::unique_ptr<Database>()> connect)
      : connect_(connect), readers_(std::move(connect)) {}

  /// The place that a body will have under `id`; an empty one has none.
  static BodyRef place(std::int64_t id, std::string_view body);
  /// Writes it there in the transaction under way.
  static void post(Database& database, const BodyRef& place, std::string_view body);

  std::expected<std::vector<BodyRef>, Status> append(std::span<const std::string_view> bodies) override;
  Outcome sync() override { return {}; }  ///< append() commits
  std::expected<std::unique_ptr<BodyWriter>, Status> open_large(const std::string& tenant) override;
  std::expected<std::string, Status> read(const BodyRef& where) override;
  std::expected<std::size_t, Status> read_piece(const BodyRef& where, std::uint64_t offset,
                                                std::span<char> into) override;
  Outcome verify(const BodyRef& where) override;

 private:
  std::function<std::unique_ptr<Database>()> connect_;
  Readers readers_;
};

}  // namespace purser::gateway
