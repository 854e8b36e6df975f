// Lengths of texts in characters, as formats count them. Internal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace purser::map {

/// True for the first byte of a character in UTF-8.
inline bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

inline std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

/// The byte length of the first `count` characters.
inline std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && count-- == 0) break;
  }
  return at;
}

/// The beginning of a value, as a message shows it.
inline std::string_view shown(std::string_view text) {
  constexpr std::size_t enough = 40;
  return text.substr(0, bytes_of(text, enough));
}

}  // namespace purser::map
