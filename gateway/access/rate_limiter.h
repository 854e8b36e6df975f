// Token buckets and daily quotas, for callers by any name: address, credential, endpoint.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What a bucket says after one more call, or instead of it.
struct RateVerdict {
  bool allowed = true;
  std::uint32_t remaining = 0;        ///< further calls that would be allowed now
  std::chrono::microseconds wait{0};  ///< until the next one is; 0 if one is allowed now
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

  static constexpr std::size_t max_names_a_shard = 16 * 1024;

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::int64_t> full_at;  // microseconds
  };
  Shard& shard_of(std::string_view name);
  static void make_room(Shard& shard, std::int64_t now);

  std::array<Shard, 8> shards_;
  std::mutex daily_mutex_;
  std::chrono::sys_days day_{};
  std::unordered_map<std::string, std::uint64_t> calls_;
};

}  // namespace purser::gateway
