// Admission: body, claims, keys, findings, deliveries and the first entry in one transaction.
#include <algorithm>

#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"
#include "gateway/journal/understood.h"

namespace purser::gateway {
namespace {

struct PackedAdmission {
  Admission admission;
  std::optional<PackedUnderstanding> understood;
};

class AdmissionJob final : public AnsweringJob<Admitted> {
 public:
  AdmissionJob(std::vector<Admission> batch, Completion<Admitted> done) : AnsweringJob(std::move(done)) {
    for (Admission& admission : batch) {
      PackedAdmission packed{std::move(admission), std::nullopt};
      if (packed.admission.understanding)
        packed.understood.emplace(std::move(*packed.admission.understanding));
      batch_.push_back(std::move(packed));
    }
  }

  void collect(std::vector<std::string_view>& bodies) override {
    for (const PackedAdmission& one : batch_) {
      bodies.emplace_back(one.admission.incoming.body);
      if (one.understood) one.understood->collect(bodies);
    }
  }

 private:
  void work(Transaction& t, std::span<const BodyRef> places) override {
    for (const PackedAdmission& one : batch_) {
      std::size_t used = 1;
      if (one.understood) {
        used += one.understood->what().documents.size() + one.understood->what().deliveries.size();
      }
      results_.push_back(admit(t, one, places.first(used)));
      places = places.subspan(used);
    }
  }

  static std::optional<Admitted> seen_before(Transaction& t, const Admission& admission) {
    for (const Claim& claim : admission.incoming.claims) {
      auto rows = t.db.query(
          "SELECT i.message, i.hash, m.state FROM idempotency i JOIN message m ON m.id = i.message"
          " WHERE i.scope = ? AND i.key = ?",
          claim.scope, claim.key);
      if (!rows.next()) continue;
      const std::string_view hash = rows.view(1);
      const bool same =
          std::ranges::equal(hash, admission.hash, {}, [](char c) { return static_cast<std::uint8_t>(c); });
      return Admitted{same ? AnswerKind::duplicate : AnswerKind::conflict,
                      {rows.number(0)},
                      static_cast<MessageState>(rows.number(2)),
                      {}};
    }
    return std::nullopt;
  }

  static Admitted admit(Transaction& t, const PackedAdmission& one, std::span<const BodyRef> places) {
    const Admission& admission = one.admission;
    const Incoming& in = admission.incoming;
    if (auto seen = seen_before(t, admission)) return std::move(*seen);
    const MessageId id{t.next_id()};
    const BodyRef body = in.staged.is_set() ? in.staged : places[0];
    const bool understood = one.understood.has_value();
    const MessageState state = understood ? one.understood->what().state : MessageState::admitted;
    const bool held = !understood && admission.lease;
    const Document* first = understood && !one.understood->what().documents.empty()
                                ? &one.understood->what().documents[0]
                                : nullptr;
    t.db.run(
        "INSERT INTO message (id, state, received, source, partner, credential, format, media_type, "
        "file_name,"
        " reject_invalid, body_file, body_offset, body_length, hash, documents, type, number, stopped, why,"
        " holder, held_until) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        id.value, static_cast<int>(state), to_number(t.now), in.source, in.partner, in.credential,
        understood ? one.understood->what().format : in.format, in.media_type, in.file_name,
        in.reject_invalid, body.file, body.offset, body.length, Blob{admission.hash},
        understood ? one.understood->what().documents.size() : 0, first ? static_cast<int>(first->type) : 0,
        first ? std::string_view(first->number) : std::string_view(),
        understood ? one.understood->stopped() : 0,
        understood ? std::string_view(one.understood->what().why) : std::string_view(),
        held ? std::optional(admission.lease->owner) : std::nullopt,
        held ? to_number(admission.lease->until) : 0);
    for (const Claim& claim : in.claims) {
      t.db.run("INSERT INTO idempotency (scope, key, hash, message) VALUES (?,?,?,?)", claim.scope, claim.key,
               Blob{admission.hash}, id.value);
    }
    Admitted out{AnswerKind::accepted, id, state, {}};
    t.enter(in.credential.empty() ? in.source : in.credential, "admitted", id, {}, in.source);
    if (understood) {
      out.claimed = one.understood->insert(t, id, in.partner, places.subspan(1), admission.lease, {});
      if (state != MessageState::delivering)
        t.enter("purser", name(state), id, {}, one.understood->what().why);
      if (state == MessageState::delivering &&
          one.understood->what().deliveries.size() > out.claimed.size()) {
        out.state = t.refresh(id, "purser", parked_code(one.understood->what()));
      }
    }
    return out;
  }

