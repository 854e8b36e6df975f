#include "connectors/reader/charset.h"

#include <algorithm>
#include <cstring>

namespace purser::reader {
namespace {

struct CharsetName {
  std::string_view name;  // lower case, without '-', '_' and blanks
  Charset charset;
};

// The first name of a set, in order of the enumeration, is followed by its aliases.
constexpr CharsetName names[] = {{"utf8", Charset::utf_8},
                                 {"utf16", Charset::utf_16be},
                                 {"utf16le", Charset::utf_16le},
                                 {"utf16be", Charset::utf_16be},
                                 {"ucs2", Charset::utf_16be},
                                 {"unicode", Charset::utf_16le},
                                 {"usascii", Charset::us_ascii},
                                 {"ascii", Charset::us_ascii},
                                 {"iso646", Charset::us_ascii},
                                 {"iso88591", Charset::iso_8859_1},
                                 {"latin1", Charset::iso_8859_1},
                                 {"l1", Charset::iso_8859_1},
                                 {"iso88592", Charset::iso_8859_2},
                                 {"latin2", Charset::iso_8859_2},
                                 {"iso88593", Charset::iso_8859_3},
                                 {"iso88594", Charset::iso_8859_4},
                                 {"iso88595", Charset::iso_8859_5},
                                 {"cyrillic", Charset::iso_8859_5},
                                 {"iso88596", Charset::iso_8859_6},
                                 {"iso88597", Charset::iso_8859_7},
                                 {"greek", Charset::iso_8859_7},
                                 {"iso88598", Charset::iso_8859_8},
                                 {"iso88599", Charset::iso_8859_9},
                                 {"latin5", Charset::iso_8859_9},
                                 {"iso885910", Charset::iso_8859_10},
                                 {"iso885911", Charset::iso_8859_11},
                                 {"iso885913", Charset::iso_8859_13},
                                 {"iso885914", Charset::iso_8859_14},
                                 {"iso885915", Charset::iso_8859_15},
                                 {"latin9", Charset::iso_8859_15},
                                 {"windows1252", Charset::windows_1252},
                                 {"cp1252", Charset::windows_1252},
                                 {"win1252", Charset::windows_1252},
                                 {"ansi", Charset::windows_1252}};

constexpr std::string_view iana[] = {
    "UTF-8",       "UTF-16LE",    "UTF-16BE",    "US-ASCII",    "ISO-8859-1",  "ISO-8859-2", "ISO-8859-3",
    "ISO-8859-4",  "ISO-8859-5",  "ISO-8859-6",  "ISO-8859-7",  "ISO-8859-8",  "ISO-8859-9", "ISO-8859-10",
    "ISO-8859-11", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "windows-1252"};

constexpr char32_t replacement_character = 0xFFFD;

// The next code point of valid UTF-8 at `at`, which is moved behind it.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return byte(at++);
  const int follow = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t value = lead & (0x3FU >> follow);
  for (int i = 1; i <= follow; ++i) value = (value << 6) | (byte(at + static_cast<std::size_t>(i)) & 0x3FU);
  at += static_cast<std::size_t>(follow) + 1;
  return value;
}

std::size_t decode_utf16(bool little, std::string_view bytes, std::string& out) {
  std::size_t bad = std::string_view::npos;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t value = replacement_character;
    bool good = false;
    if (at + 1 < bytes.size()) {
      value = unit(at);
      good = value < 0xD800 || value > 0xDFFF;
      if (!good && value < 0xDC00 && at + 3 < bytes.size() && (unit(at + 2) & 0xFC00) == 0xDC00) {
        value = 0x10000 + ((value - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
        append_utf8(out, value);
        at += 2;
        continue;
      }
    }
    if (!good) bad = std::min(bad, at);
    append_utf8(out, good ? value : replacement_character);
  }
  return bad;
}

void append_unit(std::string& out, char32_t unit, bool little) {
  const char low = static_cast<char>(unit & 0xFF);
  const char high = static_cast<char>(unit >> 8);
  out += little ? low : high;
  out += little ? high : low;
}

// The byte for a code point, or -1.
int byte_of(const std::array<std::uint16_t, 128>& half, char32_t code_point) {
  if (code_point < 0x80) return static_cast<int>(code_point);
  for (std::size_t i = 0; i < half.size(); ++i) {
    if (half[i] == code_point) return static_cast<int>(i + 128);
  }
  return -1;
}

}  // namespace

std::optional<Charset> find_charset(std::string_view name) {
  std::string key;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const auto* found = std::ranges::find(names, std::string_view(key), &CharsetName::name);
  if (found == std::end(names)) return std::nullopt;
  return found->charset;
}

std::string_view charset_name(Charset charset) { return iana[static_cast<std::size_t>(charset)]; }

ByteOrderMark find_byte_order_mark(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return {Charset::utf_8, 3, true};
  if (head.starts_with("\xFF\xFE")) return {Charset::utf_16le, 2, true};
  if (head.starts_with("\xFE\xFF")) return {Charset::utf_16be, 2, true};
  return {};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::size_t valid_utf8_prefix(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  std::size_t at = 0;
  while (at < text.size()) {
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
      ++at;
      // Most texts are ASCII: many bytes at a time.
      constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080U;
      std::uint64_t words[4] = {};
      for (; at + sizeof words <= text.size(); at += sizeof words) {
        std::memcpy(words, text.data() + at, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & high_bits) != 0) break;
      }
      continue;
    }
    // RFC 3629, section 4: the second byte's range depends on the first.
    const std::size_t follow = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || at + follow >= text.size()) return at;
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte(at + 1) < low || byte(at + 1) > high) return at;
    for (std::size_t i = 2; i <= follow; ++i) {
      if ((byte(at + i) & 0xC0) != 0x80) return at;
    }
    at += follow + 1;
  }
  return at;
}

