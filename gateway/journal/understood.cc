#include "gateway/journal/understood.h"

#include <algorithm>

#include "gateway/journal/packing.h"

namespace purser::gateway {

PackedUnderstanding::PackedUnderstanding(Understanding what) : what_(std::move(what)) {
  for (const Finding& finding : what_.findings) findings_.push_back(pack(finding));
  for (const Document& document : what_.documents) {
    PackedDocument packed;
    packed.keys = pack(document.keys);
    for (const Finding& finding : document.findings) packed.findings.push_back(pack(finding));
    for (const Loss& loss : document.losses) packed.losses.push_back(pack(loss));
    documents_.push_back(std::move(packed));
  }
}

void PackedUnderstanding::collect(std::vector<std::string_view>& bodies) const {
  for (const Document& document : what_.documents) bodies.emplace_back(document.canonical);
  for (const PlannedDelivery& planned : what_.deliveries) {
    bodies.push_back(planned.is_encoded ? std::string_view(planned.encoded) : std::string_view());
  }
}

void PackedUnderstanding::insert_findings(Transaction& t, MessageId message, std::uint32_t ordinal,
                                          const std::vector<Finding>& list,
                                          const std::vector<std::string>& packed) const {
  for (std::size_t i = 0; i < list.size(); ++i) {
    t.db.run("INSERT INTO finding (message, ordinal, sequence, code, severity, content) VALUES (?,?,?,?,?,?)",
             message.value, ordinal, i, list[i].code, static_cast<int>(list[i].severity), packed[i]);
  }
}

void PackedUnderstanding::insert_document(Transaction& t, MessageId message, std::size_t index,
                                          const BodyRef& canonical) const {
  const Document& document = what_.documents[index];
  const PackedDocument& packed = documents_[index];
  t.db.run(
      "INSERT INTO document (message, ordinal, type, number, canonical_file, canonical_offset, "
      "canonical_length,"
      " keys, findings_dropped, losses_dropped) VALUES (?,?,?,?,?,?,?,?,?,?)",
      message.value, document.ordinal, static_cast<int>(document.type), document.number, canonical.file,
      canonical.offset, canonical.length, packed.keys, document.findings_dropped, document.losses_dropped);
  for (const Key& key : document.keys) {
    t.db.run("INSERT OR IGNORE INTO document_key (value, kind, message, ordinal) VALUES (?,?,?,?)", key.value,
             key.kind, message.value, document.ordinal);
  }
  insert_findings(t, message, document.ordinal, document.findings, packed.findings);
  for (std::size_t i = 0; i < packed.losses.size(); ++i) {
    t.db.run("INSERT INTO loss (message, ordinal, sequence, content) VALUES (?,?,?,?)", message.value,
             document.ordinal, i, packed.losses[i]);
  }
}

std::optional<ClaimedDelivery> PackedUnderstanding::insert_delivery(Transaction& t, MessageId message,
                                                                    const PlannedDelivery& planned,
                                                                    ClaimedDelivery row,
                                                                    const std::optional<Lease>& lease) const {
  row.id = {t.next_id()};
  const bool parked = planned.parked.has_value();
  bool blocked = false;
  if (!parked && !planned.lane.empty()) {
    blocked =
        t.db.query("SELECT 1 FROM delivery WHERE lane = ? AND in_lane = 1 LIMIT 1", planned.lane).next();
  }
  const bool leased = !parked && !blocked && lease.has_value();
  const auto state = parked ? DeliveryState::parked : leased ? DeliveryState::in_flight : DeliveryState::due;
  row.fence = leased ? 1 : 0;
  t.db.run(
      "INSERT INTO delivery (id, message, document, state, route, target, lane, connector, format, due, "
      "first_due,"
      " in_lane, blocked, holder, held_until, fence, encoded_file, encoded_offset, encoded_length, code, "
      "finding)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      row.id.value, message.value, planned.document, static_cast<int>(state), planned.route, planned.target,
      planned.lane, planned.connector, planned.format, to_number(t.now), to_number(t.now),
      !parked && !planned.lane.empty(), blocked, leased ? std::optional(lease->owner) : std::nullopt,
      leased ? to_number(lease->until) : 0, row.fence, row.encoded.file, row.encoded.offset,
      row.encoded.length, parked ? planned.parked->code : std::string(),
      parked ? pack(*planned.parked) : std::string());
  if (parked) t.enter("purser", "parked", message, row.id, planned.parked->code);
  return leased ? std::optional(std::move(row)) : std::nullopt;
}

std::vector<ClaimedDelivery> PackedUnderstanding::insert(Transaction& t, MessageId message,
                                                         const std::string& partner,
                                                         std::span<const BodyRef> places,
                                                         const std::optional<Lease>& lease,
                                                         std::span<const std::uint32_t> skip) const {
  insert_findings(t, message, 0, what_.findings, findings_);
  for (std::size_t i = 0; i < what_.documents.size(); ++i) insert_document(t, message, i, places[i]);
  std::vector<ClaimedDelivery> claimed;
  for (std::size_t i = 0; i < what_.deliveries.size(); ++i) {
    const PlannedDelivery& planned = what_.deliveries[i];
    if (std::ranges::find(skip, planned.document) != skip.end()) continue;
    ClaimedDelivery row;
    row.message = message;
    row.document = planned.document;
    row.route = planned.route;
    row.target = planned.target;
    row.lane = planned.lane;
    row.connector = planned.connector;
    row.format = planned.format;
    row.partner = partner;
    row.first_due = t.now;
    if (lease) row.leased_until = lease->until;
    for (std::size_t d = 0; d < what_.documents.size(); ++d) {
      if (what_.documents[d].ordinal != planned.document) continue;
      row.type = what_.documents[d].type;
      row.number = what_.documents[d].number;
      row.canonical = places[d];
    }
    row.encoded = places[what_.documents.size() + i];
    if (auto leased = insert_delivery(t, message, planned, std::move(row), lease))
      claimed.push_back(std::move(*leased));
  }
  return claimed;
}

}  // namespace purser::gateway
