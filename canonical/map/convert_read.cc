#include <algorithm>
#include <charconv>

#include "canonical/map/convert.h"
#include "canonical/map/date_pattern.h"
#include "canonical/map/tree.h"

namespace purser::map {
namespace {

Converted failed(std::string_view expected, std::string_view code = "MAP-0002") {
  Converted converted;
  converted.code = code;
  converted.expected = expected;
  return converted;
}

Converted of_text(std::string_view text, ScalarType type) {
  Converted converted;
  converted.good = true;
  converted.value.type = type;
  converted.value.bytes = text;
  return converted;
}

/// "1.000,5" without what stands between its groups of three digits. Empty if they are others than three.
std::string ungrouped(std::string_view text, char mark, char group) {
  constexpr std::size_t longest = 64;  // characters; a Decimal has 18 digits
  if (text.size() > longest) return {};
  const std::string_view whole = text.substr(0, text.find(mark));
  std::string out(whole.substr(0, whole.find(group)));
  for (std::size_t at = out.size(); at < whole.size(); at += 4) {
    const std::string_view digits = whole.substr(at + 1, 3);
    if (whole[at] != group || digits.size() != 3 || digits.find(group) != std::string_view::npos) return {};
    out += digits;
  }
  return out += text.substr(whole.size());
}

Converted of_decimal(std::string_view text, char mark, char group, bool either_mark) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::string bare;
  if (group != 0 && text.find(group) != std::string_view::npos) {
    bare = ungrouped(text, mark, group);
    if (bare.empty()) return failed("a decimal number in groups of three digits");
    text = bare;
  }
  if (either_mark) mark = text.find(',') != std::string_view::npos ? ',' : '.';
  auto number = Decimal::parse(text, mark);
  if (!number && number.error() == DecimalError::not_a_number && mark == '.')
    number = Decimal::parse_scientific(text);
  if (!number) {
    if (number.error() == DecimalError::too_many_digits) return failed("at most 18 significant digits");
    return failed(mark == ',' && text.find('.') != std::string_view::npos
                      ? "a decimal number; for 1.000,5 the row says: decimal mark \",\" group \".\""
                      : "a decimal number");
  }
  Converted converted;
  converted.good = true;
  converted.value.type = ScalarType::decimal;
  converted.value.decimal = *number;
  return converted;
}

Converted of_integer(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  // "10.00" is an integer in systems that know only one kind of number.
  if (const std::size_t mark = text.find_first_of(".,"); mark != std::string_view::npos && mark > 0) {
    const std::string_view zeros = text.substr(mark + 1);
    if (zeros.find_first_not_of('0') == std::string_view::npos) text = text.substr(0, mark);
  }
  Converted converted;
  converted.value.type = ScalarType::integer;
  converted.value.integer = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), converted.value.integer);
  converted.good = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return converted.good ? converted : failed("a whole number");
}

Converted of_boolean(std::string_view text, std::string_view yes, std::string_view no) {
  text = trimmed(text);
  const bool standard = yes == "true" && no == "false";
  Converted converted;
  converted.value.type = ScalarType::boolean;
  converted.value.boolean = text == yes || (standard && text == "1");
  converted.good = converted.value.boolean || text == no || (standard && text == "0");
  return converted.good ? converted : failed("one of the two values the table names");
}

bool decode_hex(std::string_view text, char* into, std::size_t& size) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  if (text.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return false;
    into[size++] = static_cast<char>(high * 16 + low);
  }
  return true;
}

/// RFC 4648, section 4; blanks and line breaks between the digits are passed over.
bool decode_base64(std::string_view text, char* into, std::size_t& size) {
  std::uint32_t bits = 0;
  int held = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\r' || c == '\n' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int digit = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                      : c == '/'             ? 63
                                             : -1;
    if (digit < 0 || padding > 0) return false;
    bits = (bits << 6) | static_cast<std::uint32_t>(digit);
    if ((held += 6) >= 8) into[size++] = static_cast<char>((bits >> (held -= 8)) & 0xFFU);
  }
  return padding <= 2 && held != 6;
}

