// Prints what Google Benchmark prints, and afterwards how rates of one run compare.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>

namespace purser::bench {

/// Keeps bytes a second by benchmark name.
class Rates : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      const auto found = run.counters.find("bytes_per_second");
      if (found != run.counters.end()) rates_[run.benchmark_name()] = found->second;
    }
  }
  /// "NAME is 0.52 of OTHER", if both were measured.
  void compare(const std::string& name, const std::string& other) const {
    const auto ours = rates_.find(name), theirs = rates_.find(other);
    if (ours == rates_.end() || theirs == rates_.end()) return;
    std::printf("%-44s %7.0f MB/s  %5.2f of %s (%.0f MB/s)\n", name.c_str(), ours->second / 1e6,
                ours->second / theirs->second, other.c_str(), theirs->second / 1e6);
  }

 private:
  std::map<std::string, double> rates_;
};

}  // namespace purser::bench
