// Token buckets and daily quotas, for callers by any name: address, credential, endpoint.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What a bucket says after one more call, or instead of it.
struct RateVerdict {
  bool allowed = true;
  std::uint32_t remaining = 0;        ///< further calls that would be allowed now
  std::chrono::microseconds wait{0};  ///< until the next one is; 0 if one is allowed now
};

/// What was taken under a name: microseconds of its rate, or calls of the day.
struct Taken {
  std::string name;
  std::uint64_t amount = 0;
};

/// Buckets in memory, one for each name, by the generic cell rate algorithm: a bucket is one number, the
/// moment at which it would be full again. Names come from outside, so their number is bounded: when there
/// are too many, full buckets go first, which changes nothing for their owners. [any]
class RateLimiter {
 public:
  /// `now` is a monotonic time. A rate without requests allows everything.
  RateVerdict take(std::string_view name, const Rate& rate, std::chrono::microseconds now);
  /// The same without taking.
  [[nodiscard]] RateVerdict look(std::string_view name, const Rate& rate, std::chrono::microseconds now);
  /// One more call of the day; false beyond the quota. 0 is no quota.
  bool take_daily(std::string_view name, std::uint64_t quota, std::chrono::sys_days today);

  /// For who shares the buckets with other nodes: what was taken since the last call. Nothing is noted before
  /// the first.
  std::vector<Taken> taken();
  /// The bucket is full again at `full_at` and not before, with what others took.
  void learn(std::string_view name, std::chrono::microseconds full_at);
  std::vector<Taken> taken_daily(std::chrono::sys_days today);
  /// So many calls of the day were made by all.
  void learn_daily(std::string_view name, std::uint64_t calls, std::chrono::sys_days today);

  static constexpr std::size_t max_names_a_shard = 16 * 1024;

 private:
  struct Bucket {
    std::int64_t full_at = 0;    // microseconds
    std::uint64_t unshared = 0;  // of the time up to full_at
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Bucket> buckets;
    std::vector<std::string> unshared;  // names of buckets with something unshared, and of some that went
  };
  struct Calls {
    std::uint64_t all = 0, unshared = 0;
  };
  Shard& shard_of(std::string_view name);
  static void make_room(Shard& shard, std::int64_t now);

  void begin_day(std::chrono::sys_days today);

  std::array<Shard, 8> shards_;
  std::atomic<bool> shared_{false};
  std::mutex daily_mutex_;
  std::chrono::sys_days day_{};  // guarded by daily_mutex_, as calls_
  std::unordered_map<std::string, Calls> calls_;
};

}  // namespace purser::gateway
