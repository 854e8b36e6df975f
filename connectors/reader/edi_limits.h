// Bounds on a segment, whatever the format.
#pragma once

#include <cstdint>

namespace purser::edi {

/// Each protects memory or time against a hostile source.
struct Limits {
  std::uint32_t max_segment = 1 << 20;     ///< bytes from tag to terminator; FTX needs 3 KB
  std::uint32_t max_elements = 1'000;      ///< data elements of a segment; the directories have up to 30
  std::uint32_t max_components = 1'000;    ///< of one data element
  std::uint32_t max_repetitions = 10'000;  ///< of one data element
  bool remember_shapes = true;             ///< compare segments with those before (edi_known.h)
};

}  // namespace purser::edi
