// Makes EDIFACT interchanges of any size: for measurements and for tests that memory stays flat.
#pragma once

#include <cstdint>
#include <ostream>

namespace purser::test {

struct InterchangeShape {
  std::uint64_t invoices = 1;
  std::uint32_t lines = 25;  ///< of each invoice; 25 make about 4.9 KB
};

/// Writes one interchange (UNOW 4, UTF-8) of INVOIC D.96A EAN008 messages: sound ones, totals and counts included.
/// The same shape gives the same bytes. Needs constant memory.
void write_interchange(std::ostream& out, const InterchangeShape& shape);

}  // namespace purser::test
