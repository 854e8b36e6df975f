// Many keep-alive connections from one thread, each sending its next request when the answer to the last is
// there.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace purser::bench {

struct LoadResult {
  std::uint64_t good = 0;    ///< answered with the status that was expected
  std::uint64_t other = 0;   ///< answered otherwise
  std::uint64_t broken = 0;  ///< connections lost
  std::chrono::microseconds took{0};
  std::vector<std::uint32_t> microseconds;  ///< of each answer, sorted
  /// Of each good answer, the id in it and when its request was due.
  std::vector<std::pair<std::string, std::chrono::steady_clock::time_point>> documents;

  [[nodiscard]] std::uint64_t a_second() const;
};

/// The value below which `per_mille` of a sorted list lie; 0 of an empty one.
std::uint32_t percentile(const std::vector<std::uint32_t>& sorted, std::uint32_t per_mille);

struct LoadOrder {
  std::vector<std::uint16_t> ports;  ///< of 127.0.0.1; connections take turns
  std::size_t clients = 64;
  std::chrono::seconds how_long{10};
  int expected = 200;
  /// Requests a second, sent when they are due whatever the answers do, and timed from then: what waits for a
  /// free connection has begun to wait. 0: each connection sends as soon as it has its answer.
  std::uint64_t rate = 0;
};

/// `next` composes a whole request; called again for each.
LoadResult load(const LoadOrder& order, const std::function<std::string()>& next);

}  // namespace purser::bench
