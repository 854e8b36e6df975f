// Questions about what stands still.
#include <algorithm>

#include "gateway/journal/packing.h"
#include "gateway/journal/queries.h"

namespace purser::gateway::queries {
namespace {

// What a ParkedQuery asks for, as parameters 1 to 9, of parked deliveries and of stopped messages. The key is looked
// for in the parked documents, which are few, and not among all that ever had it.
#define PURSER_PARKED_KEY(message, more)                                              \
  " AND (?5 = '' OR EXISTS (SELECT 1 FROM document k WHERE k.message = " message more \
  " AND replace(k.keys, ?6, '') <> k.keys))"
#define PURSER_PARKED_DELIVERIES                                                                        \
  " FROM delivery d JOIN message m ON m.id = d.message WHERE d.state = 4 AND (?1 = '' OR d.code = ?1)"  \
  " AND (?2 = '' OR d.target = ?2) AND (?3 = '' OR m.partner = ?3) AND (?4 = '' OR m.source = ?4)"      \
  PURSER_PARKED_KEY("d.message", " AND k.ordinal = d.document") " AND d.due >= ?7 AND d.due < ?8" \
  " AND (?9 = '' OR m.tenant = ?9)"
#define PURSER_STOPPED_MESSAGES                                                                         \
  " FROM message m WHERE m.state = 4 AND m.stopped = 1 AND (?1 = '' OR m.why = ?1) AND ?2 = ''"         \
  " AND (?3 = '' OR m.partner = ?3) AND (?4 = '' OR m.source = ?4)" PURSER_PARKED_KEY("m.id", "")       \
  " AND m.received >= ?7 AND m.received < ?8 AND (?9 = '' OR m.tenant = ?9)"
#define PURSER_STOPPING_FINDING(message, why)                                       \
  "(SELECT f.content FROM finding f WHERE f.message = " message " AND f.code = " why \
  " ORDER BY f.ordinal, f.sequence LIMIT 1)"

template <typename... More>
Rows ask(Database& db, const char* sql, const ParkedQuery& query, const More&... more) {
  return db.query(sql, query.code, query.target, query.partner, query.source, query.key,
                  packed(query.key_kind, query.key), query.since ? to_number(*query.since) : std::int64_t{0},
                  query.until ? to_number(*query.until) : INT64_MAX, query.tenant, more...);
}

ParkedItem item_of(const Rows& rows, Sealing& sealing) {
  ParkedItem out;
  out.message = {rows.number(0)};
  out.delivery = {rows.number(1)};
  out.document = static_cast<std::uint32_t>(rows.number(2));
  out.type = static_cast<DocumentType>(rows.number(3));
  out.number = rows.text(4);
  out.code = rows.text(5);
  out.route = rows.text(6);
  out.target = rows.text(7);
  out.connector = rows.text(8);
  out.format = rows.text(9);
  out.lane = rows.text(10);
  out.partner = rows.text(11);
  out.source = rows.text(12);
  out.file_name = rows.text(13);
  out.parked = to_instant(rows.number(14));
  out.received = to_instant(rows.number(15));
  out.attempts = static_cast<std::uint32_t>(rows.number(16));
  out.length = static_cast<std::uint64_t>(rows.number(17));
  if (!rows.view(18).empty()) out.finding = unpack_finding(rows.view(18), sealing);
  return out;
}

void read_groups(Rows rows, Sealing& sealing, std::vector<ParkedGroup>& into) {
  while (rows.next()) {
    ParkedGroup group;
    group.code = rows.text(0);
    group.target = rows.text(1);
    group.count = static_cast<std::uint64_t>(rows.number(2));
    group.example = {rows.number(3)};
    group.oldest = to_instant(rows.number(4));
    group.newest = to_instant(rows.number(5));
    if (!rows.view(6).empty()) group.finding = unpack_finding(rows.view(6), sealing);
    into.push_back(std::move(group));
  }
}

}  // namespace

std::vector<ParkedGroup> parked(Database& db, const ParkedQuery& query, Sealing& sealing) {
  std::vector<ParkedGroup> out;
  read_groups(ask(db,
                  "SELECT g.code, g.target, g.number, d.message, g.oldest, g.newest, d.finding FROM (SELECT"
                  " d.code AS code, d.target AS target, count(*) AS number, min(d.id) AS example,"
                  " min(d.due) AS oldest, max(d.due) AS newest" PURSER_PARKED_DELIVERIES
                  " GROUP BY d.code, d.target) g JOIN delivery d ON d.id = g.example",
                  query),
              sealing, out);
  read_groups(
      ask(db,
          "SELECT g.why, '', g.number, g.example, g.oldest, g.newest, " PURSER_STOPPING_FINDING(
              "g.example", "g.why") " FROM (SELECT m.why AS why, count(*) AS number, min(m.id) AS example,"
                                    " min(m.received) AS oldest, max(m.received) AS newest"
              PURSER_STOPPED_MESSAGES " GROUP BY m.why) g",
          query),
      sealing, out);
  std::ranges::sort(out, [](const ParkedGroup& a, const ParkedGroup& b) {
    return a.count != b.count ? a.count > b.count : std::tie(a.code, a.target) < std::tie(b.code, b.target);
  });
  return out;
}

std::vector<ParkedItem> parked_items(Database& db, const ParkedQuery& query, Sealing& sealing) {
  const std::uint32_t limit = std::min(query.limit, ParkedQuery::max_limit);
  std::vector<ParkedItem> out;
  // The message before its deliveries: id 0 sorts first. With a plus SQLite does not go through all messages behind
  // the page before, but through the index of those that stand still.
  auto rows = ask(
      db,
      "SELECT * FROM (SELECT +d.message AS message, d.id AS delivery, d.document, coalesce(t.type, 0),"
      " coalesce(t.number, ''), d.code, d.route, d.target, d.connector, d.format, d.lane, m.partner, m.source,"
      " m.file_name, d.due, m.received, d.attempts, CASE WHEN d.encoded_length > 0 THEN d.encoded_length ELSE"
      " coalesce(t.canonical_length, 0) END, d.finding FROM (SELECT d.*" PURSER_PARKED_DELIVERIES
      ") d JOIN message m ON m.id = d.message LEFT JOIN document t ON t.message = d.message"
      " AND t.ordinal = d.document UNION ALL SELECT +m.id, 0, 0, m.type, m.number, m.why, '', '', '', '', '',"
      " m.partner, m.source, m.file_name, m.received, m.received, 0, m.body_length, " PURSER_STOPPING_FINDING(
          "m.id", "m.why") PURSER_STOPPED_MESSAGES
      ") i WHERE i.message > ?10 OR (i.message = ?10 AND i.delivery > ?11) ORDER BY i.message, i.delivery LIMIT"
      " ?12",
      query, query.after.value, query.after_delivery.value, limit);
  while (rows.next()) out.push_back(item_of(rows, sealing));
  return out;
}

}  // namespace purser::gateway::queries
