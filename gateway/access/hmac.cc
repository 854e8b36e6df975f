#include "gateway/access/hmac.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

// Fetching the algorithm takes longer than hashing a document: once for the process.
EVP_MAC* hmac_algorithm() {
  static EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  return algorithm;
}

}  // namespace

struct Hmac::Context {
  explicit Context(std::string_view name) : digest(name) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MAC_CTX_free(evp); }
  std::string digest;
  EVP_MAC_CTX* evp = EVP_MAC_CTX_new(hmac_algorithm());
};

// To make one takes longer than to hash a short text: each thread keeps the one it used last.
std::unique_ptr<Hmac::Context>& Hmac::spare() {
  thread_local std::unique_ptr<Context> kept;
  return kept;
}

Hmac::Hmac(std::string_view key, std::string_view digest) {
  const bool known = spare() != nullptr && spare()->digest == digest;
  context_ = known ? std::move(spare()) : std::make_unique<Context>(digest);
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, context_->digest.data(), 0),
      OSSL_PARAM_construct_end()};
  // Without a key it would go on with the last one: an empty key is one, too.
  if (EVP_MAC_init(context_->evp, reinterpret_cast<const unsigned char*>(key.empty() ? "" : key.data()),
                   key.size(), known ? nullptr : parameters) != 1) {
    throw std::runtime_error("HMAC is not available");
  }
}

Hmac::~Hmac() {
  if (context_ != nullptr) spare() = std::move(context_);
}
Hmac::Hmac(Hmac&&) noexcept = default;

void Hmac::add(std::string_view piece) {
  EVP_MAC_update(context_->evp, reinterpret_cast<const unsigned char*>(piece.data()), piece.size());
}

std::string Hmac::finish() {
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  std::size_t length = 0;
  if (EVP_MAC_final(context_->evp, reinterpret_cast<unsigned char*>(mac.data()), &length, mac.size()) != 1) {
    throw std::runtime_error("HMAC failed");
  }
  mac.resize(length);
  return mac;
}

Mac hmac_sha256(std::string_view key, std::string_view text) {
  Hmac hmac(key);
  hmac.add(text);
  auto bytes = hmac.finish();
  Mac mac{};
  std::copy_n(bytes.begin(), mac.size(), mac.begin());
  return mac;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view bytes_of(const Mac& mac) { return {reinterpret_cast<const char*>(mac.data()), mac.size()}; }

bool for_each_piece(const Body& body, const std::function<void(std::string_view)>& take) {
  if (!body.in_file()) {
    take(body.bytes);
    return true;
  }
  std::ifstream file(body.file, std::ios::binary);
  std::string piece(piece_bytes, '\0');
  std::uint64_t total = 0;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    auto count = static_cast<std::size_t>(file.gcount());
    total += count;
    take({piece.data(), count});
  }
  return total == body.size;
}

std::string body_digest(const Body& body) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  Mac digest{};
  unsigned length = 0;
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  bool whole = for_each_piece(
      body, [&](std::string_view piece) { EVP_DigestUpdate(context.get(), piece.data(), piece.size()); });
  if (!whole || EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1) return {};
  return hex_encoded(bytes_of(digest));
}

}  // namespace purser::gateway
