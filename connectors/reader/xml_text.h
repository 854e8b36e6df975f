// Characters, names and references of XML. Internal to the reader and writer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "connectors/reader/xml_reader.h"

namespace purser::xml {

/// Classes of bytes; combined by or.
enum ByteClass : std::uint8_t {
  white_space = 1,  ///< S: blank, TAB, LF, CR
  name_start = 2,   ///< letters, '_', ':', and bytes of other than ASCII characters
  name_char = 4,    ///< the same with digits, '-', '.'
  other_byte = 8,   ///< above 0x7F
  value_stop = 16   ///< ends or changes an attribute value: quotes, '<', '&', TAB, LF, CR, NUL
};
extern const std::array<std::uint8_t, 256> byte_classes;

inline std::uint8_t class_of(char c) { return byte_classes[static_cast<unsigned char>(c)]; }
inline bool is_space(char c) { return (class_of(c) & white_space) != 0; }

/// True for a Name (production 5 of XML 1.0) with at most one colon, not at its ends (QName). [any]
bool is_qualified_name(std::string_view name);

/// True for a character XML 1.0 may hold (production 2). [any]
constexpr bool is_character(std::uint32_t c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

/// The first of '<', '&', ']', CR, NUL at or behind `from`. Reads in blocks, up to 15 bytes behind what it
/// finds.
const char* find_markup(const char* from);

/// What a text or attribute value becomes, in place.
struct Decoded {
  std::size_t length = 0;       ///< of the result
  std::string_view error_code;  ///< XML-0012 or XML-0013; empty if all is well
  std::size_t error_at = 0;     ///< where in the source text
};
/// Decodes references and line ends (CR LF and CR become LF); in an attribute value white space becomes
/// blanks.
Decoded decode_in_place(char* text, std::size_t length, bool attribute);

/// How the first bytes of a document are encoded.
struct Encoding {
  reader::Charset charset = reader::Charset::utf_8;
  std::size_t skip = 0;       ///< byte order mark
  std::string_view problem;   ///< XML-0003 (charset is not to be used) or XML-0004; empty if none
  std::string_view declared;  ///< in the head
  bool doubtful = false;      ///< UTF-8 is what the document says, and the head is too short to show it
};
Encoding find_encoding(std::string_view head, std::optional<reader::Charset> from_outside);

}  // namespace purser::xml
