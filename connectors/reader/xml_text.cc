#include "connectors/reader/xml_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>

#include "connectors/reader/window.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace purser::xml {
namespace {

struct Classes {
  std::uint8_t of[256] = {};
  constexpr Classes() {
    for (const char c : {' ', '\t', '\n', '\r'}) of[static_cast<unsigned char>(c)] |= white_space;
    for (unsigned c = 'a'; c <= 'z'; ++c) of[c] = of[c - 'a' + 'A'] = name_start | name_char;
    for (unsigned c = '0'; c <= '9'; ++c) of[c] = name_char;
    for (unsigned c = 0x80; c <= 0xFF; ++c) of[c] = name_start | name_char | other_byte;
    of['_'] = of[':'] = name_start | name_char;
    of['-'] = of['.'] = name_char;
    for (const char c : {'"', '\'', '<', '&', '\t', '\n', '\r', '\0'})
      of[static_cast<unsigned char>(c)] |= value_stop;
  }
};

struct Range {
  char32_t first, last;
};
// Productions 4 and 4a above ASCII.
constexpr Range name_start_ranges[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},
                                       {0x370, 0x37D},   {0x37F, 0x1FFF},  {0x200C, 0x200D},
                                       {0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF},
                                       {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
constexpr Range name_ranges[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

template <std::size_t size>
bool within(const Range (&ranges)[size], char32_t c) {
  return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

// Valid UTF-8 above ASCII at `at`, which is moved behind it.
char32_t decode_one(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  char32_t c = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) c = c << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  at += length;
  return c;
}

struct Entity {
  std::string_view name;
  char character;
};
constexpr Entity entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
constexpr std::size_t longest_reference = 32;  // "&#x0010FFFF;" with zeros to spare

// The code point of "#228" or "#xE4"; 0 if it is none.
std::uint32_t character_reference(std::string_view reference) {
  reference.remove_prefix(1);
  const bool hexadecimal = reference.starts_with('x');
  if (hexadecimal) reference.remove_prefix(1);
  if (reference.empty()) return 0;
  std::uint32_t value = 0;
  for (const char c : reference) {
    std::uint32_t digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<std::uint32_t>(c - '0');
    if (hexadecimal && c >= 'a' && c <= 'f') digit = static_cast<std::uint32_t>(c - 'a' + 10);
    if (hexadecimal && c >= 'A' && c <= 'F') digit = static_cast<std::uint32_t>(c - 'A' + 10);
    if (digit == 99) return 0;
    value = value * (hexadecimal ? 16 : 10) + digit;
    if (value > 0x10FFFF) return 0;
  }
  return is_character(value) ? value : 0;
}

// The value of encoding="…" in an XML declaration, empty if there is none.
std::string_view declared_encoding(std::string_view head) {
  if (!head.starts_with("<?xml")) return {};
  const std::string_view declaration = head.substr(0, std::min<std::size_t>(head.find("?>"), 1'024));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_not_of(" \t\r\n=", at + 8);
  if (at == std::string_view::npos || (declaration[at] != '"' && declaration[at] != '\'')) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  return end == std::string_view::npos ? std::string_view{} : declaration.substr(at + 1, end - at - 1);
}

bool is_utf_16(reader::Charset charset) {
  return charset == reader::Charset::utf_16le || charset == reader::Charset::utf_16be;
}

constexpr Classes table;

}  // namespace

const std::array<std::uint8_t, 256> byte_classes = std::to_array(table.of);

bool is_qualified_name(std::string_view name) {
  std::size_t colons = 0;
  bool start = true;
  for (std::size_t at = 0; at < name.size();) {
    const std::uint8_t wanted = start ? name_start : name_char;
    start = false;
    if ((class_of(name[at]) & wanted) == 0) return false;
    if (name[at] == ':') {
      ++colons;
      start = true;
    }
    if ((class_of(name[at]) & other_byte) == 0) {
      ++at;
      continue;
    }
    const char32_t c = decode_one(name, at);
    if (!within(name_start_ranges, c) && (wanted == name_start || !within(name_ranges, c))) return false;
  }
  return !name.empty() && !name.starts_with(':') && !name.ends_with(':') && colons <= 1;
}

const char* find_markup(const char* from) {
#ifdef __SSE2__
  const __m128i less = _mm_set1_epi8('<');
  const __m128i ampersand = _mm_set1_epi8('&');
  const __m128i bracket = _mm_set1_epi8(']');
  const __m128i carriage_return = _mm_set1_epi8('\r');
  const __m128i zero = _mm_setzero_si128();
  for (;; from += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i one = _mm_or_si128(_mm_cmpeq_epi8(block, less), _mm_cmpeq_epi8(block, ampersand));
    const __m128i two = _mm_or_si128(_mm_cmpeq_epi8(block, bracket), _mm_cmpeq_epi8(block, carriage_return));
    const __m128i any = _mm_or_si128(_mm_or_si128(one, two), _mm_cmpeq_epi8(block, zero));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(any));
    if (mask != 0) return from + std::countr_zero(mask);
  }
#else
  while (*from != '<' && *from != '&' && *from != ']' && *from != '\r' && *from != '\0') ++from;
  return from;
#endif
}

Decoded decode_in_place(char* text, std::size_t length, bool attribute) {
  std::size_t out = 0;
  std::string encoded;
  for (std::size_t at = 0; at < length;) {
    const char c = text[at];
    if (c == '\r') {
      text[out++] = attribute ? ' ' : '\n';
      at += at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
    } else if (c == '&') {
      const std::string_view rest(text + at + 1, std::min(length - at - 1, longest_reference));
      const std::size_t end = rest.find(';');
      if (end == std::string_view::npos) return {0, "XML-0013", at};
      const std::string_view name = rest.substr(0, end);
      encoded.clear();
      if (name.starts_with('#')) {
        const std::uint32_t code_point = character_reference(name);
        if (code_point == 0) return {0, "XML-0013", at};
        reader::append_utf8(encoded, code_point);
      } else {
        const auto* found = std::ranges::find(entities, name, &Entity::name);
        if (found == std::end(entities)) return {0, "XML-0012", at};
        encoded += found->character;
      }
      at += end + 2;
      std::memcpy(text + out, encoded.data(), encoded.size());
      out += encoded.size();
    } else {
      text[out++] = attribute && (c == '\t' || c == '\n') ? ' ' : c;
      ++at;
    }
  }
  return {out, {}, 0};
}

namespace {

/// True if more follows on the head, and nothing in it but perhaps its last bytes speaks against UTF-8.
bool ends_in_doubt(std::string_view head) {
  constexpr std::size_t longest_cut = 3;  // of a sequence that the end of the head cuts
  return head.size() >= reader::Window::head_size && reader::valid_utf8_prefix(head) + longest_cut >= head.size();
}

/// True if these bytes are text of Windows-1252 that calls itself UTF-8: some byte fits no sequence of UTF-8,
/// no two bytes look like one (that would be damaged or forged UTF-8), and Windows-1252 has all of them.
bool is_windows_1252(std::string_view head) {
  if (ends_in_doubt(head) || reader::valid_utf8_prefix(head) == head.size()) return false;
  for (std::size_t i = 0; i + 1 < head.size(); ++i) {
    const auto lead = static_cast<unsigned char>(head[i]), next = static_cast<unsigned char>(head[i + 1]);
    if (lead >= 0xC0 && next >= 0x80 && next < 0xC0) return false;
  }
  std::string text;
  return reader::decode(reader::Charset::windows_1252, head, text) == std::string_view::npos;
}

}  // namespace

Encoding find_encoding(std::string_view head, std::optional<reader::Charset> from_outside) {
  Encoding encoding;
  const auto mark = reader::find_byte_order_mark(head);
  encoding.charset = mark.charset;
  encoding.skip = mark.length;
  bool certain = mark.present;
  if (!mark.present && head.starts_with(std::string_view("<\0", 2))) {
    encoding.charset = reader::Charset::utf_16le;
    certain = true;
  } else if (!mark.present && head.starts_with(std::string_view("\0<", 2))) {
    encoding.charset = reader::Charset::utf_16be;
    certain = true;
  }
  if (certain && is_utf_16(encoding.charset)) return encoding;
  if (from_outside && !certain) {
    encoding.charset = *from_outside;
    return encoding;
  }
  encoding.declared = declared_encoding(head.substr(encoding.skip));
  const auto declared = encoding.declared.empty() ? std::optional(reader::Charset::utf_8)
                                                  : reader::find_charset(encoding.declared);
  if (!certain && declared == reader::Charset::utf_8 && is_windows_1252(head)) {
    encoding.charset = reader::Charset::windows_1252;
    encoding.problem = "XML-0004";
    if (encoding.declared.empty()) encoding.declared = reader::charset_name(reader::Charset::utf_8);
    return encoding;
  }
  encoding.doubtful = !certain && declared == reader::Charset::utf_8 && ends_in_doubt(head);
  if (encoding.declared.empty()) return encoding;
  if (certain || (declared && is_utf_16(*declared))) {
    // The bytes show UTF-8, or at least no UTF-16: what a program says that converted without telling.
    if (declared != encoding.charset) encoding.problem = "XML-0004";
  } else if (declared) {
    encoding.charset = *declared;
  } else {
    encoding.problem = "XML-0003";
  }
  return encoding;
}

}  // namespace purser::xml
