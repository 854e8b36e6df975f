#include "gateway/seal/body_seal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace purser::gateway {
namespace {

constexpr std::string_view purpose = "purser body 1";

// Four bytes of the chunk's number, most significant first; one that says whether it is the last.
std::string nonce_of(std::uint64_t number, bool last) {
  if (number >= max_body_chunks) throw std::runtime_error("a body has more chunks than can be sealed");
  std::string out(nonce_bytes, '\0');
  for (int i = 0; i < 4; ++i) out[static_cast<std::size_t>(i)] = static_cast<char>(number >> (24 - 8 * i));
  out.back() = last ? '\1' : '\0';
  return out;
}

}  // namespace

std::uint64_t chunks_of(std::uint64_t plain_length) {
  return std::max<std::uint64_t>(1, (plain_length + body_chunk - 1) / body_chunk);
}

std::uint64_t sealed_length(std::uint64_t plain_length) {
  return body_salt_bytes + plain_length + chunks_of(plain_length) * tag_bytes;
}

std::uint64_t plain_length(std::uint64_t sealed_length) {
  const std::uint64_t chunks = sealed_length - body_salt_bytes;
  return chunks - (chunks + body_chunk + tag_bytes - 1) / (body_chunk + tag_bytes) * tag_bytes;
}

std::int64_t new_seal(std::int64_t key) {
  const std::string random = random_octets(sizeof(std::uint32_t));
  std::uint32_t low = 0;
  std::memcpy(&low, random.data(), sizeof low);
  return (key << 32) | static_cast<std::int64_t>(low);
}

BodySeal::BodySeal(const DataKey& key, std::int64_t seal, std::string_view salt, Gcm::Use use)
    : bound_to_(fmt::format("{}/{}/{}", purpose, seal, key.tenant)),
      gcm_(hkdf_sha256(key.key.view(), salt, purpose), use) {}

void BodySeal::seal(std::string_view plain, std::uint64_t number, bool last, std::string& out) {
  gcm_.seal(nonce_of(number, last), bound_to_, plain, out);
}

bool BodySeal::open(std::string_view sealed, std::uint64_t number, bool last, std::span<char> out) {
  return gcm_.open(nonce_of(number, last), bound_to_, sealed, out);
}

std::string seal_body(const DataKey& key, std::int64_t seal, std::string_view plain) {
  std::string out = random_octets(body_salt_bytes);
  out.reserve(sealed_length(plain.size()));
  BodySeal chunks(key, seal, out, Gcm::Use::seal);
  const std::uint64_t count = chunks_of(plain.size());
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t at = i * body_chunk;
    chunks.seal(plain.substr(at, body_chunk), i, i + 1 == count, out);
  }
  return out;
}

std::optional<std::string> open_body(const DataKey& key, std::int64_t seal, std::string_view sealed,
                                     std::uint64_t plain_length) {
  if (sealed.size() != sealed_length(plain_length)) return std::nullopt;
  BodySeal chunks(key, seal, sealed.substr(0, body_salt_bytes), Gcm::Use::open);
  sealed.remove_prefix(body_salt_bytes);
  std::string out(plain_length, '\0');
  const std::uint64_t count = chunks_of(plain_length);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto into = std::span(out).subspan(i * body_chunk, std::min(body_chunk, out.size() - i * body_chunk));
    if (!chunks.open(sealed.substr(0, into.size() + tag_bytes), i, i + 1 == count, into)) return std::nullopt;
    sealed.remove_prefix(into.size() + tag_bytes);
  }
  return out;
}

}  // namespace purser::gateway
