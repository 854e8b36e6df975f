// The table of algorithms, and what they do.
#include <algorithm>
#include <array>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "gateway/access/jose/openssl.h"

namespace purser::gateway {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;

// PSS salts are as long as the digest everywhere: RFC 7518 section 3.5, RFC 9421 section 3.3.1.
constexpr std::array algorithms = {
    SignatureAlgorithm{"RS256", "rsa-v1_5-sha256", KeyKind::rsa, Padding::pkcs1, "SHA256"},
    SignatureAlgorithm{"RS384", "", KeyKind::rsa, Padding::pkcs1, "SHA384"},
    SignatureAlgorithm{"RS512", "", KeyKind::rsa, Padding::pkcs1, "SHA512"},
    SignatureAlgorithm{"PS256", "", KeyKind::rsa, Padding::pss, "SHA256"},
    SignatureAlgorithm{"PS384", "", KeyKind::rsa, Padding::pss, "SHA384"},
    SignatureAlgorithm{"PS512", "rsa-pss-sha512", KeyKind::rsa, Padding::pss, "SHA512"},
    SignatureAlgorithm{"ES256", "ecdsa-p256-sha256", KeyKind::p256, Padding::none, "SHA256"},
    SignatureAlgorithm{"ES384", "ecdsa-p384-sha384", KeyKind::p384, Padding::none, "SHA384"},
    SignatureAlgorithm{"ES512", "", KeyKind::p521, Padding::none, "SHA512"},
    SignatureAlgorithm{"EdDSA", "ed25519", KeyKind::ed25519, Padding::none, nullptr},
    SignatureAlgorithm{"HS256", "hmac-sha256", KeyKind::secret, Padding::none, "SHA256"},
    SignatureAlgorithm{"HS384", "", KeyKind::secret, Padding::none, "SHA384"},
    SignatureAlgorithm{"HS512", "", KeyKind::secret, Padding::none, "SHA512"},
};

// r and s, each as wide as the curve's coordinates, and back (RFC 7518 section 3.4).
std::string der_of(std::string_view signature) {
  auto half = signature.size() / 2;
  EcdsaSignature pair(ECDSA_SIG_new());
  Number r = number_of(signature.substr(0, half));
  Number s = number_of(signature.substr(half));
  if (!pair || BN_is_zero(r.get()) == 1 || BN_is_zero(s.get()) == 1) return {};
  ECDSA_SIG_set0(pair.get(), r.release(), s.release());
  int length = i2d_ECDSA_SIG(pair.get(), nullptr);
  if (length <= 0) return {};
  std::string der(static_cast<std::size_t>(length), '\0');
  auto* out = octets(der);
  i2d_ECDSA_SIG(pair.get(), &out);
  return der;
}

std::string pair_of(std::string_view der, std::size_t bytes) {
  const auto* in = octets(der);
  EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
  if (!pair) return {};
  std::string out(2 * bytes, '\0');
  int width = static_cast<int>(bytes);
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), octets(out), width);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), octets(out) + bytes, width);
  return out;
}

bool set_padding(EVP_PKEY_CTX* context, Padding padding) {
  if (padding == Padding::none) return true;
  if (padding == Padding::pkcs1) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

// Fetching a MAC takes longer than computing one: once for the process.
std::string mac_of(const char* digest, std::string_view key, std::string_view data) {
  static EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX_free>> context(EVP_MAC_CTX_new(hmac));
  std::string digest_name = digest;
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
                             OSSL_PARAM_construct_end()};
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  std::size_t length = 0;
  if (EVP_MAC_init(context.get(), octets(key), key.size(), parameters) != 1 ||
      EVP_MAC_update(context.get(), octets(data), data.size()) != 1 ||
      EVP_MAC_final(context.get(), octets(mac), &length, mac.size()) != 1)
    return {};
  mac.resize(length);
  return mac;
}

}  // namespace

std::span<const SignatureAlgorithm> signature_algorithms() { return algorithms; }

const SignatureAlgorithm* find_jose_algorithm(std::string_view name) {
  auto found =
      std::find_if(algorithms.begin(), algorithms.end(), [&](const auto& a) { return a.jose == name; });
  return found == algorithms.end() ? nullptr : &*found;
}

const SignatureAlgorithm* find_http_algorithm(std::string_view name) {
  if (name.empty()) return nullptr;
  auto found =
      std::find_if(algorithms.begin(), algorithms.end(), [&](const auto& a) { return a.http == name; });
  return found == algorithms.end() ? nullptr : &*found;
}

bool verify(const SignatureAlgorithm& algorithm, const CryptoKey& key, std::string_view data,
            std::string_view signature) {
  if (algorithm.kind != key.kind()) return false;
  if (key.kind() == KeyKind::secret) {
    auto mac = mac_of(algorithm.digest, key.secret_bytes(), data);
    return !mac.empty() && mac.size() == signature.size() &&
           CRYPTO_memcmp(mac.data(), signature.data(), mac.size()) == 0;
  }
  CleanErrors clean;
  std::string der;
  if (const Curve* curve = curve_of(key.kind())) {
    if (signature.size() != 2 * curve->bytes) return false;
    der = der_of(signature);
    if (der.empty()) return false;
    signature = der;
  }
  DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* inner = nullptr;
  return EVP_DigestVerifyInit_ex(context.get(), &inner, algorithm.digest, nullptr, nullptr, key.native(),
                                 nullptr) == 1 &&
         set_padding(inner, algorithm.padding) &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(data), data.size()) == 1;
}

std::optional<std::string> sign(const SignatureAlgorithm& algorithm, const CryptoKey& key,
                                std::string_view data) {
  if (algorithm.kind != key.kind() || !key.is_private()) return std::nullopt;
  if (key.kind() == KeyKind::secret) return mac_of(algorithm.digest, key.secret_bytes(), data);
  CleanErrors clean;
  DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* inner = nullptr;
  std::size_t length = 0;
  if (EVP_DigestSignInit_ex(context.get(), &inner, algorithm.digest, nullptr, nullptr, key.native(),
                            nullptr) != 1 ||
      !set_padding(inner, algorithm.padding) ||
      EVP_DigestSign(context.get(), nullptr, &length, octets(data), data.size()) != 1)
    return std::nullopt;
  std::string signature(length, '\0');
  if (EVP_DigestSign(context.get(), octets(signature), &length, octets(data), data.size()) != 1)
    return std::nullopt;
  signature.resize(length);
  const Curve* curve = curve_of(key.kind());
  return curve != nullptr ? pair_of(signature, curve->bytes) : signature;
}

}  // namespace purser::gateway
