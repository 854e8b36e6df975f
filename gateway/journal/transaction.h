// One write transaction of the SQLite journal: what every job does inside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/audit.h"
#include "gateway/audit/head.h"
#include "gateway/message/delivery.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {

/// Held by the writer between BEGIN and COMMIT. Everything throws SqlError. [serial]
class Transaction {
 public:
  Transaction(Database& database, Instant moment) : db(database), now(moment) {}

  /// BEGIN IMMEDIATE; reads the audit head and the last ids given, by whichever process.
  void begin();
  /// Writes the audit head, then COMMIT.
  void commit();
  void roll_back() noexcept;

  /// A new id, larger than every one before. Messages and deliveries share the numbers.
  std::int64_t next_id();
  /// Appends an entry to the audit chain: the journal of every transition.
  void enter(std::string_view who, std::string_view what, MessageId message, DeliveryId delivery,
             std::string_view why);

  /// A message's state from its deliveries and findings; entered if it changed. Gives the new state.
  MessageState refresh(MessageId message, std::string_view who, std::string_view why);
  /// Sets a state; throws std::logic_error if it may not follow: a defect of the journal.
  void step(MessageId message, MessageState from, MessageState to);

  /// The delivery no longer holds its lane: the next one may go. Gives its id, or none.
  DeliveryId leave_lane(DeliveryId delivery, const std::string& lane);
  /// Claims a due delivery for `lease`: raises its fence. Gives everything needed to deliver it.
  ClaimedDelivery claim(DeliveryId delivery, const Lease& lease);

  [[nodiscard]] const AuditHead& head() const { return head_; }

  Database& db;
  const Instant now;

 private:
  AuditHead head_;
  std::int64_t first_sequence_ = 0;
  std::int64_t last_id_ = 0;
};

}  // namespace purser::gateway
