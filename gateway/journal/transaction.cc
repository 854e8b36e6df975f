#include "gateway/journal/transaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace purser::gateway {
namespace {

// Ids count milliseconds since this day in their upper 41 bits: enough until 2093.
constexpr Instant id_epoch = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
constexpr int counter_bits = 22;

}  // namespace

void Transaction::begin() {
  db.execute("BEGIN IMMEDIATE");
  auto head = db.query("SELECT sequence, hash FROM audit_head");
  head.next();
  head_.sequence = first_sequence_ = head.number(0);
  const std::string_view hash = head.view(1);
  std::copy_n(hash.begin(), std::min(hash.size(), head_.hash.size()), head_.hash.begin());
  auto last = db.query(
      "SELECT max((SELECT ifnull(max(id), 0) FROM message), (SELECT ifnull(max(id), 0) FROM delivery))");
  last.next();
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - id_epoch).count();
  last_id_ = std::max(last.number(0), elapsed << counter_bits);
}

void Transaction::commit() {
  if (head_.sequence != first_sequence_) {
    db.run("UPDATE audit_head SET sequence = ?, hash = ?", head_.sequence, Blob{head_.hash});
  }
  db.execute("COMMIT");
}

void Transaction::roll_back() noexcept {
  try {
    db.execute("ROLLBACK");
  } catch (const SqlError&) {
    // SQLite has rolled back already after errors such as a full disk; then there is no transaction to end.
    return;
  }
}

std::int64_t Transaction::next_id() { return ++last_id_; }

void Transaction::enter(std::string_view who, std::string_view what, MessageId message, DeliveryId delivery,
                        std::string_view why) {
  AuditEntry entry;
  entry.sequence = head_.sequence + 1;
  entry.at = now;
  entry.who = who;
  entry.what = what;
  entry.message = message;
  entry.delivery = delivery;
  entry.why = why;
  head_.hash = chain_hash(head_.hash, entry);
  head_.sequence = entry.sequence;
  db.run("INSERT INTO audit (sequence, at, who, what, message, delivery, why, hash) VALUES (?,?,?,?,?,?,?,?)",
         entry.sequence, to_number(now), who, what, message.value, delivery.value, why, Blob{head_.hash});
}

void Transaction::step(MessageId message, MessageState from, MessageState to) {
  if (!may_follow(from, to)) {
    throw std::logic_error(fmt::format("{}: {} may not follow {}", text(message), name(to), name(from)));
  }
  db.run("UPDATE message SET state = ? WHERE id = ?", static_cast<int>(to), message.value);
}

MessageState Transaction::refresh(MessageId message, std::string_view who, std::string_view why) {
  auto now_row = db.query("SELECT state, stopped FROM message WHERE id = ?", message.value);
  if (!now_row.next()) throw std::logic_error(fmt::format("no message {}", text(message)));
  const auto from = static_cast<MessageState>(now_row.number(0));
  const bool stopped = now_row.number(1) != 0;
  // It is being understood again: the settlement decides.
  if (from == MessageState::admitted) return from;
  bool open = false;
  bool parked = stopped;
  bool delivered = false;
  auto rows = db.query("SELECT state FROM delivery WHERE message = ?", message.value);
  while (rows.next()) {
    const auto state = static_cast<DeliveryState>(rows.number(0));
    open |= is_open(state);
    parked |= state == DeliveryState::parked;
    delivered |= state == DeliveryState::delivered;
  }
  const MessageState to = parked      ? MessageState::parked
                          : open      ? MessageState::delivering
                          : delivered ? MessageState::delivered
                                      : MessageState::cancelled;
  if (to == from) return to;
  step(message, from, to);
  db.run("UPDATE message SET why = ? WHERE id = ?", to == MessageState::parked ? why : std::string_view(),
         message.value);
  enter(who, name(to), message, {}, why);
  return to;
}

DeliveryId Transaction::leave_lane(DeliveryId delivery, const std::string& lane) {
  if (lane.empty()) return {};
  db.run("UPDATE delivery SET in_lane = 0, blocked = 0 WHERE id = ?", delivery.value);
  auto rows = db.query(
      "SELECT id, blocked FROM delivery WHERE lane = ? AND in_lane = 1 ORDER BY blocked, id LIMIT 1", lane);
  // One that is not blocked holds the lane already: nobody else may go.
  if (!rows.next() || rows.number(1) == 0) return {};
  const DeliveryId next{rows.number(0)};
  db.run("UPDATE delivery SET blocked = 0 WHERE id = ?", next.value);
  return next;
}

ClaimedDelivery Transaction::claim(DeliveryId delivery, const Lease& lease) {
  db.run("UPDATE delivery SET state = 2, holder = ?, held_until = ?, fence = fence + 1 WHERE id = ?",
         lease.owner, to_number(lease.until), delivery.value);
  auto rows = db.query(
      "SELECT d.message, d.document, ifnull(t.type, 0), ifnull(t.number, ''), d.route, d.target, d.lane, "
      "d.connector, d.format, d.attempts,"
      " d.first_due, d.fence, ifnull(t.canonical_file, 0), t.canonical_offset, t.canonical_length,"
      " d.encoded_file, d.encoded_offset, d.encoded_length, m.partner"
      " FROM delivery d LEFT JOIN document t ON t.message = d.message AND t.ordinal = d.document"
      " JOIN message m ON m.id = d.message WHERE d.id = ?",
      delivery.value);
  if (!rows.next()) throw std::logic_error(fmt::format("no delivery {}", text(delivery)));
  ClaimedDelivery out;
  out.id = delivery;
  out.message = {rows.number(0)};
  out.document = static_cast<std::uint32_t>(rows.number(1));
  out.type = static_cast<DocumentType>(rows.number(2));
  out.number = rows.text(3);
  out.route = rows.text(4);
  out.target = rows.text(5);
  out.lane = rows.text(6);
  out.connector = rows.text(7);
  out.format = rows.text(8);
  out.attempts = static_cast<std::uint32_t>(rows.number(9));
  out.first_due = to_instant(rows.number(10));
  out.fence = rows.number(11);
  out.leased_until = lease.until;
  out.canonical = {static_cast<std::uint32_t>(rows.number(12)), static_cast<std::uint64_t>(rows.number(13)),
                   static_cast<std::uint64_t>(rows.number(14))};
  out.encoded = {static_cast<std::uint32_t>(rows.number(15)), static_cast<std::uint64_t>(rows.number(16)),
                 static_cast<std::uint64_t>(rows.number(17))};
  out.partner = rows.text(18);
  return out;
}

}  // namespace purser::gateway
