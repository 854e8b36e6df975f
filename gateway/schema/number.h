// A JSON number of any length, compared exactly as it is written.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// ±0.DIGITS × 10^exponent without zeros at either end; no digits: zero.
struct Number {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  /// Empty if the text is no number of JSON (RFC 8259 section 6), or its exponent has more than 9 digits.
  /// [any]
  static std::optional<Number> parse(std::string_view text);
  /// 1.0 and 1e2 are whole numbers (JSON Schema 2020-12, section 4.2.3).
  [[nodiscard]] bool is_whole() const { return exponent >= static_cast<std::int64_t>(digits.size()); }
  friend bool operator==(const Number&, const Number&) = default;
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);
};

}  // namespace purser::gateway
