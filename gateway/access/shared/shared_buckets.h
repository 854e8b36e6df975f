// The buckets of all nodes kept together by a Redis server.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "gateway/access/rate_limiter.h"
#include "gateway/port/clock.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Tells the server what was taken from this node's limiter, and the limiter what was taken elsewhere.
/// [serial]
class SharedBuckets {
 public:
  SharedBuckets(RateLimiter& limiter, const Clock& clock);
  SharedBuckets(const SharedBuckets&) = delete;
  SharedBuckets& operator=(const SharedBuckets&) = delete;
  ~SharedBuckets();

  /// One exchange, connecting first where there is no connection to that server. Waits for the network: never
  /// on a thread that answers callers. If it fails, it says why: what buckets would have told is dropped
  /// (they fill up again by themselves), counts of the day are told next time.
  std::expected<void, std::string> exchange(const BucketServer& server);

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
  RateLimiter& limiter_;
  const Clock& clock_;
};

}  // namespace purser::gateway
