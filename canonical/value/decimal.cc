#include "canonical/value/decimal.h"

#include <array>

namespace purser {
namespace {

__extension__ typedef __int128 Wide;

constexpr int wide_powers = 38;  // 10^37 is the largest power a signed 128-bit integer needs here

constexpr std::array<Wide, wide_powers> make_powers() {
  std::array<Wide, wide_powers> powers{};
  Wide power = 1;
  for (int i = 0; i < wide_powers; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i + 1 < wide_powers) power *= 10;
  }
  return powers;
}
constexpr std::array<Wide, wide_powers> powers_of_ten = make_powers();
constexpr Wide limit = powers_of_ten[Decimal::max_digits];

Wide power_of_ten(int exponent) { return powers_of_ten[static_cast<std::size_t>(exponent)]; }

std::expected<Decimal, DecimalError> fit(Wide coefficient, int scale) {
  if (coefficient >= limit || coefficient <= -limit || scale > Decimal::max_scale)
    return std::unexpected(DecimalError::too_many_digits);
  return Decimal(static_cast<std::int64_t>(coefficient), scale);
}

/// numerator ÷ denominator as an integer by `mode`. The signs are handled apart so that "up" means away from
/// 0.
Wide divide_rounded(Wide numerator, Wide denominator, Rounding mode) {
  bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;
  bool up = false;
  switch (mode) {
    case Rounding::half_up:
      up = rest >= denominator - rest;
      break;
    case Rounding::half_even:
      up = rest > denominator - rest || (rest == denominator - rest && quotient % 2 == 1);
      break;
    case Rounding::down:
      break;
    case Rounding::up:
      up = rest != 0;
      break;
  }
  if (up) ++quotient;
  return negative ? -quotient : quotient;
}

/// A coefficient of up to 36 digits with `from` decimals, brought to `to` decimals.
std::expected<Decimal, DecimalError> rescale(Wide coefficient, int from, int to, Rounding mode) {
  if (to < 0 || to > Decimal::max_scale) return std::unexpected(DecimalError::too_many_digits);
  if (to < from) return fit(divide_rounded(coefficient, power_of_ten(from - to), mode), to);
  if (coefficient >= limit || coefficient <= -limit) return std::unexpected(DecimalError::too_many_digits);
  return fit(coefficient * power_of_ten(to - from), to);
}

}  // namespace

/// A text so short that none of its digits can be one too many.
std::expected<Decimal, DecimalError> Decimal::parse_short(std::string_view text, char mark) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t coefficient = 0;
  int digits = 0, whole = -1;  // digits before the mark
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      coefficient = coefficient * 10 + (c - '0');
      ++digits;
    } else if (c == mark && whole < 0) {
      whole = digits;
    } else {
      return std::unexpected(DecimalError::not_a_number);
    }
  }
  if (digits == 0) return std::unexpected(DecimalError::empty);
  return Decimal(negative ? -coefficient : coefficient, whole < 0 ? 0 : digits - whole);
}

std::expected<Decimal, DecimalError> Decimal::parse(std::string_view text, char mark) {
  if (text.size() <= max_digits) return parse_short(text, mark);
  bool negative = text[0] == '-';
  std::size_t i = negative || text[0] == '+' ? 1 : 0;
  std::int64_t coefficient = 0;
  int digits = 0;
  int scale = 0;
  bool seen_digit = false;
  bool seen_mark = false;
  std::size_t zeros = 0;  // of the fraction, not taken yet: at its end they say nothing, so they need not fit
  bool overflow = false;
  const auto take = [&](char c) {
    if (overflow) return;
    const int more = digits > 0 || c != '0' ? 1 : 0;
    if (digits + more > max_digits || (seen_mark && scale == max_scale)) {
      overflow = true;  // still look at the rest: a wrong character is the more useful answer
      return;
    }
    digits += more;
    if (seen_mark) ++scale;
    coefficient = coefficient * 10 + (c - '0');
  };
  for (; i < text.size(); ++i) {
    char c = text[i];
    if (c == '0' && seen_mark) {
      seen_digit = true;
      ++zeros;
    } else if (c >= '0' && c <= '9') {
      seen_digit = true;
      for (; zeros > 0 && !overflow; --zeros) take('0');
      take(c);
    } else if (c == mark && !seen_mark) {
      seen_mark = true;
    } else {
      return std::unexpected(DecimalError::not_a_number);
    }
  }
  if (!seen_digit) return std::unexpected(DecimalError::empty);
  if (overflow) return std::unexpected(DecimalError::too_many_digits);
  for (; zeros > 0 && !overflow; --zeros) take('0');
  return Decimal(negative ? -coefficient : coefficient, scale);
}