std::size_t decode(Charset charset, std::string_view bytes, std::string& out) {
  std::size_t bad = std::string_view::npos;
  if (charset == Charset::utf_16le || charset == Charset::utf_16be) {
    return decode_utf16(charset == Charset::utf_16le, bytes, out);
  }
  if (charset == Charset::utf_8) {
    std::size_t at = 0;
    while (at < bytes.size()) {
      const std::size_t good = valid_utf8_prefix(bytes.substr(at));
      out.append(bytes.substr(at, good));
      at += good;
      if (at == bytes.size()) break;
      bad = std::min(bad, at++);
      append_utf8(out, replacement_character);
    }
    return bad;
  }
  const auto& half = upper_half(charset);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    const char32_t value = byte < 0x80 ? byte : half[byte - 0x80U];
    if (byte >= 0x80 && value == 0) bad = std::min(bad, at);
    append_utf8(out, byte >= 0x80 && value == 0 ? replacement_character : value);
  }
  return bad;
}

std::size_t encode(Charset charset, std::string_view text, std::string& out, char replacement) {
  if (charset == Charset::utf_8) {
    out.append(text);
    return std::string_view::npos;
  }
  std::size_t bad = std::string_view::npos;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t value = next_code_point(text, at);
    if (charset == Charset::utf_16le || charset == Charset::utf_16be) {
      const bool little = charset == Charset::utf_16le;
      if (value >= 0x10000) append_unit(out, 0xD800 + ((value - 0x10000) >> 10), little);
      append_unit(out, value >= 0x10000 ? 0xDC00 + ((value - 0x10000) & 0x3FF) : value, little);
      continue;
    }
    const int byte = byte_of(upper_half(charset), value);
    if (byte < 0) bad = std::min(bad, start);
    out += byte < 0 ? replacement : static_cast<char>(byte);
  }
  return bad;
}

}  // namespace purser::reader