Converted of_binary(std::string_view text, bool hex, Arena& arena) {
  char* bytes = arena.take(text.size() + 1);
  std::size_t size = 0;
  const bool good = hex ? decode_hex(trimmed(text), bytes, size) : decode_base64(text, bytes, size);
  if (!good) return failed(hex ? "hexadecimal digits" : "base64 (RFC 4648)");
  return of_text({bytes, size}, ScalarType::binary);
}

Converted of_moment(const DateTime& at, ScalarType type) {
  Converted converted;
  converted.good = true;
  converted.value.type = type;
  converted.value.when = at;
  return converted;
}

Converted by_pattern(std::string_view text, std::string_view pattern, ScalarType type) {
  const auto at = parse_by_pattern(text, pattern);
  if (!at) return failed(pattern);
  Converted converted = of_moment(*at, type);
  converted.has_time = pattern.find('H') != std::string_view::npos;
  return converted;
}

/// A date whose form another leaf says; without a code the number of digits tells.
Converted by_code(std::string_view text, std::string_view code, ScalarType type) {
  text = trimmed(text);
  code = trimmed(code);
  std::string_view pattern = pattern_of_code(code);
  if (code == "718" || code == "719" || code == "RD8" || code == "713") {
    const std::string_view half = code == "713" ? "yyMMddHHmm" : code == "719" ? "yyyyMMddHHmm" : "yyyyMMdd";
    const std::size_t dash = text.find('-');
    const std::size_t middle = dash != std::string_view::npos ? dash : text.size() / 2;
    Converted converted = by_pattern(text.substr(0, middle), half, type);
    const auto end = parse_by_pattern(text.substr(dash != std::string_view::npos ? dash + 1 : middle), half);
    if (!converted.good || !end) return failed("a period, CCYYMMDD-CCYYMMDD");
    converted.end = *end;
    converted.has_end = true;
    return converted;
  }
  if (code.empty()) {
    switch (text.size()) {
      case 6:
        pattern = "yyMMdd";
        break;
      case 8:
        pattern = "yyyyMMdd";
        break;
      case 12:
        pattern = "yyyyMMddHHmm";
        break;
      case 14:
        pattern = "yyyyMMddHHmmss";
        break;
      default:
        break;
    }
  }
  if (pattern.empty()) return failed("a form of UNTDID 2379 that is one date, such as 102");
  return by_pattern(text, pattern, type);
}

Converted of_date(std::string_view text, ScalarType type) {
  text = trimmed(text);
  if (type == ScalarType::time) {
    const auto time = parse_time(text);
    return time ? of_moment({Date{}, *time}, type) : failed("a time, hh:mm:ss");
  }
  if (type == ScalarType::date_time) {
    if (const auto both = parse_date_time(text)) return of_moment(*both, type);
  }
  if (const auto date = parse_date(text)) return of_moment({*date, Time{}}, type);
  const auto both = parse_date_time(text);
  if (!both) return failed("a date, yyyy-mm-dd");
  auto converted = of_moment(*both, type);
  converted.has_time = type == ScalarType::date;
  return converted;
}

/// X12: a date of 8 digits (6 in old versions), a time of 4, 6 or 8.
Converted of_compact(std::string_view text, ScalarType type) {
  text = trimmed(text);
  if (type == ScalarType::time) {
    if (text.size() == 4) return by_pattern(text, "HHmm", type);
    if (text.size() == 6 || text.size() == 8) return by_pattern(text.substr(0, 6), "HHmmss", type);
    return failed("a time, HHMM or HHMMSS");
  }
  if (text.size() == 6) return by_pattern(text, "yyMMdd", type);
  return by_pattern(text, "yyyyMMdd", type);
}

/// The digits behind the mark that X12 does not write; a partner who writes it means what he writes.
Converted shifted(Converted converted, std::string_view text, std::uint8_t implied) {
  if (!converted.good || text.find('.') != std::string_view::npos) return converted;
  converted.value.decimal = Decimal(converted.value.decimal.coefficient(), implied);
  return converted;
}

