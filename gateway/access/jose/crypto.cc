#include "gateway/access/jose/crypto.h"

#include <algorithm>
#include <array>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "gateway/access/jose/openssl.h"

namespace purser::gateway {
namespace {

// Ed25519 points of order 1, 2, 4 and 8 and their second spellings, sign bit aside: with such a key one
// signature fits many messages.
constexpr std::array<std::string_view, 7> small_order = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, Freed<EVP_PKEY_free>()}; }

std::string_view without_leading_zeros(std::string_view bytes) {
  while (bytes.starts_with('\0')) bytes.remove_prefix(1);
  return bytes;
}

std::shared_ptr<EVP_PKEY> key_from(const char* type, OSSL_PARAM_BLD* builder, bool is_private) {
  Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  int what = is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
  if (EVP_PKEY_fromdata(context.get(), &key, what, parameters.get()) != 1) return nullptr;
  return shared(key);
}

std::optional<KeyKind> kind_of(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "RSA-PSS") == 1) return KeyKind::rsa;
  if (EVP_PKEY_is_a(key, "ED25519") == 1) return KeyKind::ed25519;
  std::array<char, 64> group{};
  std::size_t length = 0;
  if (EVP_PKEY_is_a(key, "EC") != 1 ||
      EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) !=
          1)
    return std::nullopt;
  for (const auto& curve : curves) {
    if (std::string_view(group.data(), length) == curve.group) return curve.kind;
  }
  return std::nullopt;
}

std::string big_endian(EVP_PKEY* key, const char* parameter, std::size_t width) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, parameter, &raw) != 1) return {};
  Number number(raw);
  std::string bytes(width == 0 ? static_cast<std::size_t>(BN_num_bytes(raw)) : width, '\0');
  if (BN_bn2binpad(raw, octets(bytes), static_cast<int>(bytes.size())) < 0) return {};
  return bytes;
}

bool is_small_order(std::string_view point) {
  std::string y(point);
  y.back() = static_cast<char>(static_cast<unsigned char>(y.back()) & 0x7fU);
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (char c : y) {
    hex += digits[static_cast<unsigned char>(c) >> 4U];
    hex += digits[static_cast<unsigned char>(c) & 15U];
  }
  return std::find(small_order.begin(), small_order.end(), hex) != small_order.end();
}

// Whether y is 2^255 - 19 or more: RFC 8032 section 5.1.3 has no such point, OpenSSL takes it for a smaller one, and
// two spellings of one key would be two keys.
bool is_beyond_field(std::string_view point) {
  constexpr unsigned lowest = 0xed;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(point[i]); };
  if (byte(0) < lowest || (byte(point.size() - 1) & 0x7fU) != 0x7fU) return false;
  return point.substr(1, point.size() - 2).find_first_not_of('\xff') == std::string_view::npos;
}

const char* rsa_fault(std::string_view modulus, std::string_view exponent) {
  if (modulus.empty() || exponent.empty()) return "an RSA key needs n and e";
  if (modulus.size() > max_rsa_bits / 8) return "the RSA modulus is longer than 8192 bits";
  Number n = number_of(modulus);
  if (BN_num_bits(n.get()) < min_rsa_bits) return "the RSA modulus is shorter than 2048 bits";
  if (BN_is_odd(n.get()) != 1) return "the RSA modulus is even";
  if (exponent.size() > max_rsa_exponent_bytes) return "the RSA exponent is longer than 32 bits";
  Number e = number_of(exponent);
  if (BN_is_odd(e.get()) != 1 || BN_is_one(e.get()) == 1) return "the RSA exponent is 1 or even";
  return nullptr;
}

std::string text_of(const Memory& memory) {
  char* data = nullptr;
  long length = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(std::max(0L, length))};
}

}  // namespace

std::string_view name(KeyKind kind) {
  switch (kind) {
    case KeyKind::rsa:
      return "RSA";
    case KeyKind::p256:
      return "P-256";
    case KeyKind::p384:
      return "P-384";
    case KeyKind::p521:
      return "P-521";
    case KeyKind::ed25519:
      return "Ed25519";
    case KeyKind::secret:
      return "secret";
  }
  return "";
}

std::expected<CryptoKey, std::string> CryptoKey::rsa(std::string_view modulus, std::string_view exponent) {
  CleanErrors clean;
  modulus = without_leading_zeros(modulus);
  exponent = without_leading_zeros(exponent);
  if (const char* fault = rsa_fault(modulus, exponent)) return std::unexpected(fault);
  Builder builder(OSSL_PARAM_BLD_new());
  Number n = number_of(modulus);
  Number e = number_of(exponent);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  auto key = key_from("RSA", builder.get(), false);
  if (!key) return std::unexpected("this is no RSA key");
  return CryptoKey(KeyKind::rsa, std::move(key), false);
}

std::expected<CryptoKey, std::string> CryptoKey::ec(KeyKind kind, std::string_view x, std::string_view y,
                                                    std::string_view d) {
  CleanErrors clean;
  const Curve* curve = curve_of(kind);
  if (curve == nullptr) return std::unexpected("the curve is none of P-256, P-384 and P-521");
  if (x.size() != curve->bytes || y.size() != curve->bytes || (!d.empty() && d.size() != curve->bytes))
    return std::unexpected("a coordinate is not as long as the curve's field");
  std::string point = "\x04" + std::string(x) + std::string(y);
  Builder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
  Number secret = number_of(d);
  if (!d.empty()) OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
  auto key = key_from("EC", builder.get(), !d.empty());
  if (!key) return std::unexpected("the point is not on the curve");
  return checked(std::move(key), !d.empty());
}

