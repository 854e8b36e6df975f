#include "gateway/access/jose/crypto.h"

#include <algorithm>
#include <array>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace purser::gateway {
namespace {

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

struct Curve {
  KeyKind kind;
  const char* group;
  std::size_t bytes;  // of a coordinate
};
constexpr std::array curves = {Curve{KeyKind::p256, "prime256v1", 32}, Curve{KeyKind::p384, "secp384r1", 48},
                               Curve{KeyKind::p521, "secp521r1", 66}};

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

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* value) const {
    free(value);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free_all>>;

// OpenSSL's queue of errors belongs to the thread; what lies in it would be taken for the next TLS call's.
struct CleanErrors {
  CleanErrors() = default;
  CleanErrors(const CleanErrors&) = delete;
  CleanErrors& operator=(const CleanErrors&) = delete;
  ~CleanErrors() { ERR_clear_error(); }
};

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::shared_ptr<EVP_PKEY> shared(EVP_PKEY* key) { return {key, Freed<EVP_PKEY_free>()}; }

Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

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

const Curve* curve_of(KeyKind kind) {
  auto found = std::find_if(curves.begin(), curves.end(), [&](const Curve& c) { return c.kind == kind; });
  return found == curves.end() ? nullptr : &*found;
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
    if (is_small_order(result.raw_public()))
      return std::unexpected("the Ed25519 key is a point of small order");
  } else {
    KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, result.native(), nullptr));
    if (EVP_PKEY_public_check(context.get()) != 1) return std::unexpected("the point is not on the curve");
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
