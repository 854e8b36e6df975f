// Signature algorithms over OpenSSL 3, as one table: what a key of each kind can verify and sign.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace purser::gateway {

/// What a key is. An algorithm takes exactly one kind, so that no key is ever used for another's algorithm.
enum class KeyKind : std::uint8_t { rsa, p256, p384, p521, ed25519, secret };
std::string_view name(KeyKind kind);

enum class Padding : std::uint8_t { none, pkcs1, pss };

/// One algorithm. `jose` and `http` are its names in RFC 7518/8037 and in RFC 9421; empty: it has none there.
struct SignatureAlgorithm {
  std::string_view jose;
  std::string_view http;
  KeyKind kind;
  Padding padding;
  const char* digest;  ///< OpenSSL's name; null for Ed25519, which hashes by itself
};

/// The whole table.
std::span<const SignatureAlgorithm> signature_algorithms();
const SignatureAlgorithm* find_jose_algorithm(std::string_view name);  ///< "ES256"; case matters; or null
const SignatureAlgorithm* find_http_algorithm(std::string_view name);  ///< "ecdsa-p256-sha256"; or null

/// Limits on keys from outside. RSA below 2048 bits is broken soon (NIST SP 800-131A), above 8192 a
/// verification takes long enough to be an attack; so does a public exponent beyond 32 bits.
inline constexpr int min_rsa_bits = 2048;
inline constexpr int max_rsa_bits = 8192;
inline constexpr std::size_t max_rsa_exponent_bytes = 4;
inline constexpr std::size_t max_secret_key_bytes = 1024;

/// A key, public or private or a shared secret. Cheap to copy. Immutable. [any]
class CryptoKey {
 public:
  /// RSA from modulus and exponent, big endian. Refuses weak ones; the error says why.
  static std::expected<CryptoKey, std::string> rsa(std::string_view modulus, std::string_view exponent);
  /// A point of P-256, P-384 or P-521; refused if it is not on the curve. `d` empty: public.
  static std::expected<CryptoKey, std::string> ec(KeyKind curve, std::string_view x, std::string_view y,
                                                  std::string_view d = {});
  /// 32 bytes; points of small order are refused.
  static std::expected<CryptoKey, std::string> ed25519(std::string_view point);
  static std::expected<CryptoKey, std::string> ed25519_private(std::string_view seed);
  /// For HMAC.
  static std::expected<CryptoKey, std::string> secret(std::string_view bytes);
  /// SubjectPublicKeyInfo, certificate or unencrypted PKCS #8 private key.
  static std::expected<CryptoKey, std::string> pem(std::string_view text);
  /// A fresh private key: ed25519, p256, p384 or rsa (3072 bits).
  static std::expected<CryptoKey, std::string> generate(KeyKind kind);

  [[nodiscard]] KeyKind kind() const { return kind_; }
  [[nodiscard]] bool is_private() const { return private_; }
  [[nodiscard]] const std::string& secret_bytes() const { return secret_; }
  [[nodiscard]] evp_pkey_st* native() const { return key_.get(); }
  [[nodiscard]] std::string public_pem() const;
  [[nodiscard]] std::string private_pem() const;  ///< empty if there is none
  [[nodiscard]] std::string raw_public() const;   ///< Ed25519: 32 bytes; else empty
  /// x and y of an EC key, n and e of an RSA key; big endian, as a JWK has them.
  [[nodiscard]] std::pair<std::string, std::string> coordinates() const;

 private:
  CryptoKey(KeyKind kind, std::shared_ptr<evp_pkey_st> key, bool is_private)
      : kind_(kind), private_(is_private), key_(std::move(key)) {}
  explicit CryptoKey(std::string secret)
      : kind_(KeyKind::secret), private_(true), secret_(std::move(secret)) {}
  static std::expected<CryptoKey, std::string> checked(std::shared_ptr<evp_pkey_st> key, bool is_private);

  KeyKind kind_;
  bool private_;
  std::shared_ptr<evp_pkey_st> key_;
  std::string secret_;
};

/// Whether `signature` is the key's over `data`. False for a key of another kind, a signature of another
/// length than the algorithm's, values out of range. HMAC is compared in constant time. [any]
bool verify(const SignatureAlgorithm& algorithm, const CryptoKey& key, std::string_view data,
            std::string_view signature);
/// Nothing if the key is public or of another kind. [any]
std::optional<std::string> sign(const SignatureAlgorithm& algorithm, const CryptoKey& key,
                                std::string_view data);

}  // namespace purser::gateway
