// Character sets to and from UTF-8. Source of the single byte tables: the ISO 8859 parts and Windows-1252
// as registered with IANA.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace purser::reader {

enum class Charset : std::uint8_t {
  utf_8,
  utf_16le,
  utf_16be,
  us_ascii,
  iso_8859_1,
  iso_8859_2,
  iso_8859_3,
  iso_8859_4,
  iso_8859_5,
  iso_8859_6,
  iso_8859_7,
  iso_8859_8,
  iso_8859_9,
  iso_8859_10,
  iso_8859_11,
  iso_8859_13,
  iso_8859_14,
  iso_8859_15,
  windows_1252
};

/// By IANA name or a common alias ("ISO-8859-1", "latin1", "cp1252"), upper or lower case. [any]
std::optional<Charset> find_charset(std::string_view name);
/// The IANA name. [any]
std::string_view charset_name(Charset charset);

/// A byte order mark at the start of `head`, and its length; utf_8 with length 0 if there is none. [any]
struct ByteOrderMark {
  Charset charset = Charset::utf_8;
  std::size_t length = 0;
  bool present = false;
};
ByteOrderMark find_byte_order_mark(std::string_view head);

/// True for a set that needs one byte a character.
constexpr bool is_single_byte(Charset charset) { return charset >= Charset::us_ascii; }

/// Bytes 0x80 to 0xFF of a single byte set as UTF-16 units; 0 where nothing is assigned. [any]
const std::array<std::uint16_t, 128>& upper_half(Charset single_byte);

/// Appends one code point (a valid scalar value) as UTF-8.
void append_utf8(std::string& out, char32_t code_point);

/// Length of the longest prefix of `text` that is valid UTF-8 (RFC 3629: no overlong form, no surrogate,
/// nothing above U+10FFFF). Equal to text.size() if all is valid. [any]
std::size_t valid_utf8_prefix(std::string_view text);

/// Decodes the whole of `bytes`, appending UTF-8 to `out`. Returns the offset of the first byte that the set
/// does not know (replaced by U+FFFD, and so are later ones), or npos if there is none. [any]
std::size_t decode(Charset charset, std::string_view bytes, std::string& out);

/// Encodes valid UTF-8, appending to `out`. Returns the offset in `text` of the first character the set does
/// not have (replaced by `replacement`, and so are later ones), or npos. [any]
std::size_t encode(Charset charset, std::string_view text, std::string& out, char replacement = '?');

}  // namespace purser::reader
