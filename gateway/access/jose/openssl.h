// For sources that call OpenSSL themselves: ownership of what it gives, and the curves.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/bn.h>
#include <openssl/err.h>

#include "gateway/access/jose/crypto.h"

namespace purser::gateway {

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* value) const {
    free(value);
  }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

// OpenSSL's queue of errors belongs to the thread; what lies in it would be taken for the next TLS call's.
struct CleanErrors {
  CleanErrors() = default;
  CleanErrors(const CleanErrors&) = delete;
  CleanErrors& operator=(const CleanErrors&) = delete;
  ~CleanErrors() { ERR_clear_error(); }
};

inline const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

inline Number number_of(std::string_view bytes) {
  return Number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
}

struct Curve {
  KeyKind kind;
  const char* group;
  std::size_t bytes;  // of a coordinate
};
inline constexpr std::array curves = {Curve{KeyKind::p256, "prime256v1", 32},
                                      Curve{KeyKind::p384, "secp384r1", 48},
                                      Curve{KeyKind::p521, "secp521r1", 66}};

/// Null for a kind without coordinates.
inline const Curve* curve_of(KeyKind kind) {
  auto found = std::find_if(curves.begin(), curves.end(), [&](const Curve& c) { return c.kind == kind; });
  return found == curves.end() ? nullptr : &*found;
}

}  // namespace purser::gateway
