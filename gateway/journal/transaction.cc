#include "gateway/journal/transaction.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace purser::gateway {
namespace {

// Ids count milliseconds since this day in their upper 41 bits: enough until 2093.
constexpr Instant id_epoch = std::chrono::sys_days(std::chrono::year(2024) / 1 / 1);
constexpr int counter_bits = 22;
// The lowest bits are the chain's number, so that no two nodes give the same id.
constexpr std::int64_t id_step = 256;

constexpr const char* head_sql =
    "SELECT sequence, hash, last_id, commits FROM audit_head WHERE chain = ? /*FOR UPDATE*/";
constexpr const char* message_sql = "SELECT state, stopped, tenant FROM message WHERE id = ? /*FOR UPDATE*/";
constexpr const char* deliveries_sql = "SELECT state FROM delivery WHERE message = ? AND id <> ?";
// Who holds a lane and who waits in it lie apart in its index: each is one look into it, however long the lane.
constexpr const char* last_in_lane_sql =
    "SELECT coalesce((SELECT max(id) FROM delivery WHERE lane = ?1 AND in_lane = 1 AND blocked = 1), 0),"
    " coalesce((SELECT max(id) FROM delivery WHERE lane = ?1 AND in_lane = 1 AND blocked = 0), 0)";
constexpr const char* lane_sql =
    "SELECT id, blocked FROM delivery WHERE lane = ? AND in_lane = 1 AND id <> ? ORDER BY blocked, id LIMIT "
    "1";

std::string number_name(std::int64_t id) { return std::to_string(id); }

}  // namespace

void Transaction::read_head() {
  if (head_read_) return;
  head_read_ = true;
  auto row = db.query(head_sql, chain_);
  if (!row.next()) throw SqlError(SqlFault::defect, "the audit trail has no head record");
  head_.sequence = first_sequence_ = row.number(0);
  const std::string_view hash = row.view(1);
  std::copy_n(hash.begin(), std::min(hash.size(), head_.hash.size()), head_.hash.begin());
  first_id_ = last_id_ = row.number(2);
  commits_ = row.number(3);
}

void Transaction::commit() {
  read_head();
  if (head_.sequence != first_sequence_ || last_id_ != first_id_ || db.asks_ahead()) {
    db.post(
        "UPDATE audit_head SET sequence = ?, hash = ?, last_id = ?, commits = commits + 1 WHERE chain = ?",
        head_.sequence, Blob{head_.hash}, last_id_, chain_);
  }
  db.commit();
}

std::int64_t least_id(Instant at) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(at - id_epoch).count() << counter_bits;
}

// The answers come in the order of the questions.
void Transaction::wait_for_locks(const Clock& clock) {
  read_head();
  now = clock.now() + skew_;
}

std::int64_t Transaction::next_id() {
  read_head();
  const std::int64_t least = std::max(last_id_, least_id(now));
  last_id_ = (least / id_step + 1) * id_step + chain_;
  return last_id_;
}

void Transaction::enter(std::string_view tenant, std::string_view who, std::string_view what,
                        MessageId message, DeliveryId delivery, std::string_view why) {
  read_head();
  AuditEntry entry;
  entry.sequence = head_.sequence + 1;
  entry.at = now;
  entry.who = who;
  entry.what = what;
  entry.message = message;
  entry.delivery = delivery;
  entry.why = why;
  entry.tenant = tenant;
  head_.hash = chain_hash(head_.hash, entry);
  head_.sequence = entry.sequence;
  db.insert(
      "INSERT INTO audit (chain, sequence, at, who, what, message, delivery, why, hash, tenant) VALUES "
      "(?,?,?,?,?,?,?,?,?,?)",
      chain_, entry.sequence, to_number(now), who, what, message.value, delivery.value, why, Blob{head_.hash},
      tenant);
}

void Transaction::add_finding(MessageId message, std::uint32_t ordinal, std::string_view code,
                              Severity severity, std::string_view packed) {
  db.post(
      "INSERT INTO finding (message, ordinal, sequence, code, severity, content)"
      " SELECT ?1, ?2, coalesce(max(sequence), -1) + 1, ?3, ?4, ?5 FROM finding WHERE message = ?1 AND"
      " ordinal = ?2",
      message.value, ordinal, code, static_cast<int>(severity), packed);
}

void Transaction::step(MessageId message, MessageState from, MessageState to) {
  touch("message", number_name(message.value));
  if (!may_follow(from, to)) {
    throw std::logic_error(fmt::format("{}: {} may not follow {}", text(message), name(to), name(from)));
  }
  db.change("UPDATE message SET state = ? WHERE id = ?", static_cast<int>(to), message.value);
}

RefreshTickets Transaction::ask_refresh(MessageId message, DeliveryId but) {
  RefreshTickets out;
  out.message = db.ask(message_sql, message.value);
  out.deliveries = db.ask(deliveries_sql, message.value, but.value);
  return out;
}

