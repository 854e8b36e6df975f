#include "gateway/journal/queries.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "gateway/journal/message_rows.h"

namespace purser::gateway::queries {
std::optional<Admitted> read_claim(Rows& rows, const Sha256& hash) {
  if (!rows.next()) return std::nullopt;
  const bool same =
      std::ranges::equal(rows.view(1), hash, {}, [](char c) { return static_cast<std::uint8_t>(c); });
  return Admitted{same ? AnswerKind::duplicate : AnswerKind::conflict,
                  {rows.number(0)},
                  static_cast<MessageState>(rows.number(2)),
                  {}};
}

std::optional<Admitted> find_claim(Database& db, const std::string& tenant, const Claim& claim,
                                   const Sha256& hash) {
  auto rows = db.query(claim_sql, claim.scope, claim.key, tenant);
  return read_claim(rows, hash);
}

std::vector<MessageSummary> list(Database& db, const ListQuery& query) {
#define PURSER_LIST(of_state, behind)                                                          \
  "SELECT " PURSER_SUMMARY_COLUMNS " FROM message WHERE " of_state " AND " behind              \
  " < ?1 AND (?3 = '' OR source = ?3) AND (?4 = '' OR partner = ?4) AND (?5 = 0 OR type = ?5)" \
  " AND (?6 = '' OR tenant = ?6) ORDER BY " behind " DESC LIMIT ?7"
  // What waits and what stands still has indexes of its own. With a plus SQLite uses them, and does not go through all
  // messages for the few that are so. A server wants each parameter to stand somewhere.
  const char* sql = PURSER_LIST("(?2 = 0 OR state = ?2)", "id");
  if (query.state == MessageState::admitted) sql = PURSER_LIST("state = 1 AND ?2 = 1", "+id");
  if (query.state == MessageState::parked) sql = PURSER_LIST("state = 4 AND ?2 = 4", "+id");
#undef PURSER_LIST
  std::vector<MessageSummary> out;
  const std::int64_t before = query.before.is_set() ? query.before.value : INT64_MAX;
  auto rows = db.query(sql, before, query.state ? static_cast<int>(*query.state) : 0, query.source, query.partner,
                       static_cast<int>(query.type), query.tenant, std::min(query.limit, ListQuery::max_limit));
  while (rows.next()) out.push_back(summary_of(rows));
  return out;
}

namespace {

using KindAndTenant = std::pair<std::string, std::string>;

// Under which kinds, and for which tenants, a value is a key: few, however many documents carry it. Each is
// looked for behind every message of the one before: behind its kind and tenant alone SQLite begins with the
// first of them, and passes all.
std::vector<KindAndTenant> kinds_of(Database& db, const std::string& kind, const std::string& value) {
  std::vector<KindAndTenant> out;
  for (KindAndTenant last(kind, {});;) {
    auto row = db.query(
        "SELECT kind, tenant FROM document_key WHERE value = ?1 AND (kind, tenant, message) > (?2, ?3, ?4)"
        " ORDER BY kind, tenant, message LIMIT 1",
        value, last.first, last.second, INT64_MAX);
    if (!row.next()) return out;
    last = {row.text(0), row.text(1)};
    if (!kind.empty() && last.first != kind) return out;
    out.push_back(last);
  }
}

// Of one kind and tenant those behind `query.after`, in the order of the key's index.
void find_newest(Database& db, const KindAndTenant& which, const KeyQuery& query, std::uint32_t limit,
                 std::vector<KeyHit>& out) {
  // A message has type and number of its first document, which is mostly its only one: among ten millions
  // each row that is looked up is a page of its own.
#define PURSER_HIT_COLUMNS                                                                                  \
  "k.message, k.ordinal, CASE WHEN k.ordinal = 1 THEN m.type ELSE (SELECT type FROM document WHERE"         \
  " message = k.message AND ordinal = k.ordinal) END, CASE WHEN k.ordinal = 1 THEN m.number ELSE"           \
  " (SELECT number FROM document WHERE message = k.message AND ordinal = k.ordinal) END, k.kind, m.state, " \
  "m.received"
  constexpr const char* of_partner_sql =
      "SELECT " PURSER_HIT_COLUMNS
      " FROM document_key k JOIN message m ON m.id = k.message"
      " WHERE k.value = ?1 AND k.kind = ?2 AND k.tenant = ?3 AND (k.message, k.ordinal) < (?4, ?5)"
      " AND m.partner = ?6 ORDER BY k.message DESC, k.ordinal DESC LIMIT ?7";
  constexpr const char* of_all_sql =
      "SELECT " PURSER_HIT_COLUMNS
      " FROM (SELECT * FROM document_key WHERE value = ? AND kind = ? AND tenant = ?"
      " AND (message, ordinal) < (?, ?) ORDER BY message DESC, ordinal DESC LIMIT ?) k"
      " JOIN message m ON m.id = k.message";
  const HitPlace& after = query.after;
  const std::int64_t message = after.message.is_set() ? after.message.value : INT64_MAX;
  // Under the kinds behind it the same document is still to come.
  const std::int64_t ordinal = std::int64_t{after.document} + (which.first > after.kind ? 1 : 0);
  auto rows = query.whose.partner.empty() ? db.query(of_all_sql, query.value, which.first, which.second, message,
                                                     ordinal, limit)
                                          : db.query(of_partner_sql, query.value, which.first, which.second,
                                                     message, ordinal, query.whose.partner, limit);
  while (rows.next()) {
    out.push_back({{rows.number(0)},
                   static_cast<std::uint32_t>(rows.number(1)),
                   static_cast<DocumentType>(rows.number(2)),
                   rows.text(3),
                   rows.text(4),
                   static_cast<MessageState>(rows.number(5)),
                   to_instant(rows.number(6))});
  }
}

}  // namespace

std::vector<KeyHit> find_by_key(Database& db, const KeyQuery& query) {
  std::vector<KeyHit> out;
  const auto limit = std::min(query.limit, ListQuery::max_limit);
  for (const KindAndTenant& one : kinds_of(db, query.kind, query.value)) {
    if (!query.whose.tenant.empty() && one.second != query.whose.tenant) continue;
    find_newest(db, one, query, limit, out);
  }
  std::ranges::sort(out, [](const KeyHit& a, const KeyHit& b) { return a.place().is_before(b.place()); });
  if (out.size() > limit) out.resize(limit);
  return out;
}

std::vector<TrailChain> trail_chains(Database& db) {
  std::vector<TrailChain> out;
  auto rows = db.query("SELECT chain, sequence FROM audit_head ORDER BY chain");
  while (rows.next()) out.push_back({rows.number(0), rows.number(1)});
  return out;
}

std::vector<TrailEntry> trail(Database& db, const TrailQuery& query) {
  // Along the primary key: no index for it slows an admission down. What belongs to others is passed over,
  // up to a bound.
  const bool down = query.before != 0;
  const std::int64_t from =
      down ? std::max(query.after, query.before - 1 - TrailQuery::most_looked_at) : query.after;
  const std::int64_t to = down ? query.before : query.after + TrailQuery::most_looked_at + 1;
  constexpr const char* up_sql =
      "SELECT sequence, at, who, what, message, delivery, why, tenant FROM audit WHERE chain = ?1"
      " AND sequence > ?2 AND sequence < ?3 AND (?4 = '' OR tenant = ?4) ORDER BY sequence LIMIT ?5";
  constexpr const char* down_sql =
      "SELECT sequence, at, who, what, message, delivery, why, tenant FROM audit WHERE chain = ?1"
      " AND sequence > ?2 AND sequence < ?3 AND (?4 = '' OR tenant = ?4) ORDER BY sequence DESC LIMIT ?5";
  std::vector<TrailEntry> out;
  auto rows = db.query(down ? down_sql : up_sql, query.chain, from, to, query.tenant, query.limit);
  while (rows.next()) {
    TrailEntry& entry = out.emplace_back();
    entry.chain = query.chain;
    entry.sequence = rows.number(0);
    entry.step = {to_instant(rows.number(1)), rows.text(2),     rows.text(3),
                  {rows.number(4)},           {rows.number(5)}, rows.text(6)};
    entry.tenant = rows.text(7);
  }
  return out;
}

std::vector<KeptRecord> records(Database& db, const std::string& kind, const std::string& tenant) {
  std::vector<KeptRecord> out;
  auto rows = db.query(
      "SELECT tenant, name, version, content FROM record WHERE kind = ?1 AND (?2 = '' OR tenant = ?2)"
      " AND content <> '' ORDER BY tenant, name",
      kind, tenant);
  while (rows.next()) out.push_back({kind, rows.text(0), rows.text(1), rows.number(2), rows.text(3)});
  return out;
}

JournalFigures figures(Database& db) {
  JournalFigures out;
  auto rows = db.query("SELECT state, count(*) FROM message GROUP BY state");
  std::uint64_t* const counts[] = {nullptr,     &out.admitted, &out.delivering, &out.delivered,
                                   &out.parked, &out.rejected, &out.cancelled};
  while (rows.next()) {
    const std::int64_t state = rows.number(0);
    if (state > 0 && state < std::ssize(counts)) *counts[state] = static_cast<std::uint64_t>(rows.number(1));
  }
  auto open = db.query(
      "SELECT (SELECT count(*) FROM delivery WHERE state = 1) + (SELECT count(*) FROM delivery WHERE state = "
      "2)");
  if (open.next()) out.deliveries_open = static_cast<std::uint64_t>(open.number(0));
  return out;
}

}  // namespace purser::gateway::queries
