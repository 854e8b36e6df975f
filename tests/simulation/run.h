// One run: a seed decides what goes wrong and when; after it the promises are checked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace purser::simulation {

struct RunResult {
  std::vector<std::string> broken;  ///< empty: every promise held
  std::uint64_t digest = 0;         ///< equal for two runs with one seed
  std::uint64_t events = 0;
  std::uint64_t documents = 0, bookings = 0, crashes = 0;
};

/// Prints what happens to standard error if `tell`.
RunResult run(std::uint64_t seed, bool tell);

}  // namespace purser::simulation
