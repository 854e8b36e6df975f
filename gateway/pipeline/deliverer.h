// Claimed deliveries on their way out: queues by target, attempts, what to do after each.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/deliver/breaker.h"
#include "gateway/deliver/pace.h"
#include "gateway/deliver/transport.h"
#include "gateway/observe/metrics.h"
#include "gateway/pipeline/engine.h"
#include "gateway/port/scheduler.h"

namespace purser::gateway {

/// Holds what was claimed until it is settled in the journal. One slow target fills its own queue only. [any]
class Deliverer {
 public:
  /// `hungry` is called when the journal has something to claim, now or after a time: a target's queue runs
  /// low, a delivery will be due again.
  Deliverer(const EngineParts& parts, const EngineOptions& options, Pool& workers,
            std::function<void(std::chrono::microseconds)> hungry);
  ~Deliverer();

  void take(std::vector<ClaimedDelivery> claimed);
  /// The same for an answer to wanted().
  void take_claimed(std::vector<ClaimedDelivery> claimed);
  /// What may be claimed now: for each enabled target that is not left alone, as many as it has room for.
  /// Goes on with what waited for a breaker's rest or for its pace.
  std::vector<ClaimRequest> wanted();
  /// A lease for new claims; none if memory is full.
  [[nodiscard]] std::optional<Lease> lease() const;
  /// Claimed and not settled.
  [[nodiscard]] std::int64_t held() const { return held_.load(); }
  /// Starts no new attempt; those under way end.
  void close();
  [[nodiscard]] std::int64_t under_way() const { return under_way_.load(); }

 private:
  struct Lanes {
    Breaker breaker{BreakerSettings{}};
    Pace pace;
    std::deque<ClaimedDelivery> waiting;
    std::uint32_t in_flight = 0;
    bool pumping = false;
    std::uint32_t asked = 0;  ///< of the journal, at the last claim
    bool more = false;        ///< the last claim was filled: the journal has more
  };
  void schedule(const std::string& target);
  void pump(const std::string& target);
  bool next(const Target& target, ClaimedDelivery& out);
  void start(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery);
  void write_first(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery, Instant started);
  /// What is awaited for it is durable before it goes.
  void expect_and_send(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery, Instant started,
                       std::string bytes);
  void send(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery, Instant started,
            std::string bytes);
  void finish(const std::shared_ptr<const Target>& target, const ClaimedDelivery& delivery, Instant started,
              Receipt receipt);
  void settle(const Target& target, const ClaimedDelivery& delivery, Instant started, const Receipt& receipt);
  void record(Attempt attempt, Instant leased_until);
  void wait_for(const Attempt& attempt);
  void record_again();
  /// So that somebody may have them before the lease ends. None of them was sent.
  void give_back(std::vector<ClaimedDelivery> unsent);
  /// What is sent, or written anew if it is not written yet. No longer at hand afterwards.
  std::expected<std::string, Status> bytes_of(ClaimedDelivery& delivery);
  void keep_at_hand(ClaimedDelivery& delivery);
  void drop_at_hand(ClaimedDelivery& delivery);
  void let_go(std::size_t count);

  const EngineParts& parts_;
  const EngineOptions& options_;
  Pool& workers_;
  std::function<void(std::chrono::microseconds)> hungry_;
  std::atomic<std::int64_t> held_{0};
  std::atomic<std::int64_t> under_way_{0};
  std::atomic<std::size_t> at_hand_{0};  ///< bytes, of those that wait
  std::atomic<bool> closed_{false};
  std::mutex mutex_;
  std::map<std::string, Lanes, std::less<>> targets_;
  /// Attempts the journal could not take (a full disk, a lost connection), and until when they may be
  /// recorded.
  std::vector<std::pair<Attempt, Instant>> unrecorded_;
};

}  // namespace purser::gateway
