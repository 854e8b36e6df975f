// Short texts as numbers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace purser::map {

/// A text of at most eight bytes as a number, to be compared in one go.
struct ShortText {
  static constexpr std::size_t most = 8;
  std::uint64_t word = 0;
  std::uint8_t size = most + 1;  ///< a longer text equals none

  ShortText() = default;
  explicit ShortText(std::string_view text) {
    if (text.size() > most) return;
    size = static_cast<std::uint8_t>(text.size());
    const char* at = text.data();
    if (size >= 4) {  // two halves, which may overlap
      std::uint32_t first = 0, last = 0;
      std::memcpy(&first, at, 4);
      std::memcpy(&last, at + size - 4, 4);
      word = std::uint64_t{last} << 32 | first;
    } else if (size > 0) {
      const auto byte = [at](unsigned i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
      word = byte(0) << 16 | byte(size / 2U) << 8 | byte(size - 1U);
    }
  }
  friend bool operator==(const ShortText& a, const ShortText& b) {
    return a.word == b.word && a.size == b.size;
  }
};

}  // namespace purser::map
