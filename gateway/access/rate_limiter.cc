#include "gateway/access/rate_limiter.h"

#include <algorithm>
#include <functional>
#include <utility>

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
  auto& buckets = shard.buckets;
  if (buckets.size() < max_names_a_shard) return;
  std::erase_if(buckets, [now](const auto& one) { return one.second.full_at <= now; });
  if (buckets.size() >= max_names_a_shard) buckets.erase(buckets.begin());
}

RateVerdict RateLimiter::take(std::string_view name, const Rate& rate, std::chrono::microseconds now) {
  if (rate.requests == 0) return {};
  auto cell = cell_of(rate);
  auto at = now.count();
  auto& shard = shard_of(name);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.buckets.find(std::string(name));
  auto full_at = found == shard.buckets.end() ? at : std::max(at, found->second.full_at);
  if (full_at + cell.interval - at > cell.tolerance) return verdict_of(cell, full_at, at, false);
  full_at += cell.interval;
  if (found == shard.buckets.end()) {
    make_room(shard, at);
    found = shard.buckets.emplace(name, Bucket{}).first;
  }
  auto& bucket = found->second;
  bucket.full_at = full_at;
  // A list that nobody empties any more must not grow.
  if (shared_.load(std::memory_order_relaxed) &&
      (bucket.unshared != 0 || shard.unshared.size() < max_names_a_shard)) {
    if (bucket.unshared == 0) shard.unshared.emplace_back(name);
    bucket.unshared += static_cast<std::uint64_t>(cell.interval);
  }
  return verdict_of(cell, full_at, at, true);
}

RateVerdict RateLimiter::look(std::string_view name, const Rate& rate, std::chrono::microseconds now) {
  if (rate.requests == 0) return {};
  auto& shard = shard_of(name);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.buckets.find(std::string(name));
  auto full_at = found == shard.buckets.end() ? now.count() : std::max(now.count(), found->second.full_at);
  auto verdict = verdict_of(cell_of(rate), full_at, now.count(), true);
  verdict.allowed = verdict.remaining > 0;
  return verdict;
}

std::vector<Taken> RateLimiter::taken() {
  shared_ = true;
  std::vector<Taken> out;
  for (auto& shard : shards_) {
    std::scoped_lock lock(shard.mutex);
    for (auto& name : shard.unshared) {
      auto found = shard.buckets.find(name);
      if (found == shard.buckets.end() || found->second.unshared == 0) continue;
      out.push_back({std::move(name), std::exchange(found->second.unshared, 0)});
    }
    shard.unshared.clear();
  }
  return out;
}

void RateLimiter::learn(std::string_view name, std::chrono::microseconds full_at) {
  auto& shard = shard_of(name);
  std::scoped_lock lock(shard.mutex);
  auto found = shard.buckets.find(std::string(name));
  if (found == shard.buckets.end()) return;  // it made room: whoever calls next is asked about then
  auto& bucket = found->second;
  bucket.full_at = std::max(bucket.full_at, full_at.count() + static_cast<std::int64_t>(bucket.unshared));
}

void RateLimiter::begin_day(std::chrono::sys_days today) {
  if (today == day_) return;
  calls_.clear();
  day_ = today;
}

bool RateLimiter::take_daily(std::string_view name, std::uint64_t quota, std::chrono::sys_days today) {
  if (quota == 0) return true;
  std::scoped_lock lock(daily_mutex_);
  begin_day(today);
  auto& calls = calls_[std::string(name)];
  if (calls.all >= quota) return false;
  ++calls.all;
  ++calls.unshared;
  return true;
}

std::vector<Taken> RateLimiter::taken_daily(std::chrono::sys_days today) {
  std::vector<Taken> out;
  std::scoped_lock lock(daily_mutex_);
  begin_day(today);
  for (auto& [name, calls] : calls_) {
    if (calls.unshared != 0) out.push_back({name, std::exchange(calls.unshared, 0)});
  }
  return out;
}

void RateLimiter::learn_daily(std::string_view name, std::uint64_t calls, std::chrono::sys_days today) {
  std::scoped_lock lock(daily_mutex_);
  begin_day(today);
  auto& known = calls_[std::string(name)];
  known.all = std::max(known.all, calls + known.unshared);
}

}  // namespace purser::gateway
