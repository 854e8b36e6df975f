#include "gateway/journal/postgres/bodies.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <algorithm>

namespace purser::gateway {
namespace {

constexpr std::uint32_t in_database = 1;  // BodyRef::file: there is one store only

void post_piece(Database& database, std::int64_t id, std::uint32_t piece, std::string_view content) {
  const auto sum = static_cast<std::int64_t>(XXH3_64bits(content.data(), content.size()));
  database.insert("INSERT INTO body (id, piece, checksum, content) VALUES (?,?,?,?)", id, piece, sum,
                  Blob{{reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}});
}

// Ids of bodies that belong to no transaction of the journal: negative, so that they meet no other.
std::int64_t new_id(Database& database) {
  auto rows = database.query("SELECT nextval('large_body')");
  if (!rows.next()) throw SqlError(SqlFault::defect, "no id for a body");
  return rows.number(0);
}

Status damaged(const BodyRef& where, std::string_view what) {
  return {StatusClass::defect, "JOURNAL-0004",
          fmt::format("body {}: {}", static_cast<std::int64_t>(where.offset), what)};
}

/// A body that arrives in pieces, in a transaction of its own: dropped, nothing remains.
class LargeRow final : public BodyWriter {
 public:
  explicit LargeRow(std::unique_ptr<Database> database)
      : database_(std::move(database)), digest_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    database_->begin();
    id_ = new_id(*database_);
    EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
  }

  Outcome write(std::string_view bytes) override {
    EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size());
    length_ += bytes.size();
    return guarded([&] {
      while (!bytes.empty()) {
        const std::size_t part = std::min(bytes.size(), PostgresBodies::piece_size - held_.size());
        held_.append(bytes.substr(0, part));
        bytes.remove_prefix(part);
        if (held_.size() == PostgresBodies::piece_size) put();
      }
    });
  }

  std::expected<BodyRef, Status> finish() override {
    const Outcome done = guarded([&] {
      if (!held_.empty()) put();
      database_->commit();
    });
    if (!done) return std::unexpected(done.error());
    EVP_DigestFinal_ex(digest_.get(), hash_.data(), nullptr);
    return BodyRef{in_database, static_cast<std::uint64_t>(id_), length_};
  }

  [[nodiscard]] Sha256 hash() const override { return hash_; }

 private:
  void put() {
    post_piece(*database_, id_, piece_++, held_);
    held_.clear();
  }
  template <typename Work>
  static Outcome guarded(Work work) {
    try {
      work();
      return {};
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }

  std::unique_ptr<Database> database_;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest_;
  std::int64_t id_ = 0;
  std::uint32_t piece_ = 0;
  std::uint64_t length_ = 0;
  std::string held_;
  Sha256 hash_{};
};

}  // namespace

BodyRef PostgresBodies::place(std::int64_t id, std::string_view body) {
  return body.empty() ? BodyRef{} : BodyRef{in_database, static_cast<std::uint64_t>(id), body.size()};
}

void PostgresBodies::post(Database& database, const BodyRef& place, std::string_view body) {
  std::uint32_t piece = 0;
  for (std::size_t at = 0; at < body.size(); at += piece_size) {
    post_piece(database, static_cast<std::int64_t>(place.offset), piece++, body.substr(at, piece_size));
  }
}

std::expected<std::vector<BodyRef>, Status> PostgresBodies::append(std::span<const std::string_view> bodies) {
  try {
    const auto database = connect_();
    database->begin();
    std::vector<BodyRef> places;
    for (const std::string_view body : bodies) {
      places.push_back(place(body.empty() ? 0 : new_id(*database), body));
      post(*database, places.back(), body);
    }
    database->commit();
    return places;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

std::expected<std::unique_ptr<BodyWriter>, Status> PostgresBodies::open_large(const std::string&) {
  try {
    return std::make_unique<LargeRow>(connect_());
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

std::expected<std::string, Status> PostgresBodies::read(const BodyRef& where) {
  if (!where.is_set()) return std::string();
  auto found = readers_.with([&](Database& database) -> std::expected<std::string, Status> {
    std::string out;
    out.reserve(where.length);
    auto rows = database.query("SELECT checksum, content FROM body WHERE id = ? ORDER BY piece",
                               static_cast<std::int64_t>(where.offset));
    while (rows.next()) {
      const std::string_view content = rows.view(1);
      if (static_cast<std::int64_t>(XXH3_64bits(content.data(), content.size())) != rows.number(0)) {
        return std::unexpected(damaged(where, "the checksum does not hold"));
      }
      out += content;
    }
    if (out.size() != where.length) return std::unexpected(damaged(where, "pieces are missing"));
    return out;
  });
  if (!found) return std::unexpected(found.error());
  return std::move(*found);
}

std::expected<std::size_t, Status> PostgresBodies::read_piece(const BodyRef& where, std::uint64_t offset,
                                                              std::span<char> into) {
  if (offset >= where.length || into.empty()) return 0;
  auto found = readers_.with([&](Database& database) -> std::expected<std::size_t, Status> {
    const std::size_t begin = offset % piece_size;
    const std::size_t wanted = std::min(into.size(), piece_size - begin);
    auto rows = database.query(
        "SELECT substring(content FROM ?::int FOR ?::int) FROM body WHERE id = ? AND piece = ?", begin + 1,
        wanted, static_cast<std::int64_t>(where.offset), offset / piece_size);
    if (!rows.next()) return std::unexpected(damaged(where, "a piece is missing"));
    const std::string_view content = rows.view(0);
    std::copy(content.begin(), content.end(), into.begin());
    return content.size();
  });
  if (!found) return std::unexpected(found.error());
  return *found;
}

// Piece by piece, each with its checksum.
Outcome PostgresBodies::verify(const BodyRef& where) {
  auto found = readers_.with([&](Database& database) -> Outcome {
    std::uint64_t length = 0;
    for (std::uint64_t piece = 0; length < where.length; ++piece) {
      auto rows = database.query("SELECT checksum, content FROM body WHERE id = ? AND piece = ?",
                                 static_cast<std::int64_t>(where.offset), piece);
      if (!rows.next()) return std::unexpected(damaged(where, "pieces are missing"));
      const std::string_view content = rows.view(1);
      if (static_cast<std::int64_t>(XXH3_64bits(content.data(), content.size())) != rows.number(0))
        return std::unexpected(damaged(where, "the checksum does not hold"));
      length += content.size();
    }
    return length == where.length ? Outcome() : std::unexpected(damaged(where, "it has another length"));
  });
  return found ? *found : std::unexpected(found.error());
}

}  // namespace purser::gateway
