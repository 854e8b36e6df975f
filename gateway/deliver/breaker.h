// When a target that fails again and again is left alone, and when it is tried again.
#pragma once

#include <chrono>
#include <cstdint>

namespace purser::gateway {

/// A breaker's settings. `failures` 0: there is none.
struct BreakerSettings {
  std::uint32_t failures = 8;  ///< in a row, before it opens: a single slow answer opens nothing
  std::chrono::milliseconds rest{5'000};
  std::chrono::milliseconds longest_rest{
      std::chrono::minutes(2)};  ///< the rest doubles with each failed probe
};

/// Opens after failures that may pass; while open nothing is sent, so that a dead target costs no attempts,
/// no connections and no memory. After a rest one delivery probes. Times are monotonic. Not thread safe.
class Breaker {
 public:
  explicit Breaker(const BreakerSettings& settings) : settings_(settings) {}

  /// Whether something may be sent now. While it probes: no more than the one.
  [[nodiscard]] bool lets_pass(std::chrono::microseconds now) const;
  /// Something is sent; it is the probe if the breaker was open.
  void sent();
  /// What was to be sent was not: another may be the probe.
  void not_sent() { probing_ = false; }
  void arrived();
  /// Whether it opened thereby (or stayed open after a probe).
  bool failed(std::chrono::microseconds now);
  /// Settings changed by a reload; the state stays.
  void use(const BreakerSettings& settings) { settings_ = settings; }

  [[nodiscard]] bool is_open() const { return open_; }

 private:
  BreakerSettings settings_;
  std::uint32_t in_a_row_ = 0;
  bool open_ = false;
  bool probing_ = false;
  std::chrono::microseconds rest_{0};
  std::chrono::microseconds until_{0};
};

}  // namespace purser::gateway