Converted by_map(const CodeMap& map, const FieldDescriptor& field, std::string_view text) {
  const std::string_view code = trimmed(text);
  const auto found =
      std::lower_bound(map.read.begin(), map.read.end(), code,
                       [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  if (found != map.read.end() && found->first == code) return read_plain(field, found->second);
  if (map.keep) return read_plain(field, code);
  return failed("a code of the table's `codes`", "MAP-0003");
}

}  // namespace

bool equal(const Scalar& a, const Scalar& b) {
  if (a.type != b.type) return false;
  switch (a.type) {
    case ScalarType::decimal:
      return a.decimal == b.decimal;
    case ScalarType::integer:
      return a.integer == b.integer;
    case ScalarType::boolean:
      return a.boolean == b.boolean;
    case ScalarType::date:
      return a.when.date == b.when.date;
    case ScalarType::time:
      return a.when.time == b.when.time;
    case ScalarType::date_time:
      return a.when == b.when;
    default:
      return a.bytes == b.bytes;
  }
}

Converted read_plain(const FieldDescriptor& field, std::string_view text) {
  switch (field.type) {
    case ScalarType::decimal:
      return of_decimal(text, '.', 0, false);
    case ScalarType::integer:
      return of_integer(text);
    case ScalarType::boolean:
      return of_boolean(text, "true", "false");
    case ScalarType::date:
    case ScalarType::time:
    case ScalarType::date_time:
      return of_date(text, field.type);
    case ScalarType::code:
      return of_text(trimmed(text), ScalarType::code);
    default:
      return of_text(text, field.type);
  }
}

bool read_decimal(std::string_view text, char mark, bool either, Decimal& into) {
  if (either) mark = std::ranges::find(text, ',') != text.end() ? ',' : '.';
  const auto number = Decimal::parse(text, mark);
  if (number) into = *number;
  return number.has_value();
}

Converted read_value(const Plan& plan, const Row& row, std::string_view text, std::string_view format,
                     Arena& arena) {
  const Conversion& conversion = row.conversion;
  if (!conversion.prefix.empty()) {
    if (!text.starts_with(conversion.prefix)) return failed(conversion.prefix);
    text.remove_prefix(conversion.prefix.size());
  }
  if (conversion.codes != 0) return by_map(plan.codes[conversion.codes - 1U], *row.field, text);
  const ScalarType type = conversion.type;
  Converted converted;
  switch (type) {
    case ScalarType::decimal:
      converted = of_decimal(text, conversion.mark, conversion.group,
                             conversion.mark == '.' && conversion.group == 0 && plan.syntax != "xml" &&
                                 plan.syntax != "delimited");
      if (conversion.implied != 0) converted = shifted(converted, text, conversion.implied);
      if (conversion.negate && converted.good) converted.value.decimal = converted.value.decimal.negated();
      return converted;
    case ScalarType::integer:
      converted = of_integer(text);
      if (conversion.offset != 0 && converted.good) {
        if (converted.value.integer < conversion.offset) return failed("a number counted from the offset");
        converted.value.integer -= conversion.offset;
      }
      if (conversion.negate && converted.good) {
        if (converted.value.integer == INT64_MIN) return failed("a whole number of 18 digits at most");
        converted.value.integer = -converted.value.integer;
      }
      return converted;
    case ScalarType::boolean:
      return of_boolean(text, conversion.yes, conversion.no);
    case ScalarType::binary:
      return of_binary(text, conversion.hex, arena);
    case ScalarType::date:
    case ScalarType::time:
    case ScalarType::date_time:
      if (conversion.by_format_code) return by_code(text, format, type);
      if (conversion.compact && conversion.pattern.empty()) return of_compact(text, type);
      return conversion.pattern.empty() ? of_date(text, type)
                                        : by_pattern(trimmed(text), conversion.pattern, type);
    case ScalarType::code:
      return of_text(trimmed(text), type);
    default:
      return of_text(text, type);
  }
}

}  // namespace purser::map
