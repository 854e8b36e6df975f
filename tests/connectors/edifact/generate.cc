// Prints a large interchange: generate_edifact INVOICES [LINES]. 200000 invoices of 25 lines are about 1 GB.

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/connectors/edifact/interchange.h"

int main(int count, char** values) {
  if (count < 2 || count > 3) {
    std::cerr << "usage: generate_edifact INVOICES [LINES] > file\n";
    return 2;
  }
  purser::test::InterchangeShape shape;
  shape.invoices = std::strtoull(values[1], nullptr, 10);
  if (count == 3) shape.lines = static_cast<std::uint32_t>(std::strtoul(values[2], nullptr, 10));
  std::ios::sync_with_stdio(false);
  purser::test::write_interchange(std::cout, shape);
  return std::cout.flush() ? 0 : 3;
}
