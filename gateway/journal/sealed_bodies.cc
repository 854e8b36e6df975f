#include "gateway/journal/sealed_bodies.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

#include "gateway/seal/body_seal.h"

namespace purser::gateway {
namespace {

std::unexpected<Status> tampered(const BodyRef& where) {
  return std::unexpected(Status{StatusClass::defect, "SEAL-0003",
                                fmt::format("the sealed body in {} at {} is not what was sealed there",
                                            where.file, where.offset)});
}

/// Seals what is written, holding back the last chunk: only finish() knows that it is the last.
class SealedWriter final : public BodyWriter {
 public:
  SealedWriter(std::unique_ptr<BodyWriter> below, std::shared_ptr<const DataKey> key)
      : below_(std::move(below)),
        key_(std::move(key)),
        seal_(new_seal(key_->id)),
        out_(random_octets(body_salt_bytes)),
        chunks_(*key_, seal_, out_, Gcm::Use::seal),
        digest_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
  }

  Outcome write(std::string_view piece) override {
    EVP_DigestUpdate(digest_.get(), piece.data(), piece.size());
    length_ += piece.size();
    while (!piece.empty()) {
      if (held_.size() == body_chunk) {
        if (auto put_out = put(false); !put_out) return put_out;
      }
      const std::size_t part = std::min(piece.size(), body_chunk - held_.size());
      held_.append(piece.substr(0, part));
      piece.remove_prefix(part);
    }
    return {};
  }

  std::expected<BodyRef, Status> finish() override {
    if (auto put_out = put(true); !put_out) return std::unexpected(put_out.error());
    auto place = below_->finish();
    if (!place) return place;
    EVP_DigestFinal_ex(digest_.get(), hash_.data(), nullptr);
    place->length = length_;
    place->seal = seal_;
    return place;
  }

  [[nodiscard]] Sha256 hash() const override { return hash_; }

 private:
  Outcome put(bool last) {
    try {
      chunks_.seal(held_, number_++, last, out_);
    } catch (const std::runtime_error& error) {
      return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0005", error.what()});
    }
    held_.clear();
    const Outcome written = below_->write(out_);
    out_.clear();
    return written;
  }

  std::unique_ptr<BodyWriter> below_;
  std::shared_ptr<const DataKey> key_;
  std::int64_t seal_;
  std::string out_;  ///< the salt first, then a chunk at a time
  BodySeal chunks_;
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest_;
  std::string held_;
  std::uint64_t number_ = 0;
  std::uint64_t length_ = 0;
  Sha256 hash_{};
};

}  // namespace

std::expected<std::unique_ptr<BodyWriter>, Status> SealedBodies::open_large(const std::string& tenant) {
  auto key = sealing_.to_seal(tenant);
  if (!key) return std::unexpected(key.error());
  auto below = stored_.open_large(tenant);
  if (!below || !*key) return below;
  return std::make_unique<SealedWriter>(std::move(*below), std::move(*key));
}

std::expected<std::string, Status> SealedBodies::read(const BodyRef& where) {
  if (where.seal == 0) return stored_.read(where);
  const auto key = sealing_.to_open(key_of_seal(where.seal));
  if (!key) return std::unexpected(key.error());
  const auto bytes = stored_.read(as_stored(where));
  if (!bytes) return bytes;
  auto opened = open_body(**key, where.seal, *bytes, where.length);
  if (!opened) return tampered(where);
  return std::move(*opened);
}

// Exactly `length` bytes of what lies there.
std::expected<std::string, Status> SealedBodies::stored(const BodyRef& where, std::uint64_t offset,
                                                        std::size_t length) {
  std::string out(length, '\0');
  for (std::size_t filled = 0; filled < length;) {
    const auto got = stored_.read_piece(as_stored(where), offset + filled, std::span(out).subspan(filled));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) {
      return std::unexpected(Status{StatusClass::defect, "JOURNAL-0004", "a body ends early"});
    }
    filled += *got;
  }
  return out;
}

std::expected<std::string, Status> SealedBodies::salt_of(const BodyRef& where) {
  const std::pair place{where.file, where.offset};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = salts_.find(place); found != salts_.end()) return found->second;
  }
  auto salt = stored(where, 0, body_salt_bytes);
  if (!salt) return salt;
  const std::lock_guard lock(mutex_);
  if (salts_.size() >= max_salts) salts_.clear();
  salts_[place] = *salt;
  return salt;
}

std::expected<std::string, Status> SealedBodies::chunk(const BodyRef& where, std::uint64_t number) {
  const auto key = sealing_.to_open(key_of_seal(where.seal));
  if (!key) return std::unexpected(key.error());
  const auto salt = salt_of(where);
  if (!salt) return salt;
  const std::size_t length = std::min<std::uint64_t>(body_chunk, where.length - number * body_chunk);
  const auto bytes =
      stored(where, body_salt_bytes + number * (body_chunk + tag_bytes), length + tag_bytes);
  if (!bytes) return bytes;
  std::string out(length, '\0');
  BodySeal chunks(**key, where.seal, *salt, Gcm::Use::open);
  if (!chunks.open(*bytes, number, number + 1 == chunks_of(where.length), out)) return tampered(where);
  return out;
}

std::expected<std::size_t, Status> SealedBodies::read_piece(const BodyRef& where, std::uint64_t offset,
                                                            std::span<char> into) {
  if (where.seal == 0) return stored_.read_piece(where, offset, into);
  if (offset >= where.length || into.empty()) return 0;
  const auto opened = chunk(where, offset / body_chunk);
  if (!opened) return std::unexpected(opened.error());
  const std::string_view piece = std::string_view(*opened).substr(offset % body_chunk, into.size());
  std::ranges::copy(piece, into.begin());
  return piece.size();
}

Outcome SealedBodies::verify(const BodyRef& where) {
  if (auto whole = stored_.verify(as_stored(where)); !whole || where.seal == 0) return whole;
  for (std::uint64_t i = 0; i < chunks_of(where.length); ++i) {
    if (const auto opened = chunk(where, i); !opened) return std::unexpected(opened.error());
  }
  return {};
}

}  // namespace purser::gateway
