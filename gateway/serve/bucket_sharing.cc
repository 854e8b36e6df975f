#include "gateway/serve/bucket_sharing.h"

#include "gateway/access/shared/shared_buckets.h"

namespace purser::gateway {
namespace {

// What two nodes may let through before they know of each other: the rate of so much time.
constexpr std::chrono::milliseconds exchange_period{50};

class Sharing {
 public:
  Sharing(RateLimiter& limiter, const Clock& clock, const Log& log, const LiveConfiguration& live)
      : buckets_(limiter, clock), log_(log), live_(live) {}

  void look() {
    const auto settings = live_.get()->settings;
    if (!settings->limits.shared) return;
    const auto exchanged = buckets_.exchange(*settings->limits.shared);
    if (exchanged.has_value() == !failing_) return;
    failing_ = !exchanged;
    if (failing_) {
      log_.write(LogLevel::warning, "rate limits are not shared, each node holds them by itself",
                 {{"why", exchanged.error()}});
    } else {
      log_.write(LogLevel::info, "rate limits are shared again");
    }
  }

 private:
  SharedBuckets buckets_;
  const Log& log_;
  const LiveConfiguration& live_;
  bool failing_ = false;
};

}  // namespace

std::unique_ptr<Watch> share_buckets(Scheduler& threads, RateLimiter& limiter, const Clock& clock,
                                     const Log& log, const LiveConfiguration& live) {
  auto watch = threads.watch(
      exchange_period, [sharing = std::make_shared<Sharing>(limiter, clock, log, live)] { sharing->look(); });
  watch->wake();
  return watch;
}

}  // namespace purser::gateway