std::expected<Decimal, DecimalError> Decimal::parse_scientific(std::string_view text) {
  std::size_t mark = text.find_first_of("eE");
  if (mark == std::string_view::npos) return parse(text);
  auto mantissa = parse(text.substr(0, mark));
  if (!mantissa) return mantissa;
  std::string_view digits = text.substr(mark + 1);
  bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty()) return std::unexpected(DecimalError::not_a_number);
  int exponent = 0;
  constexpr int enough = 1000;  // beyond any exponent that can fit; stops the sum from overflowing
  for (char c : digits) {
    if (c < '0' || c > '9') return std::unexpected(DecimalError::not_a_number);
    if (exponent < enough) exponent = exponent * 10 + (c - '0');
  }
  if (mantissa->is_zero() && (exponent > max_scale || !negative))
    return Decimal(0, negative ? 0 : mantissa->scale());
  Decimal value = *mantissa;
  int scale = value.scale() - (negative ? -exponent : exponent);
  if (scale > max_scale) {
    value = value.normalized();
    scale = value.scale() - (negative ? -exponent : exponent);
  }
  if (scale > max_scale || scale < -max_digits) return std::unexpected(DecimalError::too_many_digits);
  if (scale >= 0) return fit(value.coefficient(), scale);
  return fit(static_cast<Wide>(value.coefficient()) * power_of_ten(-scale), 0);
}

int Decimal::significant_scale() const {
  std::int64_t rest = coefficient_;
  int scale = scale_;
  while (scale > 0 && rest % 10 == 0) {
    rest /= 10;
    --scale;
  }
  return scale;
}

std::string Decimal::text(char mark) const {
  std::string out;
  append_to(out, mark);
  return out;
}

void Decimal::append_to(std::string& out, char mark) const {
  char buffer[max_digits + 4];  // digits, sign, mark and a leading zero
  char* const end = buffer + sizeof buffer;
  char* at = end;
  std::uint64_t rest = coefficient_ < 0 ? 0 - static_cast<std::uint64_t>(coefficient_)
                                        : static_cast<std::uint64_t>(coefficient_);
  int written = 0;
  while (rest != 0 || written <= scale_) {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
    ++written;
    if (written == scale_) *--at = mark;
  }
  if (coefficient_ < 0) *--at = '-';
  out.append(at, static_cast<std::size_t>(end - at));
}

std::expected<Decimal, DecimalError> Decimal::rounded(int scale, Rounding mode) const {
  return rescale(coefficient_, scale_, scale, mode);
}

Decimal Decimal::normalized() const {
  int wanted = significant_scale();
  std::int64_t rest = coefficient_;
  for (int i = scale_; i > wanted; --i) rest /= 10;
  return Decimal(rest, wanted);
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.scale_ == b.scale_) return a.coefficient_ <=> b.coefficient_;
  Wide left = a.coefficient_;
  Wide right = b.coefficient_;
  if (a.scale_ < b.scale_)
    left *= power_of_ten(b.scale_ - a.scale_);
  else
    right *= power_of_ten(a.scale_ - b.scale_);
  if (left < right) return std::strong_ordering::less;
  return left > right ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::expected<Decimal, DecimalError> add(Decimal a, Decimal b) {
  int scale = a.scale() > b.scale() ? a.scale() : b.scale();
  return fit(
      a.coefficient() * power_of_ten(scale - a.scale()) + b.coefficient() * power_of_ten(scale - b.scale()),
      scale);
}

std::expected<Decimal, DecimalError> subtract(Decimal a, Decimal b) { return add(a, b.negated()); }

std::expected<Decimal, DecimalError> multiply(Decimal a, Decimal b) {
  Wide product = static_cast<Wide>(a.coefficient()) * b.coefficient();
  int scale = a.scale() + b.scale();
  while (scale > 0 && (scale > Decimal::max_scale || product >= limit || product <= -limit) &&
         product % 10 == 0) {
    product /= 10;
    --scale;
  }
  return fit(product, scale);
}

std::expected<Decimal, DecimalError> multiply(Decimal a, Decimal b, int scale, Rounding mode) {
  return rescale(static_cast<Wide>(a.coefficient()) * b.coefficient(), a.scale() + b.scale(), scale, mode);
}

std::expected<Decimal, DecimalError> divide(Decimal a, Decimal b, int scale, Rounding mode) {
  if (b.is_zero()) return std::unexpected(DecimalError::not_a_number);
  if (scale < 0 || scale > Decimal::max_scale) return std::unexpected(DecimalError::too_many_digits);
  // value = a.c × 10^(scale + b.scale - a.scale) ÷ b.c; the exponent lies in [-18, 36].
  int exponent = scale + b.scale() - a.scale();
  Wide numerator = a.coefficient();
  Wide denominator = b.coefficient();
  if (exponent < 0) return fit(divide_rounded(numerator, denominator * power_of_ten(-exponent), mode), scale);
  if (exponent <= Decimal::max_scale)
    return fit(divide_rounded(numerator * power_of_ten(exponent), denominator, mode), scale);
  // Too wide for one step: divide to 18 decimals more, keeping the rest, then go on by digits.
  bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;
  for (int i = 0; i < exponent; ++i) {
    rest *= 10;
    quotient = quotient * 10 + rest / denominator;
    rest %= denominator;
    if (quotient >= limit) return std::unexpected(DecimalError::too_many_digits);
  }
  quotient += divide_rounded(rest, denominator, mode == Rounding::half_even ? Rounding::down : mode);
  if (mode == Rounding::half_even) {
    Wide other = denominator - rest;
    if (rest > other || (rest == other && quotient % 2 == 1)) ++quotient;
  }
  return fit(negative ? -quotient : quotient, scale);
}

}  // namespace purser