std::expected<CryptoKey, std::string> CryptoKey::ed25519(std::string_view point) {
  CleanErrors clean;
  if (point.size() != 32) return std::unexpected("an Ed25519 key has 32 bytes");
  if (is_beyond_field(point)) return std::unexpected("the Ed25519 key is written as no one writes it");
  if (is_small_order(point)) return std::unexpected("the Ed25519 key is a point of small order");
  auto key = shared(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(point), point.size()));
  if (!key) return std::unexpected("this is no Ed25519 key");
  return CryptoKey(KeyKind::ed25519, std::move(key), false);
}

std::expected<CryptoKey, std::string> CryptoKey::ed25519_private(std::string_view seed) {
  CleanErrors clean;
  if (seed.size() != 32) return std::unexpected("an Ed25519 private key has 32 bytes");
  auto key = shared(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()));
  if (!key) return std::unexpected("this is no Ed25519 key");
  return CryptoKey(KeyKind::ed25519, std::move(key), true);
}

std::expected<CryptoKey, std::string> CryptoKey::secret(std::string_view bytes) {
  if (bytes.empty() || bytes.size() > max_secret_key_bytes)
    return std::unexpected("a secret has 1 to 1024 bytes");
  return CryptoKey(std::string(bytes));
}

std::expected<CryptoKey, std::string> CryptoKey::pem(std::string_view text) {
  CleanErrors clean;
  auto memory = [&] { return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); };
  auto no_password = [](char*, int, int, void*) { return 0; };
  if (text.find("PRIVATE KEY-----") != std::string_view::npos) {
    auto key = shared(PEM_read_bio_PrivateKey(memory().get(), nullptr, no_password, nullptr));
    if (!key) return std::unexpected("the private key cannot be read");
    return checked(std::move(key), true);
  }
  if (text.find("BEGIN CERTIFICATE") != std::string_view::npos) {
    std::unique_ptr<X509, Freed<X509_free>> certificate(
        PEM_read_bio_X509(memory().get(), nullptr, no_password, nullptr));
    auto key = certificate ? shared(X509_get_pubkey(certificate.get())) : nullptr;
    if (!key) return std::unexpected("the certificate cannot be read");
    return checked(std::move(key), false);
  }
  auto key = shared(PEM_read_bio_PUBKEY(memory().get(), nullptr, no_password, nullptr));
  if (!key) return std::unexpected("this is no public key in PEM");
  return checked(std::move(key), false);
}

std::expected<CryptoKey, std::string> CryptoKey::checked(std::shared_ptr<evp_pkey_st> key, bool is_private) {
  auto kind = kind_of(key.get());
  if (!kind) return std::unexpected("the key is none of RSA, P-256, P-384, P-521 and Ed25519");
  CryptoKey result(*kind, std::move(key), is_private);
  if (*kind == KeyKind::rsa) {
    auto [n, e] = result.coordinates();
    if (const char* fault = rsa_fault(n, e)) return std::unexpected(fault);
  } else if (*kind == KeyKind::ed25519) {
    if (is_beyond_field(result.raw_public()) || is_small_order(result.raw_public()))
      return std::unexpected("the Ed25519 key is a point of small order");
  } else {
    KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, result.native(), nullptr));
    if (EVP_PKEY_public_check(context.get()) != 1) return std::unexpected("the point is not on the curve");
    if (is_private && EVP_PKEY_pairwise_check(context.get()) != 1)
      return std::unexpected("the private and the public key do not belong together");
  }
  return result;
}

std::expected<CryptoKey, std::string> CryptoKey::generate(KeyKind kind) {
  constexpr std::size_t rsa_bits = 3072;  // 128 bits of strength
  CleanErrors clean;
  EVP_PKEY* key = nullptr;
  if (kind == KeyKind::rsa) {
    key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", rsa_bits);
  } else if (kind == KeyKind::ed25519) {
    key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  } else if (const Curve* curve = curve_of(kind)) {
    key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve->group);
  }
  if (key == nullptr) return std::unexpected("no key of this kind could be made");
  return CryptoKey(kind, shared(key), true);
}

std::string CryptoKey::public_pem() const {
  Memory memory(BIO_new(BIO_s_mem()));
  if (!key_ || PEM_write_bio_PUBKEY(memory.get(), key_.get()) != 1) return {};
  return text_of(memory);
}

std::string CryptoKey::private_pem() const {
  Memory memory(BIO_new(BIO_s_secmem()));
  if (!key_ || !private_ ||
      PEM_write_bio_PKCS8PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return {};
  return text_of(memory);
}

std::string CryptoKey::raw_public() const {
  std::string raw(32, '\0');
  std::size_t length = raw.size();
  if (kind_ != KeyKind::ed25519 || EVP_PKEY_get_raw_public_key(key_.get(), octets(raw), &length) != 1)
    return {};
  return raw;
}

std::pair<std::string, std::string> CryptoKey::coordinates() const {
  if (kind_ == KeyKind::rsa) {
    return {big_endian(native(), OSSL_PKEY_PARAM_RSA_N, 0), big_endian(native(), OSSL_PKEY_PARAM_RSA_E, 0)};
  }
  const Curve* curve = curve_of(kind_);
  if (curve == nullptr) return {};
  return {big_endian(native(), OSSL_PKEY_PARAM_EC_PUB_X, curve->bytes),
          big_endian(native(), OSSL_PKEY_PARAM_EC_PUB_Y, curve->bytes)};
}

}  // namespace purser::gateway
