// The header of one record in a segment file.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// 24 bytes, little endian: magic, length of the content, XXH3-64 of the content.
struct RecordHeader {
  static constexpr std::uint64_t magic = 0x31595230'42525550;  // "PURB0RY1"
  std::uint64_t length = 0;
  std::uint64_t checksum = 0;
};

inline void append_header(std::string& out, const RecordHeader& header) {
  const std::uint64_t words[3] = {RecordHeader::magic, header.length, header.checksum};
  out.append(reinterpret_cast<const char*>(words), sizeof words);
}

/// Empty if there is no record here.
inline std::optional<RecordHeader> parse_header(std::string_view bytes) {
  std::uint64_t words[3];
  if (bytes.size() < sizeof words) return std::nullopt;
  std::memcpy(words, bytes.data(), sizeof words);
  if (words[0] != RecordHeader::magic) return std::nullopt;
  return RecordHeader{words[1], words[2]};
}

}  // namespace purser::gateway
