#include "gateway/sqlite/page_checksum.h"

#include <xxhash.h>

#include <cstring>
#include <string_view>

namespace purser::gateway {
namespace {

constexpr std::size_t least_header = 100;  // what a first read or write of page 1 has at least
constexpr std::size_t page_size_at = 16;   // in the header: big endian, two bytes
constexpr std::size_t reserved_at = 20;    // bytes left free at each page's end
constexpr std::string_view magic("SQLite format 3\0", 16);

std::uint64_t checksum(Page page, std::uint32_t number) {
  return XXH3_64bits_withSeed(page.data(), page_size - checksum_size, number);
}

bool is_blank(Page page) {
  static constexpr std::array<char, page_size> zeros{};
  return std::memcmp(page.data(), zeros.data(), page_size) == 0;
}

}  // namespace

std::optional<bool> has_room(std::span<const char> header) {
  if (header.size() < least_header || !std::string_view(header.data(), header.size()).starts_with(magic))
    return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(header[at]); };
  return (byte(page_size_at) << 8 | byte(page_size_at + 1)) == page_size &&
         byte(reserved_at) == checksum_size;
}

std::array<char, page_size> with_checksum(Page page, std::uint32_t number) {
  std::array<char, page_size> out;
  std::memcpy(out.data(), page.data(), page_size - checksum_size);
  const std::uint64_t sum = checksum(page, number);
  std::memcpy(out.data() + page_size - checksum_size, &sum, checksum_size);
  return out;
}

bool is_whole(Page page, std::uint32_t number) {
  std::uint64_t stored = 0;
  std::memcpy(&stored, page.data() + page_size - checksum_size, checksum_size);
  return stored == checksum(page, number) || is_blank(page);
}

}  // namespace purser::gateway