MessageState Transaction::refresh(MessageId message, std::string_view who, std::string_view why,
                                  const Changed& changed, const RefreshTickets& asked) {
  const bool known = touch("message", number_name(message.value)) && asked.message.is_set();
  MessageState from{};
  bool parked = false;
  std::string tenant;
  {
    auto row = known ? db.answer(asked.message) : db.query(message_sql, message.value);
    if (!row.next()) throw std::logic_error(fmt::format("no message {}", text(message)));
    from = static_cast<MessageState>(row.number(0));
    parked = row.number(1) != 0;
    tenant = row.text(2);
  }
  // It is being understood again: the settlement decides.
  if (from == MessageState::admitted) return from;
  bool open = false;
  bool delivered = false;
  const auto count = [&](DeliveryState state) {
    open |= is_open(state);
    parked |= state == DeliveryState::parked;
    delivered |= state == DeliveryState::delivered;
  };
  {
    auto rows =
        known ? db.answer(asked.deliveries) : db.query(deliveries_sql, message.value, changed.delivery.value);
    while (rows.next()) count(static_cast<DeliveryState>(rows.number(0)));
  }
  if (changed.delivery.is_set()) count(changed.state);
  const MessageState to = parked      ? MessageState::parked
                          : open      ? MessageState::delivering
                          : delivered ? MessageState::delivered
                                      : MessageState::cancelled;
  if (to == from) return to;
  if (!may_follow(from, to)) {
    throw std::logic_error(fmt::format("{}: {} may not follow {}", text(message), name(to), name(from)));
  }
  db.change("UPDATE message SET state = ?, why = ? WHERE id = ?", static_cast<int>(to),
          to == MessageState::parked ? why : std::string_view(), message.value);
  enter(tenant, who, name(to), message, {}, why);
  return to;
}

void Transaction::lock_lane(const std::string& lane) {
  // Elsewhere the writer is alone.
  if (!db.asks_ahead() || !locked_.insert(lane).second) return;
  static_cast<void>(db.ask("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", lane));
}

Ticket Transaction::ask_last_in_lane(const std::string& lane) { return db.ask(last_in_lane_sql, lane); }

DeliveryId Transaction::last_in_lane(const std::string& lane, Ticket asked) {
  if (const auto joined = lanes_.find(lane); joined != lanes_.end()) return joined->second;
  lock_lane(lane);
  const bool known = touch("lane", lane) && asked.is_set();
  auto rows = known ? db.answer(asked) : db.query(last_in_lane_sql, lane);
  rows.next();
  const DeliveryId last{std::max(rows.number(0), rows.number(1))};
  // Another node may have given it; whoever joins behind it has to come behind it by number, too.
  read_head();
  last_id_ = std::max(last_id_, last.value);
  return last;
}

Ticket Transaction::ask_next_in_lane(const std::string& lane, DeliveryId leaving) {
  return db.ask(lane_sql, lane, leaving.value);
}

DeliveryId Transaction::leave_lane(DeliveryId delivery, const std::string& lane) {
  if (lane.empty()) return {};
  lock_lane(lane);
  db.change("UPDATE delivery SET in_lane = 0, blocked = 0 WHERE id = ?", delivery.value);
  return hand_lane_on(delivery, lane, {});
}

DeliveryId Transaction::hand_lane_on(DeliveryId delivery, const std::string& lane, Ticket asked) {
  if (lane.empty()) return {};
  lock_lane(lane);
  const bool known = touch("lane", lane) && asked.is_set();
  lanes_.erase(lane);
  DeliveryId next;
  {
    auto rows = known ? db.answer(asked) : db.query(lane_sql, lane, delivery.value);
    // One that is not blocked holds the lane already: nobody else may go.
    if (!rows.next() || rows.number(1) == 0) return {};
    next = {rows.number(0)};
  }
  db.change("UPDATE delivery SET blocked = 0 WHERE id = ?", next.value);
  return next;
}

std::vector<ClaimedDelivery> Transaction::claim(const std::vector<DeliveryId>& deliveries,
                                                const Lease& lease) {
  constexpr const char* claimed_sql =
      "SELECT d.message, d.document, coalesce(t.type, 0), coalesce(t.number, ''), d.route, d.target, d.lane, "
      "d.connector, d.format, d.attempts, d.first_due, d.fence, coalesce(t.canonical_file, 0), "
      "t.canonical_offset, t.canonical_length, t.canonical_seal, d.encoded_file, d.encoded_offset, "
      "d.encoded_length, d.encoded_seal, m.partner"
      " FROM delivery d LEFT JOIN document t ON t.message = d.message AND t.ordinal = d.document"
      " JOIN message m ON m.id = d.message WHERE d.id = ?";
  std::vector<Ticket> asked;
  for (const DeliveryId id : deliveries) {
    db.change("UPDATE delivery SET state = 2, holder = ?, held_until = ?, fence = fence + 1 WHERE id = ?",
            lease.owner, stored(lease.until), id.value);
    asked.push_back(db.ask(claimed_sql, id.value));
  }
  std::vector<ClaimedDelivery> all;
  for (std::size_t i = 0; i < deliveries.size(); ++i) {
    const DeliveryId id = deliveries[i];
    auto rows = asked[i].is_set() ? db.answer(asked[i]) : db.query(claimed_sql, id.value);
    if (!rows.next()) throw std::logic_error(fmt::format("no delivery {}", text(id)));
    const auto place = [&](int column) {
      return BodyRef{static_cast<std::uint32_t>(rows.number(column)),
                     static_cast<std::uint64_t>(rows.number(column + 1)),
                     static_cast<std::uint64_t>(rows.number(column + 2)), rows.number(column + 3)};
    };
    ClaimedDelivery& out = all.emplace_back();
    out.id = id;
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
    out.first_due = own(rows.number(10));
    out.fence = rows.number(11);
    out.leased_until = lease.until;
    out.canonical = place(12);
    out.encoded = place(16);
    out.partner = rows.text(20);
  }
  return all;
}

bool Transaction::touch(std::string_view kind, std::string_view name) {
  if (!db.asks_ahead()) return true;
  return touched_.insert(fmt::format("{}\x1f{}", kind, name)).second && !distrusted_;
}

}  // namespace purser::gateway
