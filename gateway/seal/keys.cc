#include "gateway/seal/keys.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>

namespace purser::gateway {
namespace {

constexpr std::size_t base64_of_a_key = 44;  // 32 bytes, one sign of padding
constexpr std::size_t id_octets = 8;

std::string bound_to(std::int64_t id, std::string_view tenant) {
  return fmt::format("purser data key 1/{}/{}", id, tenant);
}

}  // namespace

std::expected<MasterKey, std::string> read_master_key(std::string_view base64) {
  constexpr std::string_view expected = "the master key is not base64 of 32 bytes (openssl rand -base64 32)";
  while (base64.ends_with('\n') || base64.ends_with('\r')) base64.remove_suffix(1);
  if (base64.size() != base64_of_a_key || !base64.ends_with('=') || base64.at(42) == '=')
    return std::unexpected(std::string(expected));
  std::array<unsigned char, key_bytes + 1> bytes{};  // OpenSSL writes the padding as a zero
  const int got = EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(base64.data()),
                                  static_cast<int>(base64.size()));
  if (got != static_cast<int>(bytes.size())) return std::unexpected(std::string(expected));
  MasterKey out{SecretKey(std::span<const unsigned char, key_bytes>(bytes.data(), key_bytes)), {}};
  OPENSSL_cleanse(bytes.data(), bytes.size());
  const SecretKey shown = hkdf_sha256(out.key.view(), {}, "purser master key id");
  for (const char octet : shown.view().substr(0, id_octets))
    out.id += fmt::format("{:02x}", static_cast<unsigned char>(octet));
  return out;
}

std::string wrap(const MasterKey& master, const DataKey& key) {
  std::string out = random_octets(nonce_bytes);
  const std::string nonce = out;
  Gcm(master.key, Gcm::Use::seal).seal(nonce, bound_to(key.id, key.tenant), key.key.view(), out);
  return out;
}

std::optional<SecretKey> unwrap(const MasterKey& master, std::int64_t id, std::string_view tenant,
                                std::string_view wrapped) {
  if (wrapped.size() != nonce_bytes + key_bytes + tag_bytes) return std::nullopt;
  std::array<unsigned char, key_bytes> bytes{};
  const bool good = Gcm(master.key, Gcm::Use::open)
                        .open(wrapped.substr(0, nonce_bytes), bound_to(id, tenant), wrapped.substr(nonce_bytes),
                              {reinterpret_cast<char*>(bytes.data()), bytes.size()});
  std::optional<SecretKey> out;
  if (good) out.emplace(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return out;
}

}  // namespace purser::gateway
