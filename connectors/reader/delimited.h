// Text tables: RFC 4180 and its relatives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/reader/charset.h"

namespace purser::delimited {

/// How a file is written.
struct Format {
  char separator = ',';
  char quote = '"';     ///< 0: no quoting at all
  char escape = '"';    ///< inside quotes, before a quote; RFC 4180 doubles the quote, some use a backslash
  bool heading = true;  ///< the first record names the columns
  reader::Charset charset = reader::Charset::utf_8;
};

/// Bounds on a file; each protects memory or time against a hostile source.
struct Limits {
  std::uint32_t max_field = 16 << 20;   ///< bytes of one field; an attachment in base64 may sit in one
  std::uint32_t max_record = 64 << 20;  ///< bytes of one record; an unclosed quote ends here at the latest
  std::uint32_t max_columns = 4'096;    ///< spreadsheets stop at 16,384, exports far below
  std::uint64_t max_records = 100'000'000;
};

inline constexpr std::size_t detect_bytes = 64 * 1024;
/// Guesses separator (comma, semicolon, tab, bar), charset and whether there is a heading from the first
/// bytes (detect_bytes, or all). Nothing if no separator splits the lines evenly. [any]
std::optional<Format> detect(std::string_view head);

}  // namespace purser::delimited
