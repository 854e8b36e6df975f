// One write transaction of the journal: what every job does inside it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "gateway/audit/audit.h"
#include "gateway/audit/head.h"
#include "gateway/message/delivery.h"
#include "gateway/port/clock.h"
#include "gateway/sql/sql.h"

namespace purser::gateway {

/// A delivery that is about to have another state: refresh() reckons with that one.
struct Changed {
  DeliveryId delivery;
  DeliveryState state = DeliveryState::due;
};

/// Questions whose answers refresh() needs, asked ahead.
struct RefreshTickets {
  Ticket message, deliveries;
};

/// No id that is given then is less: ids follow the clock, and go on where it goes back.
std::int64_t least_id(Instant at);

/// Held by the writer between BEGIN and COMMIT. Everything throws SqlError. [serial]
///
/// Where questions travel to a server, the writer has all jobs ask theirs ahead of the first change. An
/// answer counts only until something of the same name was changed in this transaction: then it is asked
/// again.
class Transaction {
 public:
  /// `chain` is the audit chain this process appends to, and what tells its ids from those of others: 0 where
  /// there is one only.
  /// `now` is the store's time; `skew` is what has to be added to this process's own.
  Transaction(Database& database, Instant moment, std::int64_t chain = 0, std::chrono::microseconds skew = {})
      : db(database), now(moment), chain_(chain), skew_(skew) {}

  void begin() { db.begin(); }
  /// Writes the audit head, then COMMIT.
  void commit();
  void roll_back() noexcept { db.roll_back(); }
  /// Number of transactions of this chain with this one: found in the head record after a commit whose
  /// outcome was not heard of.
  [[nodiscard]] std::int64_t commit_number() const { return commits_ + 1; }

  /// An instant of this process, as it is stored.
  [[nodiscard]] std::int64_t stored(Instant own) const { return to_number(own + skew_); }
  [[nodiscard]] Instant own(std::int64_t stored) const { return to_instant(stored) - skew_; }

  /// A new id, larger than every one before. Messages and deliveries share the numbers.
  std::int64_t next_id();
  /// Appends an entry to the audit chain: the journal of every transition. `tenant` is the message's.
  void enter(std::string_view tenant, std::string_view who, std::string_view what, MessageId message,
             DeliveryId delivery, std::string_view why);

  /// A finding behind those of its document, or of the message itself with ordinal 0. `packed` is its
  /// content.
  void add_finding(MessageId message, std::uint32_t ordinal, std::string_view code, Severity severity,
                   std::string_view packed);

  [[nodiscard]] RefreshTickets ask_refresh(MessageId message, DeliveryId but);
  /// A message's state from its deliveries and findings; entered if it changed. Gives the new state.
  MessageState refresh(MessageId message, std::string_view who, std::string_view why,
                       const Changed& changed = {}, const RefreshTickets& asked = {});
  /// Sets a state; throws std::logic_error if it may not follow: a defect of the journal.
  void step(MessageId message, MessageState from, MessageState to);

  /// No other node changes who is in this lane until the transaction ends.
  void lock_lane(const std::string& lane);
  [[nodiscard]] Ticket ask_last_in_lane(const std::string& lane);
  /// The last delivery that waits in a lane or holds it; none if it is free. Later ids are larger.
  DeliveryId last_in_lane(const std::string& lane, Ticket asked);
  /// A new delivery has joined its lane.
  void join_lane(const std::string& lane, DeliveryId delivery) { lanes_[lane] = delivery; }
  [[nodiscard]] Ticket ask_next_in_lane(const std::string& lane, DeliveryId leaving);
  /// The delivery no longer holds its lane: the next one may go. Gives its id, or none.
  DeliveryId leave_lane(DeliveryId delivery, const std::string& lane);
  /// The same for a delivery whose row says already that it has left.
  DeliveryId hand_lane_on(DeliveryId delivery, const std::string& lane, Ticket asked);
  /// Claims due deliveries for `lease`: raises their fences. Gives everything needed to deliver them.
  std::vector<ClaimedDelivery> claim(const std::vector<DeliveryId>& deliveries, const Lease& lease);

  /// Notes that something with this name is looked at or changed; false if it was before, and what was asked
  /// ahead about it no longer counts.
  bool touch(std::string_view kind, std::string_view name);
  /// Nothing that was asked ahead counts any more: a job follows that changes what it did not ask about.
  void distrust() { distrusted_ = true; }
  /// Bodies that came with a job and to which it made nothing refer: where they are rows, they are not
  /// written.
  void leave_out(std::span<const BodyRef> places) {
    for (const BodyRef& place : places) left_out_.insert(place.offset);
  }
  [[nodiscard]] bool is_left_out(const BodyRef& place) const { return left_out_.contains(place.offset); }
  /// There is work for which nobody is waiting: other nodes are told at the commit.
  void made_work() { made_work_ = true; }
  [[nodiscard]] bool has_made_work() const { return made_work_; }

  [[nodiscard]] const AuditHead& head() const { return head_; }

  /// Waits for the locks that were asked for, and takes the time as it is then: what is planned behind somebody else in
  /// a lane gets a later number, however long he kept it. Before anything is changed.
  void wait_for_locks(const Clock& clock);

  Database& db;
  Instant now;  ///< changed by nobody else

 private:
  void read_head();

  std::int64_t chain_;
  std::chrono::microseconds skew_;
  bool head_read_ = false;
  AuditHead head_;
  std::int64_t first_sequence_ = 0;
  std::int64_t last_id_ = 0;
  std::int64_t first_id_ = 0;
  std::int64_t commits_ = 0;
  bool made_work_ = false;
  bool distrusted_ = false;
  std::unordered_set<std::uint64_t> left_out_;
  std::unordered_set<std::string> touched_, locked_;
  std::unordered_map<std::string, DeliveryId> lanes_;  ///< joined in this transaction, with the last one
};

}  // namespace purser::gateway
