#include "tests/bench/load/nodes.h"

#include <algorithm>
#include <utility>

namespace purser::bench {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int most_samples = 60;
constexpr milliseconds least_distance{200};
constexpr milliseconds look{20};  // whether it is time, or over

std::int64_t memory(const Nodes& nodes) {
  std::int64_t all = 0;
  for (const auto& node : nodes) all += node->memory();
  return all;
}

}  // namespace

std::map<std::string, std::int64_t> processor_time(const Nodes& nodes) {
  std::map<std::string, std::int64_t> out;
  for (const auto& node : nodes) {
    for (const auto& [name, time] : node->processor_time()) out[name] += time;
  }
  return out;
}

MemoryWatch::MemoryWatch(const Nodes& nodes, std::chrono::seconds how_long)
    : thread_([this, &nodes, every = std::max<milliseconds>(how_long / most_samples, least_distance)] {
        for (auto next = Clock::now() + every; !ending_; std::this_thread::sleep_for(look)) {
          if (Clock::now() < next) continue;
          next += every;
          samples_.push_back(memory(nodes));
        }
      }) {}

std::vector<std::int64_t> MemoryWatch::end() {
  ending_ = true;
  thread_.join();
  return std::move(samples_);
}

}  // namespace purser::bench
