#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "gateway/journal/message_rows.h"
#include "gateway/journal/packing.h"
#include "gateway/journal/queries.h"
#include "gateway/journal/sealed_text.h"
#include "gateway/seal/body_seal.h"

namespace purser::gateway::queries {

MessageSummary summary_of(const Rows& row) {
  MessageSummary out;
  out.id = {row.number(0)};
  out.state = static_cast<MessageState>(row.number(1));
  out.received = to_instant(row.number(2));
  out.source = row.text(3);
  out.partner = row.text(4);
  out.format = row.text(5);
  out.file_name = row.text(6);
  out.body_length = static_cast<std::uint64_t>(row.number(7));
  out.why = row.text(8);
  out.documents = static_cast<std::uint32_t>(row.number(9));
  out.type = static_cast<DocumentType>(row.number(10));
  out.number = row.text(11);
  out.tenant = row.text(12);
  return out;
}

namespace {

BodyRef place_of(const Rows& row, int column) {
  return {static_cast<std::uint32_t>(row.number(column)), static_cast<std::uint64_t>(row.number(column + 1)),
          static_cast<std::uint64_t>(row.number(column + 2)), row.number(column + 3)};
}

std::vector<Finding> findings_of(Database& db, MessageId id, std::uint32_t ordinal, Sealing& sealing) {
  std::vector<Finding> out;
  auto rows = db.query("SELECT content FROM finding WHERE message = ? AND ordinal = ? ORDER BY sequence",
                       id.value, ordinal);
  while (rows.next()) out.push_back(unpack_finding(rows.view(0), sealing));
  return out;
}

std::vector<DocumentView> documents_of(Database& db, MessageId id, const DocumentRange& which,
                                       Sealing& sealing) {
  std::vector<DocumentView> out;
  auto rows = db.query(
      "SELECT ordinal, type, number, canonical_file, canonical_offset, canonical_length, canonical_seal, "
      "keys FROM"
      " document WHERE message = ? AND ordinal > ? ORDER BY ordinal LIMIT ?",
      id.value, which.after, which.limit);
  while (rows.next()) {
    DocumentView view;
    view.ordinal = static_cast<std::uint32_t>(rows.number(0));
    view.type = static_cast<DocumentType>(rows.number(1));
    view.number = rows.text(2);
    view.canonical = place_of(rows, 3);
    view.keys = unpack_keys(rows.view(7));
    view.findings = findings_of(db, id, view.ordinal, sealing);
    auto losses = db.query("SELECT content FROM loss WHERE message = ? AND ordinal = ? ORDER BY sequence",
                           id.value, view.ordinal);
    while (losses.next()) view.losses.push_back(unpack_loss(losses.view(0), sealing));
    out.push_back(std::move(view));
  }
  return out;
}

std::vector<AttemptView> attempts_of(Database& db, DeliveryId id, Sealing& sealing) {
  std::vector<AttemptView> out;
  auto rows = db.query("SELECT started, took, answer, detail FROM attempt WHERE delivery = ? ORDER BY number",
                       id.value);
  while (rows.next()) {
    auto detail = open_text(sealing, rows.view(3));
    out.push_back({to_instant(rows.number(0)), std::chrono::microseconds(rows.number(1)),
                   static_cast<std::uint16_t>(rows.number(2)),
                   detail ? std::move(*detail) : detail.error().code + " " + detail.error().message});
  }
  return out;
}

// The one delivery of the lane that is not blocked is what the others wait for.
void wait_in_lane(Database& db, DeliveryView& view) {
  auto rows =
      db.query("SELECT id, state FROM delivery WHERE lane = ? AND in_lane = 1 AND blocked = 0 AND id <> ?",
               view.lane, view.id.value);
  if (!rows.next()) return;
  view.waits_for = {rows.number(0)};
  view.behind_parked = static_cast<DeliveryState>(rows.number(1)) == DeliveryState::parked;
}

#define PURSER_DELIVERY_COLUMNS                                                                              \
  "id, message, document, state, route, target, lane, connector, format, due, encoded_file, encoded_offset," \
  " encoded_length, encoded_seal, finding, blocked"

std::vector<DeliveryView> read_deliveries(Database& db, Rows rows, Sealing& sealing) {
  std::vector<DeliveryView> out;
  while (rows.next()) {
    DeliveryView view;
    view.id = {rows.number(0)};
    view.message = {rows.number(1)};
    view.document = static_cast<std::uint32_t>(rows.number(2));
    view.state = static_cast<DeliveryState>(rows.number(3));
    view.route = rows.text(4);
    view.target = rows.text(5);
    view.lane = rows.text(6);
    view.connector = rows.text(7);
    view.format = rows.text(8);
    view.due = to_instant(rows.number(9));
    view.encoded = place_of(rows, 10);
    if (!rows.view(14).empty()) view.finding = unpack_finding(rows.view(14), sealing);
    if (rows.number(15) != 0) wait_in_lane(db, view);
    view.attempts = attempts_of(db, view.id, sealing);
    view.attempts_made = static_cast<std::uint32_t>(view.attempts.size());
    out.push_back(std::move(view));
  }
  return out;
}

/// All but documents and deliveries.
std::optional<MessageView> message_alone(Database& db, MessageId id, Sealing& sealing) {
  auto rows = db.query("SELECT " PURSER_SUMMARY_COLUMNS
                       ", credential, media_type, body_file, body_offset, body_length, body_seal, hash, "
                       "resubmits FROM message WHERE"
                       " id = ?",
                       id.value);
  if (!rows.next()) return std::nullopt;
  MessageView view;
  view.summary = summary_of(rows);
  view.credential = rows.text(13);
  view.media_type = rows.text(14);
  view.body = place_of(rows, 15);
  const std::string_view hash = rows.view(19);
  std::copy_n(hash.begin(), std::min(hash.size(), view.hash.size()), view.hash.begin());
  view.resubmits = {rows.number(20)};
  auto copies =
      db.query("SELECT id FROM message WHERE resubmits = ? AND resubmits <> 0 ORDER BY id", id.value);
  while (copies.next()) view.resubmitted_as.push_back({copies.number(0)});
  view.findings = findings_of(db, id, 0, sealing);
  if (view.body.seal != 0) {
    auto gone = db.query("SELECT 1 FROM tenant_key WHERE id = ? AND state = 3", key_of_seal(view.body.seal));
    if (gone.next()) {
      view.findings.push_back(make_finding(
          "SEAL-0002", {},
          fmt::format("Tenant {} was shredded: the content is unreadable", view.summary.tenant)));
    }
  }
  return view;
}

}  // namespace

std::optional<MessageView> show(Database& db, MessageId id, const DocumentRange& which, Sealing& sealing) {
  auto view = message_alone(db, id, sealing);
  if (!view || which.limit == 0) return view;
  const bool all = which.limit == UINT32_MAX;
  view->documents = documents_of(db, id, {which.after, all ? which.limit : which.limit + 1}, sealing);
  view->more = view->documents.size() > which.limit;
  if (view->more) view->documents.pop_back();
  // Behind the last document nothing is left out.
  const std::uint32_t last = view->more ? view->documents.back().ordinal : UINT32_MAX;
  view->deliveries =
      read_deliveries(db,
                      db.query("SELECT " PURSER_DELIVERY_COLUMNS
                               " FROM delivery WHERE message = ? AND document > ? AND document <= ?"
                               " ORDER BY id",
                               id.value, which.after, last),
                      sealing);
  return view;
}

std::optional<MessageView> show(Database& db, DeliveryId id, Sealing& sealing) {
  auto found = read_deliveries(
      db, db.query("SELECT " PURSER_DELIVERY_COLUMNS " FROM delivery WHERE id = ?", id.value), sealing);
  if (found.empty()) return std::nullopt;
  auto view = message_alone(db, found.front().message, sealing);
  if (!view) return std::nullopt;
  view->documents = documents_of(db, view->summary.id, {found.front().document - 1, 1}, sealing);
  view->deliveries = std::move(found);
  return view;
}

std::vector<DeliveryView> deliveries(Database& db, MessageId id, DeliveryId after, std::uint32_t limit,
                                     Sealing& sealing) {
  return read_deliveries(db,
                         db.query("SELECT " PURSER_DELIVERY_COLUMNS
                                  " FROM delivery WHERE message = ? AND id > ? ORDER BY id LIMIT ?",
                                  id.value, after.value, limit),
                         sealing);
}

namespace {

std::uint32_t last_shown(Database& db, MessageId id, const DocumentRange& which) {
  if (which.limit == 0) return which.after;
  if (which.limit == UINT32_MAX) return UINT32_MAX;
  auto row = db.query(
      "SELECT ordinal FROM document WHERE message = ? AND ordinal > ? ORDER BY ordinal LIMIT 1 OFFSET ?",
      id.value, which.after, which.limit - 1);
  return row.next() ? static_cast<std::uint32_t>(row.number(0)) : UINT32_MAX;
}

}  // namespace

std::vector<Step> timeline(Database& db, MessageId id, const DocumentRange& which) {
  std::vector<Step> out;
  const std::uint32_t last = last_shown(db, id, which);
  const bool whole = which.after == 0 && last == UINT32_MAX;
  constexpr const char* whole_sql =
      "SELECT at, who, what, message, delivery, why FROM audit WHERE message = ? AND message <> 0"
      " ORDER BY at, chain, sequence";
  constexpr const char* part_sql =
      "SELECT at, who, what, message, delivery, why FROM audit WHERE message = ?1 AND message <> 0"
      " AND ((delivery = 0 AND ?2 = 0) OR delivery IN"
      " (SELECT id FROM delivery WHERE message = ?1 AND document > ?2 AND document <= ?3))"
      " ORDER BY at, chain, sequence";
  auto rows = whole ? db.query(whole_sql, id.value) : db.query(part_sql, id.value, which.after, last);
  while (rows.next()) {
    out.push_back({to_instant(rows.number(0)),
                   rows.text(1),
                   rows.text(2),
                   {rows.number(3)},
                   {rows.number(4)},
                   rows.text(5)});
  }
  return out;
}

}  // namespace purser::gateway::queries
