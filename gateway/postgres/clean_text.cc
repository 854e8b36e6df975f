#include "gateway/postgres/clean_text.h"

#include <cstdint>

namespace purser::gateway {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool follows(std::string_view text, std::size_t at, unsigned char least, unsigned char most) {
  if (at >= text.size()) return false;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte >= least && byte <= most;
}

// Length of the character at `at` (RFC 3629, 4); 0 if there is none.
std::size_t character_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first == 0) return 0;
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return follows(text, at + 1, 0x80, 0xBF) ? 2 : 0;
  if (first < 0xF0) {
    const bool second = follows(text, at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return second && follows(text, at + 2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first > 0xF4) return 0;
  const bool second = follows(text, at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
  return second && follows(text, at + 2, 0x80, 0xBF) && follows(text, at + 3, 0x80, 0xBF) ? 4 : 0;
}

}  // namespace

bool is_clean_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_at(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string cleaned_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_at(text, at);
    out += length == 0 ? replacement : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace purser::gateway
