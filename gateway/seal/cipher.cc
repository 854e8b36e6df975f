#include "gateway/seal/cipher.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "gateway/port/random.h"

namespace purser::gateway {
namespace {

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// OpenSSL counts in int; chunks and wrapped keys are far below.
int length_of(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw std::runtime_error("too much to seal at once");
  return static_cast<int>(text.size());
}

void must(int outcome, const char* what) {
  if (outcome != 1) throw std::runtime_error(what);
}

OSSL_PARAM octet_parameter(const char* name, std::string_view value) {
  // OpenSSL's parameters are not const where they could be; it reads only.
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(value.data()), value.size());
}

}  // namespace

SecretKey::SecretKey(std::span<const unsigned char, key_bytes> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

SecretKey::~SecretKey() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

SecretKey SecretKey::fresh() {
  SecretKey key;
  SystemRandom().fill(key.bytes_);
  return key;
}

std::string random_octets(std::size_t count) {
  std::string out(count, '\0');
  SystemRandom().fill({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  return out;
}

SecretKey hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info) {
  // Fetching an algorithm costs more than using it.
  static const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr),
                                                                     EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                          EVP_KDF_CTX_free);
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                                   octet_parameter(OSSL_KDF_PARAM_KEY, secret),
                                   octet_parameter(OSSL_KDF_PARAM_INFO, info),
                                   salt.empty() ? OSSL_PARAM_construct_end()  // RFC 5869, 2.2: as if zeros
                                                : octet_parameter(OSSL_KDF_PARAM_SALT, salt),
                                   OSSL_PARAM_construct_end()};
  std::array<unsigned char, key_bytes> derived{};
  must(EVP_KDF_derive(context.get(), derived.data(), derived.size(), parameters), "HKDF-SHA256 failed");
  SecretKey key(derived);
  OPENSSL_cleanse(derived.data(), derived.size());
  return key;
}

void Gcm::Free::operator()(evp_cipher_ctx_st* context) const { EVP_CIPHER_CTX_free(context); }

Gcm::Gcm(const SecretKey& key, Use use) : context_(EVP_CIPHER_CTX_new()) {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr), EVP_CIPHER_free);
  must(EVP_CipherInit_ex2(context_.get(), cipher.get(), key.octets(), nullptr, use == Use::seal ? 1 : 0,
                          nullptr),
       "AES-256-GCM is not there");
}

Gcm::~Gcm() = default;

void Gcm::seal(std::string_view nonce, std::string_view with, std::string_view plain, std::string& out) {
  const std::size_t begin = out.size();
  out.resize(begin + plain.size() + tag_bytes);
  auto* const to = reinterpret_cast<unsigned char*>(out.data()) + begin;
  int count = 0;
  int last = 0;
  EVP_CIPHER_CTX* const context = context_.get();
  must(EVP_EncryptInit_ex2(context, nullptr, nullptr, octets(nonce), nullptr), "GCM refused a nonce");
  must(EVP_EncryptUpdate(context, nullptr, &count, octets(with), length_of(with)), "GCM failed");
  count = 0;
  if (!plain.empty())
    must(EVP_EncryptUpdate(context, to, &count, octets(plain), length_of(plain)), "GCM failed");
  must(EVP_EncryptFinal_ex(context, to + count, &last), "GCM failed");
  must(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_bytes, to + plain.size()), "GCM gave no tag");
}

bool Gcm::open(std::string_view nonce, std::string_view with, std::string_view sealed, std::span<char> out) {
  if (sealed.size() < tag_bytes || out.size() != sealed.size() - tag_bytes) return false;
  const std::string_view text = sealed.substr(0, out.size());
  std::string tag(sealed.substr(out.size()));
  auto* const to = reinterpret_cast<unsigned char*>(out.data());
  unsigned char nothing[1];  // OpenSSL wants a place even for no bytes
  int count = 0;
  int last = 0;
  EVP_CIPHER_CTX* const context = context_.get();
  const bool good =
      EVP_DecryptInit_ex2(context, nullptr, nullptr, octets(nonce), nullptr) == 1 &&
      EVP_DecryptUpdate(context, nullptr, &last, octets(with), length_of(with)) == 1 &&
      (text.empty() || EVP_DecryptUpdate(context, to, &count, octets(text), length_of(text)) == 1) &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context, text.empty() ? nothing : to + count, &last) == 1;
  if (!good) std::ranges::fill(out, '\0');
  return good;
}

}  // namespace purser::gateway
