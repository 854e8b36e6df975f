#include "gateway/access/signature/content_digest.h"

#include <memory>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "gateway/access/signature/structured_field.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

struct Hash {
  std::string wanted;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

std::string finished(EVP_MD_CTX* context) {
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), &length) != 1) length = 0;
  digest.resize(length);
  return digest;
}

}  // namespace

BodyPieces pieces_of(std::string_view body) {
  return [body](const std::function<void(std::string_view)>& take) {
    take(body);
    return true;
  };
}

DigestVerdict check_content_digest(std::string_view field, const BodyPieces& body) {
  auto dictionary = structured::parse_dictionary(field);
  if (!dictionary) return DigestVerdict::unknown;
  std::vector<Hash> hashes;
  for (const auto& [name, member] : *dictionary) {
    const EVP_MD* digest = name == "sha-256" ? EVP_sha256() : name == "sha-512" ? EVP_sha512() : nullptr;
    if (digest == nullptr) continue;
    const auto* item = std::get_if<structured::Item>(&member);
    const auto* bytes = item != nullptr ? std::get_if<structured::Bytes>(&item->value) : nullptr;
    if (bytes == nullptr) return DigestVerdict::unknown;
    auto& hash = hashes.emplace_back();
    hash.wanted = bytes->bytes;
    EVP_DigestInit_ex(hash.context.get(), digest, nullptr);
  }
  if (hashes.empty()) return DigestVerdict::unknown;
  bool whole = body([&](std::string_view piece) {
    for (auto& hash : hashes) EVP_DigestUpdate(hash.context.get(), piece.data(), piece.size());
  });
  if (!whole) return DigestVerdict::unreadable;
  bool matches = true;
  for (auto& hash : hashes) {
    auto is = finished(hash.context.get());
    matches &=
        is.size() == hash.wanted.size() && CRYPTO_memcmp(is.data(), hash.wanted.data(), is.size()) == 0;
  }
  return matches ? DigestVerdict::matches : DigestVerdict::differs;
}

std::string content_digest(std::string_view body) {
  Hash hash;
  EVP_DigestInit_ex(hash.context.get(), EVP_sha256(), nullptr);
  EVP_DigestUpdate(hash.context.get(), body.data(), body.size());
  return "sha-256=:" + base64_encoded(finished(hash.context.get())) + ":";
}

}  // namespace purser::gateway
