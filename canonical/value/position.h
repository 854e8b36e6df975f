// Where a value stood in its source document. Travels with every event, finding and explanation.
#pragma once

#include <cstdint>

namespace purser {

/// A place in a source document. All counts start at 1; 0 means "not known" or "does not apply".
/// Trivially copyable; 32 bytes, because one travels with every event.
struct Position {
  std::uint64_t offset = 0;     ///< byte offset from the start of the file, 0-based
  std::uint32_t line = 0;       ///< line, ended by LF, CR or CR LF
  std::uint32_t column = 0;     ///< byte column within the line
  std::uint32_t segment = 0;    ///< ordinal of the EDI segment, CSV record or XML element in the file
  std::uint16_t element = 0;    ///< data element within the segment, column within the record
  std::uint16_t component = 0;  ///< component within a composite data element
  std::uint16_t table = 0;  ///< mapping table that produced the value, index into the connector's list + 1
  std::uint16_t row = 0;    ///< line of that table; both are 0 where no table was involved

  friend bool operator==(const Position&, const Position&) = default;
};

}  // namespace purser
