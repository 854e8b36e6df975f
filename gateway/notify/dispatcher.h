// Tells subscribers what happened: reads the trail behind each one's place, sends, keeps the place.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/deliver/transport.h"
#include "gateway/notify/subscription.h"
#include "gateway/observe/log.h"
#include "gateway/port/clock.h"
#include "gateway/port/random.h"
#include "gateway/port/scheduler.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// What a dispatcher stands on; all of it outlives it.
struct DispatcherParts {
  Clock& clock;
  Random& random;
  Journal& journal;
  Transport& transport;
  const Log& log;
  std::function<std::shared_ptr<const Settings>()> settings;  ///< in force now
};

/// A subscription whose events do not arrive for so long is disabled; where it got to stays.
inline constexpr std::chrono::hours disabled_after{5 * 24};

/// The subscriptions of all tenants; of several nodes one does it. Events of a subscription go one after the
/// other, in the order of the trail; those of others do not wait for them.
class Dispatcher {
 public:
  explicit Dispatcher(DispatcherParts parts) : parts_(std::move(parts)) {}

  /// Stores what came of sending since the last look, and sends what is next. From one thread.
  void look();
  /// Nothing is being sent and nothing was found to send at the last look. [any]
  [[nodiscard]] bool is_idle();

 private:
  /// What came back of one event.
  struct Answered {
    Subscription subscription;
    TrailPosition from;    ///< where it was when the event was sent
    TrailPosition behind;  ///< where it is when the event has arrived
    EventAttempt attempt;
    std::optional<StatusClass> what;
    std::optional<std::chrono::seconds> retry_after;
  };
  /// The next event that a subscription wants, or none; moves `at` behind what was looked at.
  std::optional<TrailEntry> next(const Subscription& subscription, TrailPosition& at);
  void start(const Subscription& subscription, Progress progress);
  void settle(const Answered& answered);
  void give_up(const Subscription& subscription, const std::string& why);
  [[nodiscard]] bool leads();

  struct Looked {
    TrailPosition from;  ///< where the subscription was
    TrailPosition to;    ///< behind what it does not want
  };

  DispatcherParts parts_;
  std::map<std::string, Looked> looked_;  ///< by name
  std::mutex mutex_;                      ///< of the next three
  std::map<std::string, bool> sending_;
  std::deque<Answered> answered_;
  bool idle_ = false;
};

}  // namespace purser::gateway
