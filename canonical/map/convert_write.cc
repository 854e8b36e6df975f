#include <algorithm>

#include "canonical/map/convert.h"
#include "canonical/map/date_pattern.h"
#include "canonical/map/fitting.h"
#include "canonical/map/segment_form.h"

namespace purser::map {
namespace {

void append_base64(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    const std::size_t taken = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j)
      bits = bits << 8 | (j < taken ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) out += j <= taken ? digits[bits >> (18 - 6 * j) & 63U] : '=';
  }
}

void append_hex(std::string& out, std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15U];
  }
}

/// UN/EDIFACT 2379: the code of what is written, by what there is to say.
void write_by_code(const Scalar& value, const Scalar* time, const Scalar* end, std::string& out,
                   std::string& format) {
  DateTime at = value.when;
  bool timed = value.type == ScalarType::date_time;
  if (time != nullptr) {
    at.time = time->when.time;
    timed = true;
  }
  const std::string_view pattern = !timed                ? "yyyyMMdd"
                                   : at.time.second != 0 ? "yyyyMMddHHmmss"
                                                         : "yyyyMMddHHmm";
  format = !timed ? "102" : at.time.second != 0 ? "204" : "203";
  if (end != nullptr) {
    append_by_pattern(out, at, "yyyyMMdd");
    out += '-';
    append_by_pattern(out, end->when, "yyyyMMdd");
    format = "718";
    return;
  }
  append_by_pattern(out, at, pattern);
}

}  // namespace

void append_plain(std::string& out, const Scalar& value) {
  switch (value.type) {
    case ScalarType::decimal:
      return value.decimal.append_to(out);
    case ScalarType::integer:
      out += std::to_string(value.integer);
      return;
    case ScalarType::boolean:
      out += value.boolean ? "true" : "false";
      return;
    case ScalarType::date:
      out += text(value.when.date);
      return;
    case ScalarType::time:
      out += text(value.when.time);
      return;
    case ScalarType::date_time:
      out += text(value.when);
      return;
    case ScalarType::binary:
      return append_base64(out, value.bytes);
    default:
      out += value.bytes;
      return;
  }
}

namespace {

/// X12's N2: 5.35 is 535. What has more decimals than the form is not rounded but refused.
Written append_digits(std::string& out, const Decimal& number, int implied) {
  std::int64_t digits = number.coefficient();
  int scale = number.scale();
  for (; scale > implied && digits % 10 == 0; --scale) digits /= 10;
  constexpr std::int64_t room = 100'000'000'000'000'000;  // ten times this is the most a Decimal holds
  for (; scale < implied && digits < room && digits > -room; ++scale) digits *= 10;
  if (scale != implied) return {false, "no more decimals than the form has, and 18 digits at most"};
  out += std::to_string(digits);
  return {};
}

std::string_view compact_pattern(const Scalar& value) {
  if (value.type != ScalarType::time) return "yyyyMMdd";
  return value.when.time.second == 0 ? "HHmm" : "HHmmss";
}

}  // namespace

Written write_value(const Plan& plan, const Row& row, const Scalar& value, const Scalar* time,
                    const Scalar* end, char mark, std::string& out, std::string& format) {
  const Conversion& conversion = row.conversion;
  out += conversion.prefix;
  if (conversion.codes != 0) {
    std::string plain;
    const bool textual = value.type == ScalarType::text || value.type == ScalarType::code;
    if (!textual) append_plain(plain, value);
    const std::string_view key = textual ? value.bytes : plain;
    const CodeMap& map = plan.codes[conversion.codes - 1U];
    const auto found =
        std::lower_bound(map.write.begin(), map.write.end(), key,
                         [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
    const bool known = found != map.write.end() && found->first == key;
    if (known) return out += found->second, Written{};
    const bool fits = (row.form.most == 0 || (key.size() <= row.form.most && key.size() >= row.form.least)) &&
                      (row.values.empty() || std::ranges::find(row.values, key) != row.values.end());
    if (map.keep && (fits || map.other.empty())) return out += key, Written{};
    if (map.other.empty()) return {false, "a key of the table's `codes`"};
    out += map.other;
    return {.good = true, .expected = {}, .other = true};
  }
  switch (value.type) {
    case ScalarType::decimal: {
      const Decimal number = conversion.negate ? value.decimal.negated() : value.decimal;
      if (conversion.whole) return append_digits(out, number, conversion.implied);
      number.append_to(out, conversion.mark != '.' ? conversion.mark : mark);
      return {};
    }
    case ScalarType::integer:
      if (value.integer > INT64_MAX - conversion.offset) return {false, "a smaller number"};
      out += std::to_string((conversion.negate ? -value.integer : value.integer) + conversion.offset);
      return {};
    case ScalarType::boolean:
      out += value.boolean ? conversion.yes : conversion.no;
      return {};
    case ScalarType::binary:
      conversion.hex ? append_hex(out, value.bytes) : append_base64(out, value.bytes);
      return {};
    case ScalarType::date:
    case ScalarType::time:
    case ScalarType::date_time:
      if (conversion.by_format_code)
        write_by_code(value, time, end, out, format);
      else if (conversion.compact && conversion.pattern.empty())
        append_by_pattern(out, value.when, compact_pattern(value));
      else if (!conversion.pattern.empty())
        append_by_pattern(out, value.when, conversion.pattern);
      else if (time != nullptr)
        out += text(DateTime{value.when.date, time->when.time});
      else
        append_plain(out, value);
      return {};
    default:
      append_plain(out, value);
      return {};
  }
}

std::size_t counted_length(const Row& row, std::string_view text) {
  std::size_t length = characters(text);
  if (row.form.characters == 'n')
    length -= static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c == '-' || c == '.' || c == ','; }));
  return length;
}

bool fits(const Row& row, std::string_view text) {
  if (!row.values.empty() && std::ranges::find(row.values, text) == row.values.end()) return false;
  return row.form.most == 0 || text.size() <= row.form.most || counted_length(row, text) <= row.form.most;
}

bool fits(const Row& row, std::string_view text, char mark) {
  return fits(row, text) && fault_of(row.form, text, {&mark, 1}).empty();
}

bool is_one_piece(const Conversion& conversion, std::string_view text) {
  const bool fits =
      conversion.piece == 0 || text.size() <= conversion.piece || characters(text) <= conversion.piece;
  const bool lines = conversion.separator.find('\n') != std::string::npos;
  return fits && !(lines && text.find(conversion.separator) != std::string_view::npos);
}

}  // namespace purser::map
