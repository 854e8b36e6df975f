#include "canonical/rule/number.h"

#include <algorithm>
#include <array>

namespace purser::rule {
namespace {

using Wide = Number::Wide;

constexpr auto powers = [] {
  std::array<Wide, Number::max_digits + 2> all{};
  all[0] = 1;
  for (std::size_t i = 1; i < all.size(); ++i) all[i] = all[i - 1] * 10;
  return all;
}();
constexpr Wide bound = powers[Number::max_digits];

constexpr Wide power(int digits) { return powers[static_cast<std::size_t>(digits)]; }

/// `value` × 10^digits, nothing where that needs too many digits.
std::optional<Wide> scaled(Wide value, int digits) {
  if (digits == 0) return value;
  if (digits > Number::max_digits) return value == 0 ? std::optional<Wide>(0) : std::nullopt;
  const Wide room = bound / power(digits);
  if (value >= room || value <= -room) return std::nullopt;
  return value * power(digits);
}

std::optional<Number> checked(Wide coefficient, int scale) {
  if (coefficient >= bound || coefficient <= -bound) return std::nullopt;
  return Number(coefficient, scale);
}

}  // namespace

std::optional<Number> Number::rounded(int digits) const {
  if (scale_ <= digits) {
    const auto wide = scaled(coefficient_, digits - scale_);
    return wide ? std::optional(Number(*wide, digits)) : std::nullopt;
  }
  const int cut = scale_ - digits;
  if (cut > max_digits) return Number(0, digits);
  const Wide unit = power(cut);
  Wide whole = coefficient_ / unit;
  Wide rest = coefficient_ % unit;
  if (rest < 0) {  // floor
    rest += unit;
    --whole;
  }
  if (rest >= unit - rest) ++whole;
  return Number(whole, digits);
}

Number Number::normalized() const {
  Number out = *this;
  while (out.scale_ > 0 && out.coefficient_ % 10 == 0) {
    out.coefficient_ /= 10;
    --out.scale_;
  }
  return out;
}

std::string Number::text() const {
  Wide rest = coefficient_ < 0 ? -coefficient_ : coefficient_;
  std::string digits;
  for (int i = 0; rest != 0 || i <= scale_; ++i, rest /= 10) {
    if (i == scale_ && scale_ > 0) digits += '.';
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  if (coefficient_ < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::optional<Number> add(const Number& a, const Number& b) {
  if (a.scale() == b.scale()) return checked(a.coefficient() + b.coefficient(), a.scale());
  const int scale = std::max(a.scale(), b.scale());
  const auto left = scaled(a.coefficient(), scale - a.scale());
  const auto right = scaled(b.coefficient(), scale - b.scale());
  if (!left || !right) return std::nullopt;
  return checked(*left + *right, scale);
}

std::optional<Number> multiply(const Number& a, const Number& b) {
  const Number left = a.normalized(), right = b.normalized();
  Wide product = 0;
  if (__builtin_mul_overflow(left.coefficient(), right.coefficient(), &product)) return std::nullopt;
  return checked(product, left.scale() + right.scale());
}

std::optional<Number> divide(const Number& a, const Number& b) {
  constexpr int decimals = 12;
  if (b.is_zero()) return std::nullopt;
  const Number left = a.normalized(), right = b.normalized();
  const int shift = decimals + right.scale() - left.scale();
  const auto dividend = scaled(left.coefficient(), std::max(0, shift));
  const auto divisor = scaled(right.coefficient(), std::max(0, -shift));
  if (!dividend || !divisor) return std::nullopt;
  return Number(*dividend / *divisor, decimals).normalized();
}

std::strong_ordering compare(const Number& a, const Number& b) {
  if (a.scale() == b.scale()) return a.coefficient() <=> b.coefficient();
  const int scale = std::max(a.scale(), b.scale());
  const auto left = scaled(a.coefficient(), scale - a.scale());
  const auto right = scaled(b.coefficient(), scale - b.scale());
  if (left && right) return *left <=> *right;
  // The one that needs too many digits is the greater in size.
  if (!left) return a.coefficient() <=> 0;
  return 0 <=> b.coefficient();
}

}  // namespace purser::rule
