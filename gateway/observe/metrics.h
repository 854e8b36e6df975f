// Counters and histograms that cost a few nanoseconds, and their Prometheus text.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace purser::gateway {

/// A number that only grows. [any]
class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// A level that goes up and down. [any]
class Gauge {
 public:
  void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
  void set(std::int64_t to) { value_.store(to, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// Durations in buckets that double from 100 µs to 52 s: two of them tell a p99 to within a factor of two.
/// [any]
class Histogram {
 public:
  static constexpr std::size_t buckets = 20;
  void observe(std::chrono::microseconds took);
  [[nodiscard]] std::uint64_t count(std::size_t bucket) const {
    return counts_[bucket].load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t sum_microseconds() const { return sum_.load(std::memory_order_relaxed); }
  static std::chrono::microseconds limit(std::size_t bucket);  ///< upper; the last bucket has none

 private:
  std::array<std::atomic<std::uint64_t>, buckets> counts_{};
  std::atomic<std::uint64_t> sum_{0};
};

/// What the gateway counts. One instance, made by main, handed to whoever counts.
class Metrics {
 public:
  Counter accepted, duplicates, conflicts, refused;
  Counter parked, rejected, delivered, attempts, retries;
  Counter notices;  ///< overdue acknowledgements and expired deliveries
  static constexpr std::size_t denial_codes = 8;
  std::array<Counter, denial_codes> denied;  ///< by the number of their code: [3] is AUTH-0003
  Counter http_requests, http_refused, configuration_swaps, configuration_errors;
  Gauge waiting, in_flight, connections;
  Histogram admission, understanding, attempt;

  /// Prometheus text exposition format 0.0.4. [any]
  [[nodiscard]] std::string render() const;
};

}  // namespace purser::gateway
