// The gateways under test, together.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/load/gateway.h"

namespace purser::bench {

using Nodes = std::vector<std::unique_ptr<Gateway>>;

/// See Gateway::processor_time; of all nodes.
std::map<std::string, std::int64_t> processor_time(const Nodes& nodes);

/// Looks at the nodes' memory while a run goes on.
class MemoryWatch {
 public:
  MemoryWatch(const Nodes& nodes, std::chrono::seconds how_long);
  /// Megabytes of all nodes, at equal distances. Once.
  std::vector<std::int64_t> end();

 private:
  std::atomic<bool> ending_{false};
  std::vector<std::int64_t> samples_;
  std::thread thread_;
};

}  // namespace purser::bench
