// Many keep-alive connections from one thread, each sending its next request when the answer to the last is
// there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace purser::bench {

struct LoadResult {
  std::uint64_t good = 0;    ///< answered with the status that was expected
  std::uint64_t other = 0;   ///< answered otherwise
  std::uint64_t broken = 0;  ///< connections lost
  std::chrono::microseconds took{0};
  std::vector<std::uint32_t> microseconds;  ///< of each answer, sorted

  [[nodiscard]] std::uint64_t a_second() const;
  [[nodiscard]] std::uint32_t percentile(std::uint32_t percent) const;
};

/// Loads 127.0.0.1:port. `next` composes a whole request; called again for each.
LoadResult load(std::uint16_t port, std::size_t clients, std::chrono::seconds how_long, int expected,
                const std::function<std::string()>& next);

}  // namespace purser::bench
