#include "gateway/journal/understood.h"

#include <algorithm>

#include "gateway/journal/expectations.h"
#include "gateway/journal/packing.h"
#include "gateway/journal/sealed_text.h"

namespace purser::gateway {

PackedUnderstanding::PackedUnderstanding(Understanding what, bool is_new, const std::string& tenant,
                                         Sealer& sealer)
    : what_(std::move(what)), is_new_(is_new) {
  for (const Finding& finding : what_.findings) findings_.push_back(seal_text(sealer, tenant, pack(finding)));
  for (const Document& document : what_.documents) {
    PackedDocument packed;
    packed.keys = pack(document.keys);
    for (const Finding& finding : document.findings)
      packed.findings.push_back(seal_text(sealer, tenant, pack(finding)));
    for (const Loss& loss : document.losses) packed.losses.push_back(seal_text(sealer, tenant, pack(loss)));
    documents_.push_back(std::move(packed));
  }
  const auto add = [&](StoredBody body) {
    bodies_.push_back(std::make_shared<const StoredBody>(std::move(body)));
  };
  for (Document& document : what_.documents) add(sealer(tenant, std::move(document.canonical)));
  for (PlannedDelivery& planned : what_.deliveries) {
    add(planned.is_encoded ? sealer(tenant, std::move(planned.encoded)) : StoredBody());
    parked_.push_back(planned.parked ? seal_text(sealer, tenant, pack(*planned.parked)) : std::string());
  }
}

// Whoever delivers at once need not read it back. A sealed one is: it lies here as it is stored.
std::shared_ptr<const std::string> PackedUnderstanding::at_hand(std::size_t body) const {
  constexpr std::size_t most = 64 << 10;  // reading a larger one back is little beside sending it
  const auto& one = bodies_[body];
  if (one->seal != 0 || one->bytes.empty() || one->bytes.size() > most) return nullptr;
  return {one, &one->bytes};
}

void PackedUnderstanding::collect(std::vector<Content>& bodies) const {
  for (const auto& body : bodies_) bodies.push_back(body->content());
}

void PackedUnderstanding::name_lanes(std::vector<std::string>& lanes) const {
  for (const PlannedDelivery& planned : what_.deliveries) {
    if (!planned.lane.empty() && !planned.parked) lanes.push_back(planned.lane);
  }
}

void PackedUnderstanding::foresee(Transaction& t) {
  lanes_.clear();
  for (const PlannedDelivery& planned : what_.deliveries) {
    const bool in_lane = !planned.lane.empty() && !planned.parked;
    lanes_.push_back(in_lane ? t.ask_last_in_lane(planned.lane) : Ticket{});
  }
}

void PackedUnderstanding::insert_findings(Transaction& t, MessageId message, std::uint32_t ordinal,
                                          const std::vector<Finding>& list,
                                          const std::vector<std::string>& packed) const {
  if (list.empty()) return;
  // Those of the message itself go on behind the ones of its parts before, up to what helps anybody.
  std::size_t next = 0;
  if (ordinal == 0 && !is_new_) {
    auto last = t.db.query(
        "SELECT coalesce(max(sequence), -1) FROM finding WHERE message = ? AND ordinal = 0", message.value);
    if (last.next()) next = static_cast<std::size_t>(last.number(0) + 1);
  }
  for (std::size_t i = 0; i < list.size() && next < Report::max_findings; ++i, ++next) {
    t.db.insert(
        "INSERT INTO finding (message, ordinal, sequence, code, severity, content) VALUES (?,?,?,?,?,?)",
        message.value, ordinal, next, list[i].code, static_cast<int>(list[i].severity), packed[i]);
  }
}

void PackedUnderstanding::insert_document(Transaction& t, MessageId message, const std::string& tenant,
                                          std::size_t index, const BodyRef& canonical) const {
  const Document& document = what_.documents[index];
  const PackedDocument& packed = documents_[index];
  t.db.insert(
      "INSERT INTO document (message, ordinal, type, number, canonical_file, canonical_offset, "
      "canonical_length,"
      " canonical_seal, keys, findings_dropped, losses_dropped) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
      message.value, document.ordinal, static_cast<int>(document.type), document.number, canonical.file,
      canonical.offset, canonical.length, canonical.seal, packed.keys, document.findings_dropped,
      document.losses_dropped);
  for (const Key& key : document.keys) {
    t.db.insert(
        "INSERT INTO document_key (value, kind, tenant, message, ordinal) VALUES (?,?,?,?,?) ON CONFLICT DO "
        "NOTHING",
        key.value, key.kind, tenant, message.value, document.ordinal);
  }
  insert_findings(t, message, document.ordinal, document.findings, packed.findings);
  for (std::size_t i = 0; i < packed.losses.size(); ++i) {
    t.db.insert("INSERT INTO loss (message, ordinal, sequence, content) VALUES (?,?,?,?)", message.value,
                document.ordinal, i, packed.losses[i]);
  }
}

std::optional<ClaimedDelivery> PackedUnderstanding::insert_delivery(Transaction& t, MessageId message,
                                                                    const PlannedDelivery& planned,
                                                                    ClaimedDelivery row, Ticket asked,
                                                                    const std::optional<Lease>& lease) const {
  const bool parked = planned.parked.has_value();
  const bool blocked = !parked && !planned.lane.empty() && t.last_in_lane(planned.lane, asked).is_set();
  row.id = {t.next_id()};
  const bool leased = !parked && !blocked && !planned.held && lease.has_value();
  const auto state = parked ? DeliveryState::parked : leased ? DeliveryState::in_flight : DeliveryState::due;
  row.fence = leased ? 1 : 0;
  t.db.insert(
      "INSERT INTO delivery (id, message, document, state, route, target, lane, connector, format, due, "
      "first_due,"
      " in_lane, blocked, holder, held_until, fence, encoded_file, encoded_offset, encoded_length, "
      "encoded_seal, code, finding)"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      row.id.value, message.value, planned.document, static_cast<int>(state), planned.route, planned.target,
      planned.lane, planned.connector, planned.format, to_number(t.now), to_number(t.now),
      !parked && !planned.lane.empty(), blocked, leased ? std::optional(lease->owner) : std::nullopt,
      leased ? t.stored(lease->until) : 0, row.fence, row.encoded.file, row.encoded.offset,
      row.encoded.length, row.encoded.seal, parked ? planned.parked->code : std::string(),
      parked_[static_cast<std::size_t>(&planned - what_.deliveries.data())]);
  if (!parked && !planned.lane.empty()) t.join_lane(planned.lane, row.id);
  if (!parked && !blocked && !leased && !planned.held) t.made_work();
  if (parked) t.enter(tenant_of(planned.route), "purser", "parked", message, row.id, planned.parked->code);
  return leased ? std::optional(std::move(row)) : std::nullopt;
}

std::vector<ClaimedDelivery> PackedUnderstanding::insert(
    Transaction& t, MessageId message, const std::string& tenant, const std::string& partner,
    std::span<const BodyRef> places, const std::optional<Lease>& lease, std::span<const Skip> skip) const {
  insert_findings(t, message, 0, what_.findings, findings_);
  for (std::size_t i = 0; i < what_.documents.size(); ++i) {
    insert_document(t, message, tenant, i, places[i]);
    const Acknowledges& answers = what_.documents[i].acknowledges;
    if (!answers.keys.empty()) answer_expectations(t, message, tenant, partner, answers);
  }
  std::vector<ClaimedDelivery> claimed;
  for (std::size_t i = 0; i < what_.deliveries.size(); ++i) {
    const PlannedDelivery& planned = what_.deliveries[i];
    const auto left_out = [&](const Skip& one) {
      return one.document == planned.document && (one.target.empty() || one.target == planned.target);
    };
    if (std::ranges::any_of(skip, left_out)) continue;
    ClaimedDelivery row;
    row.message = message;
    row.document = planned.document;
    row.route = planned.route;
    row.target = planned.target;
    row.lane = planned.lane;
    row.connector = planned.connector;
    row.format = planned.format;
    row.partner = partner;
    row.first_due = t.own(to_number(t.now));
    if (lease) row.leased_until = lease->until;
    for (std::size_t d = 0; d < what_.documents.size(); ++d) {
      if (what_.documents[d].ordinal != planned.document) continue;
      row.type = what_.documents[d].type;
      row.number = what_.documents[d].number;
      row.canonical = places[d];
      row.at_hand = at_hand(d);
    }
    const std::size_t encoded = what_.documents.size() + i;
    row.encoded = places[encoded];
    if (planned.is_encoded) row.at_hand = at_hand(encoded);
    const Ticket asked = i < lanes_.size() ? lanes_[i] : Ticket{};
    if (auto leased = insert_delivery(t, message, planned, std::move(row), asked, lease))
      claimed.push_back(std::move(*leased));
  }
  return claimed;
}

}  // namespace purser::gateway
