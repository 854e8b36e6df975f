// AES-256-GCM and HKDF-SHA256 as everything that is sealed uses them.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct evp_cipher_ctx_st;

namespace purser::gateway {

inline constexpr std::size_t key_bytes = 32;    ///< AES-256
inline constexpr std::size_t nonce_bytes = 12;  ///< 96 bits: NIST SP 800-38D, 5.2.1.1, what GCM is made for
inline constexpr std::size_t tag_bytes = 16;    ///< 128 bits: the longest tag GCM has

/// A key's 32 bytes, overwritten when they go. Value type.
class SecretKey {
 public:
  SecretKey() = default;
  explicit SecretKey(std::span<const unsigned char, key_bytes> bytes);
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  [[nodiscard]] const unsigned char* octets() const { return bytes_.data(); }
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  /// Fresh from the kernel. Throws std::system_error if it refuses.
  static SecretKey fresh();

 private:
  std::array<unsigned char, key_bytes> bytes_{};
};

/// Random bytes that need not be secret: salts, nonces. Throws as fresh() does. [any]
std::string random_octets(std::size_t count);

/// RFC 5869 with SHA-256; 32 bytes. [any]
SecretKey hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info);

/// AES-256-GCM under one key (NIST SP 800-38D). Never give one nonce twice to seal(). [serial]
class Gcm {
 public:
  enum class Use : unsigned char { seal, open };
  Gcm(const SecretKey& key, Use use);
  ~Gcm();
  Gcm(const Gcm&) = delete;
  Gcm& operator=(const Gcm&) = delete;

  /// Appends ciphertext and tag. `with` is authenticated and not written.
  void seal(std::string_view nonce, std::string_view with, std::string_view plain, std::string& out);
  /// `sealed` is ciphertext and tag; `out` has room for the ciphertext's length. False: another key, nonce or
  /// `with`, or it was changed; then `out` holds zeros.
  bool open(std::string_view nonce, std::string_view with, std::string_view sealed, std::span<char> out);

 private:
  struct Free {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

}  // namespace purser::gateway
