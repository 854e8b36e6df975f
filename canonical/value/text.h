// What counts as text in a canonical value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace purser {

/// Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no
/// surrogates, nothing above U+10FFFF) or a control character but TAB, LF, CR; npos if the text is good.
/// Also U+0000 is such a control character. [any]
std::size_t find_invalid_text(std::string_view text);

/// Without any of `blanks` around it. [any]
std::string_view trimmed(std::string_view text, std::string_view blanks);
/// With small letters in place of the capitals of ASCII, whatever the locale. [any]
std::string lowered(std::string_view text);

/// RFC 4648 base64 with padding, one line.
void append_base64(std::string& out, std::string_view bytes);
/// Strict but for line breaks and blanks, which are skipped; false if it is not base64.
bool decode_base64(std::string_view text, std::string& out);

}  // namespace purser
