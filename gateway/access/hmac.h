// HMAC (RFC 2104) over texts and over bodies that lie in files.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/intake/http_front.h"

namespace purser::gateway {

using Mac = std::array<std::uint8_t, 32>;

/// One computation. Not thread safe.
class Hmac {
 public:
  /// `digest` is SHA256, SHA384 or SHA512; another is a defect (throws).
  explicit Hmac(std::string_view key, std::string_view digest = "SHA256");
  ~Hmac();
  Hmac(Hmac&&) noexcept;
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;
  void add(std::string_view piece);
  std::string finish();  ///< as many bytes as the digest has

 private:
  struct Context;
  static std::unique_ptr<Context>& spare();
  std::unique_ptr<Context> context_;
};

Mac hmac_sha256(std::string_view key, std::string_view text);  ///< [any]
/// In time that does not depend on where they differ. Lengths are not secret. [any]
bool equal_in_constant_time(std::string_view a, std::string_view b);
std::string_view bytes_of(const Mac& mac);

/// Calls `take` with the body's pieces in order. False if its file cannot be read.
bool for_each_piece(const Body& body, const std::function<void(std::string_view)>& take);
/// SHA-256 of a body in hexadecimal; empty if its file cannot be read.
std::string body_digest(const Body& body);

}  // namespace purser::gateway
