#include "gateway/access/rate_limiter.h"

#include <algorithm>
#include <functional>

namespace purser::gateway {
namespace {

struct Cell {
  std::int64_t interval;   // between two calls at the steady rate
  std::int64_t tolerance;  // how far ahead a burst may run
};

Cell cell_of(const Rate& rate) {
  auto per = std::chrono::microseconds(rate.per).count();
  auto interval = std::max<std::int64_t>(1, per / rate.requests);
  return {interval, interval * static_cast<std::int64_t>(std::max(rate.burst, 1U))};
}

RateVerdict verdict_of(const Cell& cell, std::int64_t full_at, std::int64_t now, bool allowed) {
  auto room = cell.tolerance - (full_at - now);
  RateVerdict verdict;
  verdict.allowed = allowed;
  verdict.remaining = static_cast<std::uint32_t>(std::max<std::int64_t>(0, room / cell.interval));
  verdict.wait = std::chrono::microseconds(std::max<std::int64_t>(0, cell.interval - room));
  return verdict;
}

}  // namespace

RateLimiter::Shard& RateLimiter::shard_of(std::string_view name) {
  return shards_[std::hash<std::string_view>()(name) % shards_.size()];
}

void RateLimiter::make_room(Shard& shard, std::int64_t now) {
  if (shard.full_at.size() < max_names_a_shard) return;
  std::erase_if(shard.full_at, [now](const auto& bucket) { return bucket.second <= now; });
  if (shard.full_at.size() >= max_names_a_shard) shard.full_at.erase(shard.full_at.begin());
}

RateVerdict RateLimiter::take(std::string_view name, const Rate& rate, std::chrono::microseconds now) {
  if (rate.requests == 0) return {};
  auto cell = cell_of(rate);
  auto at = now.count();
  auto& shard = shard_of(name);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.full_at.find(std::string(name));
  auto full_at = found == shard.full_at.end() ? at : std::max(at, found->second);
  if (full_at + cell.interval - at > cell.tolerance) return verdict_of(cell, full_at, at, false);
  full_at += cell.interval;
  if (found == shard.full_at.end()) {
    make_room(shard, at);
    shard.full_at.emplace(name, full_at);
  } else {
    found->second = full_at;
  }
  return verdict_of(cell, full_at, at, true);
}

RateVerdict RateLimiter::look(std::string_view name, const Rate& rate, std::chrono::microseconds now) {
  if (rate.requests == 0) return {};
  auto& shard = shard_of(name);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.full_at.find(std::string(name));
  auto full_at = found == shard.full_at.end() ? now.count() : std::max(now.count(), found->second);
  auto verdict = verdict_of(cell_of(rate), full_at, now.count(), true);
  verdict.allowed = verdict.remaining > 0;
  return verdict;
}

bool RateLimiter::take_daily(std::string_view name, std::uint64_t quota, std::chrono::sys_days today) {
  if (quota == 0) return true;
  std::scoped_lock lock(daily_mutex_);
  if (today != day_) {
    calls_.clear();
    day_ = today;
  }
  auto& calls = calls_[std::string(name)];
  if (calls >= quota) return false;
  ++calls;
  return true;
}

}  // namespace purser::gateway
