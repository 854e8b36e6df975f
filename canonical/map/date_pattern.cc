#include "canonical/map/date_pattern.h"

#include <algorithm>
#include <array>

namespace purser::map {
namespace {

/// How many times the character at `at` is repeated.
std::size_t run(std::string_view pattern, std::size_t at) {
  std::size_t length = 1;
  while (at + length < pattern.size() && pattern[at + length] == pattern[at]) ++length;
  return length;
}

bool is_field(char c) { return c == 'y' || c == 'M' || c == 'd' || c == 'H' || c == 'm' || c == 's'; }

/// Digits from `text`, exactly `length` or, for length 1, one or two.
bool take_number(std::string_view& text, std::size_t length, int& value) {
  std::size_t used = 0;
  const std::size_t most = length == 1 ? 2 : length;
  value = 0;
  while (used < most && used < text.size() && text[used] >= '0' && text[used] <= '9') {
    value = value * 10 + (text[used] - '0');
    ++used;
  }
  if (used == 0 || (length > 1 && used != length)) return false;
  text.remove_prefix(used);
  return true;
}

void append_number(std::string& out, int value, std::size_t length) {
  const std::string digits = std::to_string(value);
  if (digits.size() > length && length == 2) {
    out.append(digits, digits.size() - 2);
    return;
  }
  if (digits.size() < length) out.append(length - digits.size(), '0');
  out += digits;
}

constexpr int full_year(int two_digits) { return two_digits < 70 ? 2000 + two_digits : 1900 + two_digits; }

struct CodePattern {
  std::string_view code, pattern;
};

// UN/EDIFACT code list 2379 (directory D01B), X12 data element 1250: those that are one point in time.
constexpr std::array code_patterns = {
    CodePattern{"102", "yyyyMMdd"}, CodePattern{"203", "yyyyMMddHHmm"}, CodePattern{"204", "yyyyMMddHHmmss"},
    CodePattern{"101", "yyMMdd"},   CodePattern{"201", "yyMMddHHmm"},   CodePattern{"202", "yyMMddHHmmss"},
    CodePattern{"2", "ddMMyy"},     CodePattern{"3", "MMddyy"},         CodePattern{"4", "ddMMyyyy"},
    CodePattern{"401", "HHmm"},     CodePattern{"402", "HHmmss"},       CodePattern{"602", "yyyy"},
    CodePattern{"610", "yyyyMM"},   CodePattern{"609", "yyMM"},         CodePattern{"D8", "yyyyMMdd"},
    CodePattern{"D6", "yyMMdd"},    CodePattern{"DT", "yyyyMMddHHmm"},  CodePattern{"TM", "HHmm"},
};

/// The first of "a|b|c", which is taken off.
std::string_view next_form(std::string_view& pattern) {
  const std::size_t end = std::min(pattern.find('|'), pattern.size());
  const std::string_view form = pattern.substr(0, end);
  pattern.remove_prefix(std::min(end + 1, pattern.size()));
  return form;
}

bool valid_form(std::string_view pattern) {
  std::string seen;
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    const std::size_t length = run(pattern, at);
    if (is_field(c)) {
      if (seen.find(c) != std::string::npos) return false;
      seen += c;
      const bool right =
          c == 'y' ? length == 4 || length == 2 : length == 2 || (length == 1 && (c == 'M' || c == 'd'));
      if (!right) return false;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z' && c != 'T' && c != 'Z') ||
               (c >= '0' && c <= '9')) {
      return false;
    }
    at += length;
  }
  return !seen.empty();
}

std::optional<DateTime> parse_form(std::string_view text, std::string_view pattern) {
  DateTime at;
  at.date = Date{0, 1, 1};
  bool dated = false;
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    const std::size_t length = run(pattern, i);
    i += length;
    if (!is_field(c)) {
      if (text.substr(0, length) != pattern.substr(i - length, length)) return std::nullopt;
      text.remove_prefix(length);
      continue;
    }
    int value = 0;
    if (!take_number(text, length, value)) return std::nullopt;
    dated = dated || c == 'y';
    if (c == 'y') at.date.year = static_cast<std::int16_t>(length == 2 ? full_year(value) : value);
    if (c == 'M') at.date.month = static_cast<std::uint8_t>(value);
    if (c == 'd') at.date.day = static_cast<std::uint8_t>(value);
    if (c == 'H') at.time.hour = static_cast<std::uint8_t>(value);
    if (c == 'm') at.time.minute = static_cast<std::uint8_t>(value);
    if (c == 's') at.time.second = static_cast<std::uint8_t>(value);
  }
  const bool timely = at.time.hour < 24 && at.time.minute < 60 && at.time.second < 60;
  if (!text.empty() || !timely || (dated && !is_valid(at.date))) return std::nullopt;
  return at;
}

}  // namespace

bool valid_pattern(std::string_view pattern) {
  bool valid = !pattern.empty() && pattern.back() != '|';
  while (valid && !pattern.empty()) valid = valid_form(next_form(pattern));
  return valid;
}

std::optional<DateTime> parse_by_pattern(std::string_view text, std::string_view pattern) {
  std::optional<DateTime> at;
  while (!at && !pattern.empty()) at = parse_form(text, next_form(pattern));
  return at;
}

void append_by_pattern(std::string& out, const DateTime& at, std::string_view pattern) {
  pattern = next_form(pattern);
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    const std::size_t length = run(pattern, i);
    if (c == 'y')
      append_number(out, at.date.year, length);
    else if (c == 'M')
      append_number(out, at.date.month, length);
    else if (c == 'd')
      append_number(out, at.date.day, length);
    else if (c == 'H')
      append_number(out, at.time.hour, length);
    else if (c == 'm')
      append_number(out, at.time.minute, length);
    else if (c == 's')
      append_number(out, at.time.second, length);
    else
      out.append(pattern.substr(i, length));
    i += length;
  }
}

std::string_view pattern_of_code(std::string_view code) {
  for (const CodePattern& each : code_patterns) {
    if (each.code == code) return each.pattern;
  }
  return {};
}

}  // namespace purser::map
