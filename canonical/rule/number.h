// Exact numbers while a rule computes: wider than a Decimal, so that sums of many amounts never lose a digit.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "canonical/value/decimal.h"

namespace purser::rule {

/// coefficient × 10^-scale with a coefficient of at most max_digits digits. Every operation is exact or gives
/// nothing; a rule treats nothing as "has no value". Trivially copyable; every function is [any].
class Number {
 public:
  /// Ten million amounts of 18 digits sum up to 25 digits; a rate more makes 36. 10^37 fits __int128.
  static constexpr int max_digits = 37;
  __extension__ typedef __int128 Wide;

  constexpr Number() = default;
  constexpr Number(Wide coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}
  constexpr explicit Number(const Decimal& decimal)
      : coefficient_(decimal.coefficient()), scale_(decimal.scale()) {}

  [[nodiscard]] constexpr bool is_zero() const { return coefficient_ == 0; }
  [[nodiscard]] constexpr int scale() const { return scale_; }
  [[nodiscard]] constexpr Wide coefficient() const { return coefficient_; }
  [[nodiscard]] constexpr Number negated() const { return {-coefficient_, scale_}; }
  [[nodiscard]] constexpr Number absolute() const {
    return {coefficient_ < 0 ? -coefficient_ : coefficient_, scale_};
  }
  /// Exactly `digits` decimals, ties upward (towards plus infinity), as fn:round of XPath does: the way the
  /// published EN 16931 validation artefacts round.
  [[nodiscard]] std::optional<Number> rounded(int digits) const;
  [[nodiscard]] Number normalized() const;  ///< without trailing zero decimals
  [[nodiscard]] std::string text() const;   ///< "-12.50"

 private:
  Wide coefficient_ = 0;
  int scale_ = 0;
};

std::optional<Number> add(const Number& a, const Number& b);
std::optional<Number> multiply(const Number& a, const Number& b);
/// Exact where it ends within 12 decimals, otherwise cut there: more than any rule rounds to.
std::optional<Number> divide(const Number& a, const Number& b);
/// By value: 1.0 equals 1.00.
std::strong_ordering compare(const Number& a, const Number& b);

}  // namespace purser::rule
