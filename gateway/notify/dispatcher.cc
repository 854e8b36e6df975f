#include "gateway/notify/dispatcher.h"

#include <algorithm>

#include <fmt/format.h>

#include "gateway/notify/sending.h"
#include "gateway/retry/schedule.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::seconds leadership{30};
constexpr std::uint32_t page = 500;  // entries looked at by one question
// Attempts go on until a subscription is disabled, from seconds to hours apart.
constexpr RetrySchedule schedule{std::chrono::seconds(5), std::chrono::hours(6), 1'000,
                                 std::chrono::hours(24 * 365), std::chrono::hours(6)};
constexpr std::uint32_t most_doublings = 20;
constexpr std::uint16_t gone = 410;  // Standard Webhooks: the receiver wants no more

std::string key_of(const Subscription& subscription) {
  return qualified(subscription.name, subscription.tenant);
}

}  // namespace

bool Dispatcher::leads() {
  const auto settings = parts_.settings();
  const auto led = parts_.journal.lead("webhooks out", {settings->node, parts_.clock.now() + leadership});
  return led && led->has_value();
}

bool Dispatcher::is_idle() {
  const std::lock_guard lock(mutex_);
  return idle_ && sending_.empty() && answered_.empty();
}

void Dispatcher::look() {
  std::deque<Answered> answered;
  {
    const std::lock_guard lock(mutex_);
    answered.swap(answered_);
  }
  for (const auto& one : answered) settle(one);
  const auto records = parts_.journal.records(std::string(subscription_kind), {});
  if (!records || records->empty() || !leads()) return;
  const auto states = parts_.journal.records(std::string(progress_kind), {});
  if (!states) return;
  {
    const std::lock_guard lock(mutex_);
    idle_ = true;  // until something is found
  }
  const auto now = to_number(parts_.clock.now());
  for (const auto& record : *records) {
    const auto subscription = read_subscription(record);
    if (!subscription || !subscription->enabled) continue;
    {
      const std::lock_guard lock(mutex_);
      if (sending_.contains(key_of(*subscription))) continue;
    }
    const auto state = std::ranges::find_if(*states, [&](const KeptRecord& one) {
      return one.tenant == record.tenant && one.name == record.name;
    });
    if (state == states->end()) continue;  // it is being made
    auto progress = read_progress(*state);
    if (!progress || progress->due > now) continue;
    start(*subscription, std::move(*progress));
  }
}

std::optional<TrailEntry> Dispatcher::next(const Subscription& subscription, TrailPosition& at) {
  const auto chains = parts_.journal.trail_chains();
  if (!chains) return std::nullopt;
  std::optional<TrailEntry> first;
  for (const auto& [chain, last] : *chains) {
    auto& behind = at[chain];
    while (behind < last) {
      const auto entries = parts_.journal.trail({subscription.tenant, chain, behind, 0, page});
      if (!entries) return std::nullopt;
      const auto wanted = std::ranges::find_if(
          *entries, [&](const TrailEntry& entry) { return subscription.wants(event_type(entry.step)); });
      if (wanted != entries->end()) {
        // Of several chains the oldest; the others come at the next look.
        if (!first || wanted->step.at < first->step.at) first = *wanted;
        behind = wanted->sequence - 1;
        break;
      }
      behind = entries->size() == page ? entries->back().sequence
                                       : std::min(last, behind + TrailQuery::most_looked_at);
    }
  }
  return first;
}

void Dispatcher::start(const Subscription& subscription, Progress progress) {
  const auto key = key_of(subscription);
  // What was passed over since is remembered here only: after a restart it is passed over once more.
  auto& looked = looked_[key];
  auto at = looked.from == progress.at ? looked.to : progress.at;
  const auto entry = next(subscription, at);
  looked = {progress.at, at};
  if (!entry) return;
  const auto settings = parts_.settings();
  const Tenant* tenant = settings->find_tenant(subscription.tenant);
  if (tenant == nullptr) return;
  const EventSource source = event_source(*tenant);
  Sending sending{subscription, cloud_event(parts_.journal, *entry, source), settings->hash_key,
                  tenant->private_addresses, source.sender};
  auto behind = at;
  behind[entry->chain] = entry->sequence;
  const auto now = parts_.clock.now();
  {
    const std::lock_guard lock(mutex_);
    idle_ = false;
    sending_[key] = true;
  }
  send_event(parts_.transport, sending, now,
             [this, subscription, key, from = std::move(progress.at), behind = std::move(behind),
              event = sending.event, now](Receipt receipt) mutable {
               Answered answered{subscription,      std::move(from),
                                 std::move(behind), attempt_of(event, now, receipt),
                                 receipt.what,      receipt.retry_after};
               const std::lock_guard lock(mutex_);
               answered_.push_back(std::move(answered));
               sending_.erase(key);
             });
}

void Dispatcher::settle(const Answered& answered) {
  const auto& subscription = answered.subscription;
  auto progress = progress_of(parts_.journal, subscription.tenant, subscription.name);
  if (!progress || progress->version == 0) return;  // removed meanwhile
  const auto now = parts_.clock.now();
  progress->attempts.insert(progress->attempts.begin(), answered.attempt);
  if (progress->attempts.size() > kept_attempts) progress->attempts.resize(kept_attempts);
  if (answered.attempt.arrived) {
    // Set back by a person meanwhile: that place counts.
    if (progress->at == answered.from) progress->at = answered.behind;
    progress->failing_since = 0;
    progress->failures = 0;
    progress->due = 0;
  } else {
    ++progress->failures;
    if (progress->failing_since == 0) progress->failing_since = to_number(now);
    const auto again = next_attempt(schedule, std::min(progress->failures, most_doublings), now, now,
                                    answered.retry_after, parts_.random);
    progress->due = to_number(again.value_or(now + schedule.longest));
  }
  const auto stored = store(parts_.journal, subscription, *progress);
  if (!stored || !*stored) return;  // somebody else did: the event is sent again, with the same id
  if (answered.attempt.answer == gone) return give_up(subscription, "the receiver answered 410 Gone");
  if (progress->failing_since != 0 && now - to_instant(progress->failing_since) >= disabled_after)
    give_up(subscription, fmt::format("nothing arrived for {} days", disabled_after.count() / 24));
}

void Dispatcher::give_up(const Subscription& subscription, const std::string& why) {
  auto next = subscription;
  next.enabled = false;
  next.why = why;
  // The notice is an entry of the trail, and thereby an event for the tenant's other subscriptions.
  const AuditNote note{"purser", "subscription disabled", subscription.name + ": " + why,
                       subscription.tenant};
  static_cast<void>(parts_.journal.put_record(
      {std::string(subscription_kind), next.tenant, next.name, next.version, to_content(next)}, note));
  parts_.log.write(LogLevel::warning, "subscription disabled",
                   {{"tenant", subscription.tenant}, {"subscription", subscription.name}, {"why", why}});
}

}  // namespace purser::gateway
