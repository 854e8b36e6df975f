// A checksum at the end of a database page: what a disk gives back is what was written there.
//
// A page's last eight bytes, which SQLite leaves free where the header says so (offset 20: "reserved space",
// https://sqlite.org/fileformat.html 1.3.4), hold the XXH3-64 of the rest, with the page's number in it: a page in
// another's place is noticed, too. [any]
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace purser::gateway {

constexpr std::size_t page_size = 4096;   ///< bytes; SQLite's default, which no journal changes
constexpr std::size_t checksum_size = 8;  ///< bytes at a page's end

using Page = std::span<const char, page_size>;

/// Whether the database that begins with these bytes leaves room for checksums. Nothing: no database begins so.
std::optional<bool> has_room(std::span<const char> header);
/// The page with its checksum. Numbers count from 1.
std::array<char, page_size> with_checksum(Page page, std::uint32_t number);
/// Whether it is as it was written. Room that was made and never written to, as a hole in a file, is.
bool is_whole(Page page, std::uint32_t number);

}  // namespace purser::gateway
