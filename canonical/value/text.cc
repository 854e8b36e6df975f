#include "canonical/value/text.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace purser {
namespace {

/// Length of the sequence that starts at `at`, 0 if it is not well formed.
std::size_t sequence(const unsigned char* at, std::size_t left) {
  unsigned char first = at[0];
  std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || length > left) return 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  if (at[1] < low || at[1] > high) return 0;
  for (std::size_t i = 2; i < length; ++i)
    if ((at[i] & 0xC0) != 0x80) return 0;
  return length;
}

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < 64; ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return values;
}
constexpr std::array<std::int8_t, 256> values = make_values();

// The signs of eight bytes, and eight blanks: taken from a word of ASCII they set a sign for each control.
constexpr std::uint64_t high = 0x8080808080808080U, space = 0x2020202020202020U;

/// True for plain ASCII: no byte above 0x7F, none below 0x20. At most fifteen bytes.
bool is_short_plain(const unsigned char* bytes, std::size_t size) {
  std::uint64_t first = space, last = space;  // they may overlap
  if (size >= 8) {
    std::memcpy(&first, bytes, 8);
    std::memcpy(&last, bytes + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(&first, bytes, 4);
    std::memcpy(&last, bytes + size - 4, 4);
  } else if (size != 0) {
    const auto byte = [bytes](std::size_t i) { return std::uint64_t{bytes[i]}; };
    first = (space & ~std::uint64_t{0xFFFFFF}) | byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
  }
  return ((first | last | (first - space) | (last - space)) & high) == 0;
}

}  // namespace

std::size_t find_invalid_text(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (text.size() < 16 && is_short_plain(bytes, text.size())) return std::string_view::npos;
  std::size_t i = 0;
  while (i < text.size()) {
    while (i + 8 <= text.size()) {  // eight plain ASCII bytes at once: none ≥ 0x80, none < 0x20
      std::uint64_t word;
      std::memcpy(&word, bytes + i, 8);
      if (((word | (word - space)) & high) != 0) break;
      i += 8;
    }
    if (i == text.size()) break;
    unsigned char c = bytes[i];
    if (c >= 0x80) {
      std::size_t length = sequence(bytes + i, text.size() - i);
      if (length == 0) return i;
      i += length;
    } else {
      if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return i;
      ++i;
    }
  }
  return std::string_view::npos;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

void append_base64(std::string& out, std::string_view bytes) {
  std::size_t i = 0;
  auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at]));
  };
  for (; i + 3 <= bytes.size(); i += 3) {
    std::uint32_t word = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    char four[4] = {alphabet[word >> 18], alphabet[word >> 12 & 63], alphabet[word >> 6 & 63],
                    alphabet[word & 63]};
    out.append(four, 4);
  }
  if (i + 1 == bytes.size()) {
    out += alphabet[byte(i) >> 2];
    out += alphabet[(byte(i) & 3) << 4];
    out += "==";
  } else if (i + 2 == bytes.size()) {
    std::uint32_t word = byte(i) << 8 | byte(i + 1);
    out += alphabet[word >> 10];
    out += alphabet[word >> 4 & 63];
    out += alphabet[(word & 15) << 2];
    out += '=';
  }
}

bool decode_base64(std::string_view text, std::string& out) {
  std::uint32_t word = 0;
  int count = 0;
  int padding = 0;
  for (char c : text) {
    if (c == '\n' || c == '\r' || c == ' ' || c == '\t') continue;
    if (c == '=') {
      if (++padding > 2) return false;
      continue;
    }
    std::int8_t value = values[static_cast<unsigned char>(c)];
    if (value < 0 || padding > 0) return false;
    word = word << 6 | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      char three[3] = {static_cast<char>(word >> 16), static_cast<char>(word >> 8), static_cast<char>(word)};
      out.append(three, 3);
      word = 0;
      count = 0;
    }
  }
  if (count == 0) return padding == 0;
  if (count == 1 || count + padding != 4) return false;
  if (count == 2) {
    if ((word & 15) != 0) return false;
    out += static_cast<char>(word >> 4);
  } else {
    if ((word & 3) != 0) return false;
    out += static_cast<char>(word >> 10);
    out += static_cast<char>(word >> 2);
  }
  return true;
}

}  // namespace purser
