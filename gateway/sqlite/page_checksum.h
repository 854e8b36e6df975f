// A checksum at the end of a database page: what a disk gives back is what was written there.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace purser::gateway {

constexpr std::size_t page_size = 4096;    ///< bytes; SQLite's default, which no journal changes
constexpr std::size_t checksum_size = 8;   ///< bytes at a page's end
constexpr std::size_t least_header = 100;  ///< bytes of page 1 that SQLite reads or writes at least

/// A page's last eight bytes, which SQLite leaves free where the header says so (offset 20: "reserved space",
/// https://sqlite.org/fileformat.html 1.3.4), hold the XXH3-64 of the rest, with the page's number in it: a
/// page in another's place is noticed, too. Numbers count from 1. [any]
using Page = std::span<const char, page_size>;

/// Whether the database that begins with these bytes leaves room for checksums. Not a database: `before`.
bool has_room(std::span<const char> header, bool before);
/// The page with its checksum.
std::array<char, page_size> with_checksum(Page page, std::uint32_t number);
/// Whether it is as it was written. Room that was made and never written to, as a hole in a file, is.
bool is_whole(Page page, std::uint32_t number);

}  // namespace purser::gateway
