#include "gateway/pipeline/deliverer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "gateway/message/tenant.h"
#include "gateway/pipeline/expectations.h"
#include "gateway/pipeline/understand.h"
#include "gateway/retry/schedule.h"

namespace purser::gateway {
namespace {

constexpr std::uint32_t queue_factor =
    4;  // queued for each attempt in flight: the next is there when one ends

// Of deliveries that wait: a target that does not answer must not fill memory with what the journal has
// anyway.
constexpr std::size_t most_at_hand = 16 << 20;

constexpr std::chrono::seconds longest_alarm{60};

// An attempt that could outlast its lease is not begun: somebody else might begin the same one.
bool fits_lease(const Target& target, Instant now, Instant leased_until) {
  auto longest = std::chrono::milliseconds(10'000);  // a folder's disk
  if (const auto* http = std::get_if<HttpTarget>(&target.where)) longest = http->total_timeout;
  if (const auto* sftp = std::get_if<SftpTarget>(&target.where)) longest = sftp->server.total_timeout;
  return now + longest + std::chrono::seconds(1) < leased_until;
}

Receipt stopped_by(const Status& status, std::string_view code) {
  Receipt receipt;
  receipt.what = status.what;
  receipt.code = code;
  receipt.left = false;
  receipt.detail = one_line(fmt::format("{} {}", status.code, status.message));
  return receipt;
}

bool try_again(const Receipt& receipt) {
  return receipt.what == StatusClass::unavailable || receipt.what == StatusClass::overloaded;
}

}  // namespace

Deliverer::Deliverer(const EngineParts& parts, const EngineOptions& options, Pool& workers,
                     std::function<void(std::chrono::microseconds)> hungry)
    : parts_(parts), options_(options), workers_(workers), hungry_(std::move(hungry)) {}

Deliverer::~Deliverer() = default;

std::optional<Lease> Deliverer::lease() const {
  if (closed_ || held_ >= static_cast<std::int64_t>(options_.max_in_memory)) return std::nullopt;
  return Lease{options_.node, parts_.clock.now() + options_.lease};
}

void Deliverer::take(std::vector<ClaimedDelivery> claimed) {
  if (claimed.empty()) return;
  held_ += static_cast<std::int64_t>(claimed.size());
  parts_.metrics.in_flight.add(static_cast<std::int64_t>(claimed.size()));
  std::vector<std::string> touched;
  {
    const std::lock_guard lock(mutex_);
    for (ClaimedDelivery& delivery : claimed) {
      Lanes& lanes = targets_[delivery.target];
      if (!lanes.pumping) {
        lanes.pumping = true;
        touched.push_back(delivery.target);
      }
      keep_at_hand(delivery);
      lanes.waiting.push_back(std::move(delivery));
    }
  }
  for (const std::string& target : touched) workers_.run([this, target] { pump(target); });
}

void Deliverer::take_claimed(std::vector<ClaimedDelivery> claimed) {
  {
    const std::lock_guard lock(mutex_);
    for (const ClaimedDelivery& delivery : claimed) {
      Lanes& lanes = targets_[delivery.target];
      if (lanes.asked > 0 && --lanes.asked == 0) lanes.more = true;
    }
  }
  take(std::move(claimed));
}

void Deliverer::schedule(const std::string& target) {
  {
    const std::lock_guard lock(mutex_);
    Lanes& lanes = targets_[target];
    if (lanes.pumping || lanes.waiting.empty()) return;
    lanes.pumping = true;
  }
  workers_.run([this, target] { pump(target); });
}

bool Deliverer::next(const Target& target, ClaimedDelivery& out) {
  const auto now = parts_.clock.monotonic();
  const std::lock_guard lock(mutex_);
  Lanes& lanes = targets_[target.name];
  lanes.breaker.use(target.breaker);
  const bool room = !closed_ && !lanes.waiting.empty() && lanes.in_flight < target.concurrency;
  if (!room || !lanes.breaker.lets_pass(now) || !lanes.pace.take(target.rate, now)) {
    lanes.pumping = false;
    return false;
  }
  lanes.breaker.sent();
  out = std::move(lanes.waiting.front());
  lanes.waiting.pop_front();
  ++lanes.in_flight;
  ++under_way_;
  return true;
}

void Deliverer::pump(const std::string& name) {
  const auto table = parts_.router.table();
  const Target* target = table->find_target(name);
  // Removed or switched off since they were claimed: they wait in the journal.
  if (target == nullptr || !target->enabled) {
    std::deque<ClaimedDelivery> unsent;
    {
      const std::lock_guard lock(mutex_);
      unsent.swap(targets_[name].waiting);
      targets_[name].pumping = false;
    }
    return give_back({std::make_move_iterator(unsent.begin()), std::make_move_iterator(unsent.end())});
  }
  const std::shared_ptr<const Target> shared(table, target);
  ClaimedDelivery delivery;
  while (next(*shared, delivery)) start(shared, std::move(delivery));
}

void Deliverer::give_back(std::vector<ClaimedDelivery> unsent) {
  if (unsent.empty()) return;
  for (ClaimedDelivery& delivery : unsent) drop_at_hand(delivery);
  const std::size_t count = unsent.size();
  // Where the journal cannot take it they are free when their lease ends.
  parts_.journal.give_back(std::move(unsent), [this, count](const auto&) { let_go(count); });
}

void Deliverer::keep_at_hand(ClaimedDelivery& delivery) {
  if (!delivery.at_hand) return;
  const std::size_t size = delivery.at_hand->size();
  if (at_hand_ + size > most_at_hand) {
    delivery.at_hand.reset();
  } else {
    at_hand_ += size;
  }
}

void Deliverer::drop_at_hand(ClaimedDelivery& delivery) {
  if (delivery.at_hand) at_hand_ -= delivery.at_hand->size();
  delivery.at_hand.reset();
}

std::expected<std::string, Status> Deliverer::bytes_of(ClaimedDelivery& delivery) {
  if (!delivery.at_hand)
    return parts_.bodies.read(delivery.encoded.is_set() ? delivery.encoded : delivery.canonical);
  std::string bytes = *delivery.at_hand;
  drop_at_hand(delivery);
  return bytes;
}

void Deliverer::let_go(std::size_t count) {
  held_ -= static_cast<std::int64_t>(count);
  parts_.metrics.in_flight.add(-static_cast<std::int64_t>(count));
}

void Deliverer::start(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery) {
  const Instant now = parts_.clock.now();
  if (!fits_lease(*target, now, delivery.leased_until)) {
    {
      const std::lock_guard lock(mutex_);
      --targets_[target->name].in_flight;
      targets_[target->name].breaker.not_sent();
    }
    --under_way_;
    std::vector<ClaimedDelivery> unsent;
    unsent.push_back(std::move(delivery));
    return give_back(std::move(unsent));
  }
  if (!delivery.encoded.is_set() && !delivery.connector.empty()) {
    return write_first(target, std::move(delivery), now);
  }
  auto bytes = bytes_of(delivery);
  if (!bytes) return finish(target, delivery, now, stopped_by(bytes.error(), bytes.error().code));
  expect_and_send(target, std::move(delivery), now, std::move(*bytes));
}

void Deliverer::expect_and_send(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery,
                                Instant started, std::string bytes) {
  auto expected = expectations_of(*parts_.router.table(), parts_.translator, delivery, bytes);
  if (expected.empty()) return send(target, std::move(delivery), started, std::move(bytes));
  delivery.expects = true;
  parts_.journal.expect(
      std::move(expected), [this, target, delivery = std::move(delivery), started,
                            bytes = std::move(bytes)](std::expected<std::vector<bool>, Status> kept) mutable {
        if (!kept) {
          // The journal's thread seals nothing: for a key it would wait for itself.
          return workers_.run([this, target, delivery = std::move(delivery), started, why = kept.error()] {
            finish(target, delivery, started, stopped_by(why, why.code));
          });
        }
        send(target, std::move(delivery), started, std::move(bytes));
      });
}

void Deliverer::send(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery, Instant started,
                     std::string bytes) {
  const auto [media_type, extension] =
      parts_.translator.media_of({delivery.connector, delivery.format, {}, {}});
  Shipment shipment;
  shipment.bytes = std::move(bytes);
  shipment.media_type = media_type;
  shipment.extension = extension;
  shipment.delivery = delivery;
  parts_.transport.send(target, std::move(shipment),
                        [this, target, delivery = std::move(delivery), started](Receipt receipt) {
                          finish(target, delivery, started, std::move(receipt));
                        });
}

// Kept before they are sent, so that every attempt sends the same bytes with the same control numbers.
void Deliverer::write_first(const std::shared_ptr<const Target>& target, ClaimedDelivery delivery,
                            Instant started) {
  const auto canonical = bytes_of(delivery);
  if (!canonical)
    return finish(target, delivery, started, stopped_by(canonical.error(), canonical.error().code));
  EncodeOrder order;
  order.connector = delivery.connector;
  order.format = delivery.format;
  order.tenant = tenant_of(delivery.route);
  order.partner = delivery.partner;
  auto written = write_delivery(parts_.translator, order, target->name, *canonical);
  if (!written) return finish(target, delivery, started, stopped_by(written.error(), "DELIVER-0009"));
  if (!*written) {
    const Status refused{StatusClass::invalid, written->error().code, written->error().message};
    return finish(target, delivery, started, stopped_by(refused, "DELIVER-0009"));
  }
  std::vector<EncodedDelivery> batch;
  batch.push_back({delivery, (*written)->bytes, std::move((*written)->lost)});
  parts_.journal.keep_encoded(
      std::move(batch),
      [this, target, delivery = std::move(delivery), started,
       bytes = std::move((*written)->bytes)](std::expected<std::vector<BodyRef>, Status> kept) mutable {
        // The journal's thread reads nothing back and seals nothing: for a key it would wait for itself.
        workers_.run([this, target, delivery = std::move(delivery), started, bytes = std::move(bytes),
                      kept = std::move(kept)]() mutable {
          if (!kept) return finish(target, delivery, started, stopped_by(kept.error(), kept.error().code));
          if (!kept->front().is_set()) {
            const Status lost{StatusClass::unavailable, "JOURNAL-0002", "the lease is lost"};
            return finish(target, delivery, started, stopped_by(lost, lost.code));
          }
          delivery.encoded = kept->front();
          expect_and_send(target, std::move(delivery), started, std::move(bytes));
        });
      });
}

void Deliverer::finish(const std::shared_ptr<const Target>& target, const ClaimedDelivery& delivery,
                       Instant started, Receipt receipt) {
  settle(*target, delivery, started, receipt);
  bool low = false;
  {
    const std::lock_guard lock(mutex_);
    Lanes& lanes = targets_[target->name];
    --lanes.in_flight;
    if (!receipt.left) {
      lanes.breaker.not_sent();
    } else if (try_again(receipt)) {
      lanes.breaker.failed(parts_.clock.monotonic());
    } else {
      lanes.breaker.arrived();  // refused, perhaps, but there
    }
    low = lanes.more && lanes.waiting.size() < target->concurrency;
    if (low) lanes.more = false;
  }
  --under_way_;
  schedule(target->name);
  if (low) hungry_(std::chrono::microseconds(0));
}

void Deliverer::settle(const Target& target, const ClaimedDelivery& delivery, Instant started,
                       const Receipt& receipt) {
  Attempt attempt;
  attempt.delivery = delivery.id;
  attempt.fence = delivery.fence;
  attempt.message = delivery.message;
  attempt.lane = delivery.lane;
  attempt.tenant = tenant_of(delivery.route);
  attempt.started = started;
  attempt.took = receipt.took;
  attempt.answer = receipt.answer;
  attempt.detail = receipt.detail;
  attempt.hold_lane = target.hold_lane_when_parked;
  attempt.expects = delivery.expects;
  parts_.metrics.attempts.add();
  parts_.metrics.attempt.observe(receipt.took);
  if (!receipt.what) {
    attempt.next = DeliveryState::delivered;
    parts_.metrics.delivered.add();
  } else {
    const std::uint32_t made = delivery.attempts + 1;
    const auto again = try_again(receipt)
                           ? next_attempt(target.retry, made, delivery.first_due, parts_.clock.now(),
                                          receipt.retry_after, parts_.random)
                           : std::nullopt;
    const bool used_up = try_again(receipt) && !again;
    attempt.next = again ? DeliveryState::due : DeliveryState::parked;
    attempt.due = again.value_or(parts_.clock.now());
    attempt.finding =
        make_finding(used_up ? "DELIVER-0006" : receipt.code, {},
                     used_up ? fmt::format("{} attempts, the last: {} {}", made, receipt.code, receipt.detail)
                             : fmt::format("{}: {}", target.name, receipt.detail));
    (again ? parts_.metrics.retries : parts_.metrics.parked).add();
  }
  record(std::move(attempt), delivery.leased_until);
}

void Deliverer::record(Attempt attempt, Instant leased_until) {
  std::vector<Attempt> batch;
  batch.push_back(attempt);
  parts_.journal.record(std::move(batch), lease(),
                        [this, attempt = std::move(attempt),
                         leased_until](std::expected<std::vector<ClaimedDelivery>, Status> next) mutable {
                          if (next) {
                            wait_for(attempt);
                            take(std::move(*next));
                            return let_go(1);
                          }
                          const std::lock_guard lock(mutex_);
                          unrecorded_.emplace_back(std::move(attempt), leased_until);
                        });
}

// Further off it does not matter whether the next poll finds it, and nothing has to be kept.
void Deliverer::wait_for(const Attempt& attempt) {
  if (attempt.next != DeliveryState::due) return;
  const auto left = attempt.due - parts_.clock.now();
  if (left < longest_alarm) hungry_(std::max<std::chrono::microseconds>(left, std::chrono::microseconds(1)));
}

// Until its lease ends nobody else touches the delivery, and its lane waits. Afterwards it goes out again,
// with the same id.
void Deliverer::record_again() {
  std::vector<std::pair<Attempt, Instant>> list;
  {
    const std::lock_guard lock(mutex_);
    list.swap(unrecorded_);
  }
  const Instant now = parts_.clock.now();
  for (auto& [attempt, leased_until] : list) {
    if (now < leased_until) {
      record(std::move(attempt), leased_until);
    } else {
      let_go(1);
    }
  }
}

std::vector<ClaimRequest> Deliverer::wanted() {
  record_again();
  std::vector<ClaimRequest> out;
  const auto own = lease();
  const auto table = parts_.router.table();
  const auto now = parts_.clock.monotonic();
  std::vector<std::string> resting;
  std::unique_lock lock(mutex_);
  for (auto& [name, lanes] : targets_) {
    if (!lanes.waiting.empty() && !lanes.pumping) resting.push_back(name);
  }
  for (const Target& target : table->targets) {
    if (!own || !target.enabled) continue;
    const auto found = targets_.find(target.name);
    const std::size_t queued = found == targets_.end() ? 0 : found->second.waiting.size();
    const std::size_t room = std::size_t{target.concurrency} * queue_factor;
    if (queued >= room) continue;
    Lanes& lanes = targets_[target.name];
    if (!lanes.breaker.lets_pass(now)) continue;
    lanes.asked = static_cast<std::uint32_t>(lanes.breaker.is_open() ? 1 : room - queued);
    lanes.more = false;
    out.push_back({target.name, lanes.asked, *own});
  }
  lock.unlock();
  for (const std::string& name : resting) schedule(name);
  return out;
}

void Deliverer::close() { closed_ = true; }

}  // namespace purser::gateway