  static std::string_view parked_code(const Understanding& what) {
    for (const PlannedDelivery& planned : what.deliveries) {
      if (planned.parked) return planned.parked->code;
    }
    return {};
  }

  std::vector<PackedAdmission> batch_;
};

class SettlementJob final : public AnsweringJob<Admitted> {
 public:
  SettlementJob(std::vector<Settlement> batch, Completion<Admitted> done) : AnsweringJob(std::move(done)) {
    for (Settlement& one : batch) {
      batch_.push_back(
          {one.message, PackedUnderstanding(std::move(one.understanding)), std::move(one.lease)});
    }
  }

  void collect(std::vector<std::string_view>& bodies) override {
    for (const Packed& one : batch_) one.understood.collect(bodies);
  }

 private:
  struct Packed {
    MessageId message;
    PackedUnderstanding understood;
    std::optional<Lease> lease;
  };

  void work(Transaction& t, std::span<const BodyRef> places) override {
    for (const Packed& one : batch_) {
      const Understanding& what = one.understood.what();
      const std::size_t used = what.documents.size() + what.deliveries.size();
      results_.push_back(settle(t, one, places.first(used)));
      places = places.subspan(used);
    }
  }

  // Understood again: the documents are written anew, and those that went out already go out no second time.
  static std::vector<std::uint32_t> forget_documents(Transaction& t, MessageId message,
                                                     bool only_undelivered) {
    std::vector<std::uint32_t> skip;
    if (only_undelivered) {
      auto rows = t.db.query("SELECT DISTINCT document FROM delivery WHERE message = ? AND state <> 5",
                             message.value);
      while (rows.next()) skip.push_back(static_cast<std::uint32_t>(rows.number(0)));
    }
    t.db.run("DELETE FROM finding WHERE message = ?", message.value);
    t.db.run("DELETE FROM loss WHERE message = ?", message.value);
    auto rows = t.db.query("SELECT ordinal, keys FROM document WHERE message = ?", message.value);
    while (rows.next()) {
      for (const Key& key : unpack_keys(rows.view(1))) {
        t.db.run("DELETE FROM document_key WHERE value = ? AND kind = ? AND message = ? AND ordinal = ?",
                 key.value, key.kind, message.value, rows.number(0));
      }
    }
    t.db.run("DELETE FROM document WHERE message = ?", message.value);
    return skip;
  }

  static Admitted settle(Transaction& t, const Packed& one, std::span<const BodyRef> places) {
    const Understanding& what = one.understood.what();
    auto row = t.db.query("SELECT state, documents, only_undelivered, partner FROM message WHERE id = ?",
                          one.message.value);
    if (!row.next()) return {AnswerKind::refused, one.message, MessageState::admitted, {}};
    const auto before = static_cast<MessageState>(row.number(0));
    // Somebody else understood it, or a person cancelled it: what we made of it is not wanted any more.
    if (before != MessageState::admitted) return {AnswerKind::refused, one.message, before, {}};
    const bool again = row.number(1) != 0 || row.number(2) != 0;
    const auto skip =
        again ? forget_documents(t, one.message, row.number(2) != 0) : std::vector<std::uint32_t>();
    if (!again) t.db.run("DELETE FROM finding WHERE message = ?", one.message.value);
    Admitted out{AnswerKind::accepted, one.message, what.state, {}};
    out.claimed = one.understood.insert(t, one.message, row.text(3), places, one.lease, skip);
    const Document* first = what.documents.empty() ? nullptr : &what.documents[0];
    t.step(one.message, MessageState::admitted, what.state);
    t.db.run(
        "UPDATE message SET format = ?, documents = ?, type = ?, number = ?, stopped = ?, why = ?, holder = "
        "NULL,"
        " held_until = 0, only_undelivered = 0 WHERE id = ?",
        what.format, what.documents.size(), first ? static_cast<int>(first->type) : 0,
        first ? std::string_view(first->number) : std::string_view(), one.understood.stopped(), what.why,
        one.message.value);
    t.enter("purser", what.state == MessageState::delivering ? "planned" : name(what.state), one.message, {},
            what.why);
    if (what.state == MessageState::delivering) out.state = t.refresh(one.message, "purser", what.why);
    return out;
  }

  std::vector<Packed> batch_;
};

}  // namespace

std::unique_ptr<Job> make_admission(std::vector<Admission> batch, Completion<Admitted> done) {
  return std::make_unique<AdmissionJob>(std::move(batch), std::move(done));
}

std::unique_ptr<Job> make_settlement(std::vector<Settlement> batch, Completion<Admitted> done) {
  return std::make_unique<SettlementJob>(std::move(batch), std::move(done));
}

}  // namespace purser::gateway
