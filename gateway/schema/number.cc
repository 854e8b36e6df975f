#include "gateway/schema/number.h"

#include <charconv>

namespace purser::gateway {
namespace {

constexpr std::size_t max_exponent_digits = 9;  // what no amount needs; sums of them cannot overflow

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const auto digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

// How the sizes of two numbers stand, signs left aside.
std::strong_ordering by_size(const Number& a, const Number& b) {
  if (a.digits.empty() || b.digits.empty()) return a.digits.size() <=> b.digits.size();
  if (a.exponent != b.exponent) return a.exponent <=> b.exponent;
  return a.digits.compare(b.digits) <=> 0;
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  Number out;
  if (text.starts_with('-')) {
    out.negative = true;
    text.remove_prefix(1);
  }
  const auto whole = take_digits(text);
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) return std::nullopt;
  std::string_view part;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    part = take_digits(text);
    if (part.empty()) return std::nullopt;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    const bool minus = text.starts_with('-');
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.exponent);
    if (error != std::errc() || text.size() - (minus ? 1 : 0) > max_exponent_digits) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  if (!text.empty()) return std::nullopt;
  out.digits = std::string(whole) + std::string(part);
  out.exponent += static_cast<std::int64_t>(whole.size());
  const auto first = out.digits.find_first_not_of('0');
  if (first == std::string::npos) return Number{};
  out.digits.erase(0, first);
  out.exponent -= static_cast<std::int64_t>(first);
  out.digits.erase(out.digits.find_last_not_of('0') + 1);
  return out;
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (a.negative != b.negative)
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative ? by_size(b, a) : by_size(a, b);
}

}  // namespace purser::gateway
