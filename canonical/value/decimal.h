// Exact decimal numbers: amounts, quantities, prices, percentages and rates.
#pragma once

#include <compare>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace purser {

/// Why a text is not a Decimal.
enum class DecimalError : std::uint8_t {
  empty,           ///< no digit at all
  not_a_number,    ///< a character that does not belong
  too_many_digits  ///< more than Decimal::max_digits significant digits; never rounded silently
};

/// How a result that does not fit its scale is brought to it. Always named, never implied.
enum class Rounding : std::uint8_t {
  half_up,    ///< ties away from zero: commercial rounding, EN 16931 (clause 6.5) and most tax laws
  half_even,  ///< ties to the even digit: "banker's rounding"
  down,       ///< towards zero
  up          ///< away from zero
};

/// A decimal number: coefficient × 10^-scale. "100.00" keeps its two decimals, so writing gives back what
/// was read; comparison is by value (1.0 == 1.00). Trivially copyable; every function is [any] thread.
class Decimal {
 public:
  static constexpr int max_digits = 18;  ///< ISO 20022 DecimalNumber: totalDigits 18; fits int64 exactly
  static constexpr int max_scale = 18;   ///< so that scale alone can use up all digits, never more

  constexpr Decimal() = default;
  /// `scale` in [0, max_scale]; |coefficient| < 10^18. Precondition, checked in debug builds.
  constexpr Decimal(std::int64_t coefficient, int scale)
      : coefficient_(coefficient), scale_(static_cast<std::uint8_t>(scale)) {}

  /// Plain notation only: optional sign, digits, at most one `mark`, no grouping, no exponent, no blanks.
  /// Leading zeros are dropped, trailing ones kept.
  static std::expected<Decimal, DecimalError> parse(std::string_view text, char mark = '.');
  /// XML Schema and JSON numbers may carry an exponent ("1E3"): accepted here if the value fits exactly.
  static std::expected<Decimal, DecimalError> parse_scientific(std::string_view text);

  [[nodiscard]] constexpr std::int64_t coefficient() const { return coefficient_; }
  [[nodiscard]] constexpr int scale() const { return scale_; }
  [[nodiscard]] constexpr bool is_zero() const { return coefficient_ == 0; }
  [[nodiscard]] constexpr bool is_negative() const { return coefficient_ < 0; }
  /// Decimals that are needed: 1.500 has one. EN 16931 BR-DEC rules count these as written: use scale()
  /// there.
  [[nodiscard]] int significant_scale() const;

  /// Plain notation with `mark`, all decimals kept: "-12.50".
  [[nodiscard]] std::string text(char mark = '.') const;
  /// Appends the same to `out`; no allocation besides the string's own growth.
  void append_to(std::string& out, char mark = '.') const;

  /// Exactly `scale` decimals. Fails only if the result needs more than max_digits.
  [[nodiscard]] std::expected<Decimal, DecimalError> rounded(int scale, Rounding mode) const;
  [[nodiscard]] Decimal normalized() const;  ///< without trailing zero decimals
  [[nodiscard]] constexpr Decimal negated() const { return Decimal(-coefficient_, scale_); }

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  static std::expected<Decimal, DecimalError> parse_short(std::string_view text, char mark);

  std::int64_t coefficient_ = 0;
  std::uint8_t scale_ = 0;
};

/// Exact sums and products with __int128 inside. Each fails with too_many_digits instead of rounding.
std::expected<Decimal, DecimalError> add(Decimal a, Decimal b);
std::expected<Decimal, DecimalError> subtract(Decimal a, Decimal b);
std::expected<Decimal, DecimalError> multiply(Decimal a, Decimal b);
/// a × b rounded to `scale`; the exact product may exceed max_digits, only the result must fit.
std::expected<Decimal, DecimalError> multiply(Decimal a, Decimal b, int scale, Rounding mode);
/// a ÷ b rounded to `scale`; b zero gives not_a_number.
std::expected<Decimal, DecimalError> divide(Decimal a, Decimal b, int scale, Rounding mode);

}  // namespace purser
