// Admission: body, claims, keys, findings, deliveries and the first entry in one transaction.
#include <fmt/format.h>

#include <algorithm>

#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"
#include "gateway/journal/queries.h"
#include "gateway/journal/understood.h"

namespace purser::gateway {
namespace {

struct PackedAdmission {
  Admission admission;
  StoredBody body;
  std::optional<PackedUnderstanding> understood;
  std::vector<Ticket> claims;  ///< asked ahead, one for each
};

class AdmissionJob final : public AnsweringJob<Admitted> {
 public:
  AdmissionJob(std::vector<Admission> batch, Sealer& sealer, Completion<Admitted> done)
      : AnsweringJob(std::move(done)) {
    for (Admission& admission : batch) {
      PackedAdmission packed{std::move(admission), {}, std::nullopt, {}};
      Incoming& in = packed.admission.incoming;
      packed.body = sealer(in.tenant, std::move(in.body));
      if (packed.admission.understanding)
        packed.understood.emplace(std::move(*packed.admission.understanding), true, in.tenant, sealer);
      batch_.push_back(std::move(packed));
    }
  }

  void collect(std::vector<Content>& bodies) override {
    for (const PackedAdmission& one : batch_) {
      bodies.push_back(one.body.content());
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
      if (results_.back().kind != AnswerKind::accepted) t.leave_out(places.first(used));
      places = places.subspan(used);
    }
  }

  void name_lanes(std::vector<std::string>& lanes) override {
    for (const PackedAdmission& one : batch_) {
      if (one.understood) one.understood->name_lanes(lanes);
    }
  }
  bool foresee(Transaction& t) override {
    for (PackedAdmission& one : batch_) {
      one.claims.clear();
      for (const Claim& claim : one.admission.incoming.claims) {
        one.claims.push_back(
            t.db.ask(queries::claim_sql, claim.scope, claim.key, one.admission.incoming.tenant));
      }
      if (one.understood) one.understood->foresee(t);
    }
    return true;
  }

  static std::optional<Admitted> seen_before(Transaction& t, const PackedAdmission& one) {
    const Incoming& in = one.admission.incoming;
    for (std::size_t i = 0; i < in.claims.size(); ++i) {
      const Claim& claim = in.claims[i];
      const bool known = t.touch("claim", fmt::format("{}\x1f{}\x1f{}", in.tenant, claim.scope, claim.key)) &&
                         i < one.claims.size() && one.claims[i].is_set();
      auto rows = known ? t.db.answer(one.claims[i])
                        : t.db.query(queries::claim_sql, claim.scope, claim.key, in.tenant);
      if (auto seen = queries::read_claim(rows, one.admission.hash)) return seen;
    }
    return std::nullopt;
  }

  static Admitted admit(Transaction& t, const PackedAdmission& one, std::span<const BodyRef> places) {
    const Admission& admission = one.admission;
    const Incoming& in = admission.incoming;
    if (auto seen = seen_before(t, one)) return std::move(*seen);
    const MessageId id{t.next_id()};
    const BodyRef body = in.staged.is_set() ? in.staged : places[0];
    const bool understood = one.understood.has_value();
    const MessageState state = understood ? one.understood->what().state : MessageState::admitted;
    const bool held = !understood && admission.lease;
    const Document* first = understood && !one.understood->what().documents.empty()
                                ? &one.understood->what().documents[0]
                                : nullptr;
    t.db.insert(
        "INSERT INTO message (id, tenant, state, received, source, partner, credential, format, media_type, "
        "file_name,"
        " reject_invalid, body_file, body_offset, body_length, body_seal, hash, documents, type, number, stopped,"
        " why, holder, held_until) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        id.value, in.tenant, static_cast<int>(state), to_number(t.now), in.source, in.partner, in.credential,
        understood ? one.understood->what().format : in.format, in.media_type, in.file_name,
        in.reject_invalid, body.file, body.offset, body.length, body.seal, Blob{admission.hash},
        understood ? one.understood->what().documents.size() : 0, first ? static_cast<int>(first->type) : 0,
        first ? std::string_view(first->number) : std::string_view(),
        understood ? one.understood->stopped() : 0,
        understood ? std::string_view(one.understood->what().why) : std::string_view(),
        held ? std::optional(admission.lease->owner) : std::nullopt,
        held ? t.stored(admission.lease->until) : 0);
    for (const Claim& claim : in.claims) {
      // Another node may be admitting the same at this moment: then this transaction fails and starts again.
      t.db.insert("INSERT INTO idempotency (scope, key, tenant, hash, message) VALUES (?,?,?,?,?)",
                  claim.scope, claim.key, in.tenant, Blob{admission.hash}, id.value);
    }
    Admitted out{AnswerKind::accepted, id, state, {}};
    t.enter(in.tenant, in.credential.empty() ? in.source : in.credential, "admitted", id, {}, in.source);
    if (understood) {
      out.claimed =
          one.understood->insert(t, id, in.tenant, in.partner, places.subspan(1), admission.lease, {});
      if (state != MessageState::delivering)
        t.enter(in.tenant, "purser", name(state), id, {}, one.understood->what().why);
      const std::string_view parked = parked_code(one.understood->what());
      if (state == MessageState::delivering && !parked.empty()) out.state = t.refresh(id, "purser", parked);
    } else if (!held) {
      t.made_work();
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

// What stops a message, gathered over its parts; the highest decides. Stored in message.stopped meanwhile.
constexpr int stopped_by_nothing = 0;
constexpr int stopped_parked = 1;
constexpr int stopped_rejected = 2;  // unless a document of it is on its way

int stop_of(MessageState state) {
  return state == MessageState::rejected ? stopped_rejected
         : state == MessageState::parked ? stopped_parked
                                         : stopped_by_nothing;
}

class SettlementJob final : public AnsweringJob<Admitted> {
 public:
  SettlementJob(std::vector<Settlement> batch, Sealer& sealer, Completion<Admitted> done)
      : AnsweringJob(std::move(done)) {
    for (Settlement& one : batch) {
      PackedUnderstanding understood(std::move(one.understanding), false, one.tenant, sealer);
      batch_.push_back({std::move(one), std::move(understood)});
    }
  }

  void collect(std::vector<Content>& bodies) override {
    for (const Packed& one : batch_) one.understood.collect(bodies);
  }

 private:
  struct Packed {
    Settlement part;
    PackedUnderstanding understood;
  };
  /// The message as the parts before left it.
  struct Before {
    MessageState state = MessageState::admitted;
    std::uint32_t documents = 0, settled = 0;
    bool only_undelivered = false;
    int stop = stopped_by_nothing;
    std::string tenant, partner, why;
    MessageId leaves_out;  ///< the message of which this is an edited copy, unless it goes everywhere again
  };

  void work(Transaction& t, std::span<const BodyRef> places) override {
    for (const Packed& one : batch_) {
      const Understanding& what = one.understood.what();
      const std::size_t used = what.documents.size() + what.deliveries.size();
      results_.push_back(settle(t, one, places.first(used)));
      if (results_.back().kind != AnswerKind::accepted) t.leave_out(places.first(used));
      places = places.subspan(used);
    }
  }

  // Understood again: what the reading before found is written anew.
  static void forget_documents(Transaction& t, MessageId message, const std::string& tenant) {
    t.db.post("DELETE FROM finding WHERE message = ?", message.value);
    t.db.post("DELETE FROM loss WHERE message = ?", message.value);
    auto rows = t.db.query("SELECT ordinal, keys FROM document WHERE message = ?", message.value);
    while (rows.next()) {
      for (const Key& key : unpack_keys(rows.view(1))) {
        t.db.post(
            "DELETE FROM document_key WHERE value = ? AND kind = ? AND tenant = ? AND message = ? AND "
            "ordinal = ?",
            key.value, key.kind, tenant, message.value, rows.number(0));
      }
    }
    t.db.post("DELETE FROM document WHERE message = ?", message.value);
  }

  // Those that went out already go out no second time.
  static std::vector<Skip> delivered_before(Transaction& t, MessageId message,
                                            const std::vector<Document>& documents) {
    std::vector<Skip> skip;
    if (documents.empty()) return skip;
    auto rows = t.db.query(
        "SELECT DISTINCT document FROM delivery WHERE message = ? AND state <> 5 AND document BETWEEN ? AND "
        "?",
        message.value, documents.front().ordinal, documents.back().ordinal);
    while (rows.next()) skip.push_back({static_cast<std::uint32_t>(rows.number(0)), {}});
    return skip;
  }

  // An edited copy leaves out what arrived, or is on its way, of the messages that it stands for. Documents
  // are known by type and number: a copy may hold fewer of them than the first one.
  static void leave_out_delivered(Transaction& t, MessageId first, const std::vector<Document>& documents,
                                  std::vector<Skip>& skip) {
    while (first.is_set()) {
      auto rows = t.db.query(
          "SELECT d.document, t.type, t.number, d.target FROM delivery d JOIN document t ON t.message = "
          "d.message AND t.ordinal = d.document WHERE d.message = ? AND d.state IN (1, 2, 3)",
          first.value);
      while (rows.next()) {
        for (const Document& one : documents) {
          const bool same = static_cast<std::int64_t>(one.type) == rows.number(1) &&
                            one.number == rows.view(2) && (!one.number.empty() || one.ordinal == rows.number(0));
          if (same) skip.push_back({one.ordinal, rows.text(3)});
        }
      }
      auto before =
          t.db.query("SELECT resubmits FROM message WHERE id = ? AND leaves_out = 1", first.value);
      first = before.next() ? MessageId{before.number(0)} : MessageId{};
    }
  }

  static std::optional<Before> find(Transaction& t, MessageId message) {
    auto row = t.db.query(
        "SELECT state, documents, settled, only_undelivered, stopped, tenant, partner, why, resubmits * "
        "leaves_out FROM message WHERE id = ? /*FOR UPDATE*/",
        message.value);
    if (!row.next()) return std::nullopt;
    return Before{static_cast<MessageState>(row.number(0)),
                  static_cast<std::uint32_t>(row.number(1)),
                  static_cast<std::uint32_t>(row.number(2)),
                  row.number(3) != 0,
                  static_cast<int>(row.number(4)),
                  row.text(5),
                  row.text(6),
                  row.text(7),
                  {row.number(8)}};
  }

  // All, or none and the message is let go: two messages with one interchange are not both booked, however
  // close together they are read.
  static bool make_claims(Transaction& t, const Settlement& part, const std::string& tenant) {
    for (std::size_t i = 0; i < part.claims.size(); ++i) {
      const Claim& claim = part.claims[i];
      t.touch("claim", fmt::format("{}\x1f{}\x1f{}", tenant, claim.scope, claim.key));
      const auto made = t.db.run(
          "INSERT INTO idempotency (scope, key, tenant, hash, message) SELECT ?, ?, tenant, hash, id FROM message"
          " WHERE id = ? ON CONFLICT DO NOTHING",
          claim.scope, claim.key, part.message.value);
      if (made == 1) continue;
      for (std::size_t done = 0; done < i; ++done) {
        t.db.post("DELETE FROM idempotency WHERE scope = ? AND key = ? AND tenant = ? AND message = ?",
                  part.claims[done].scope, part.claims[done].key, tenant, part.message.value);
      }
      t.db.post("UPDATE message SET holder = NULL, held_until = 0 WHERE id = ?", part.message.value);
      t.made_work();
      return false;
    }
    return true;
  }

  static Admitted settle(Transaction& t, const Packed& one, std::span<const BodyRef> places) {
    const MessageId message = one.part.message;
    const Understanding& what = one.understood.what();
    const auto before = find(t, message);
    if (!before) return {AnswerKind::refused, message, MessageState::admitted, {}};
    // Somebody else understood it or is ahead, or a person cancelled it: what we made of it is not wanted.
    if (before->state != MessageState::admitted || before->settled != one.part.after) {
      return {AnswerKind::refused, message, before->state, {}};
    }
    if (!make_claims(t, one.part, before->tenant)) return {AnswerKind::conflict, message, before->state, {}};
    if (one.part.after == 0) forget_documents(t, message, before->tenant);
    std::vector<Skip> skip;
    if (before->only_undelivered) {
      skip = delivered_before(t, message, what.documents);
      leave_out_delivered(t, before->leaves_out, what.documents, skip);
    }
    Admitted out{AnswerKind::accepted, message, MessageState::admitted, {}};
    out.claimed =
        one.understood.insert(t, message, before->tenant, before->partner, places, one.part.lease, skip);
    if (one.part.after == 0 && !what.documents.empty()) {
      t.db.post("UPDATE message SET type = ?, number = ? WHERE id = ?",
                static_cast<int>(what.documents[0].type), what.documents[0].number, message.value);
    }
    const int stop = std::max(before->stop, stop_of(what.state));
    const std::string& why = before->why.empty() ? what.why : before->why;
    const auto documents =
        (one.part.after == 0 ? 0 : before->documents) + static_cast<std::uint32_t>(what.documents.size());
    if (one.part.more) {
      t.db.post(
          "UPDATE message SET format = ?, documents = ?, settled = ?, stopped = ?, why = ?, holder = ?,"
          " held_until = ? WHERE id = ?",
          what.format, documents, one.part.settled, stop, why, one.part.more->owner,
          t.stored(one.part.more->until), message.value);
      return out;
    }
    out.state = conclude(t, message, stop);
    t.db.post(
        "UPDATE message SET format = ?, documents = ?, settled = 0, stopped = ?, why = ?, holder = NULL,"
        " held_until = 0, only_undelivered = 0 WHERE id = ?",
        what.format, documents, out.state == MessageState::parked, why, message.value);
    t.enter(before->tenant, "purser", out.state == MessageState::delivering ? "planned" : name(out.state),
            message, {}, why);
    if (out.state == MessageState::delivering) out.state = t.refresh(message, "purser", why);
    return out;
  }

  // The state after the last part. A message of which anything is on its way is parked, not rejected.
  static MessageState conclude(Transaction& t, MessageId message, int stop) {
    MessageState state = stop == stopped_by_nothing ? MessageState::delivering : MessageState::parked;
    if (stop == stopped_rejected) {
      const bool any =
          t.db.query("SELECT 1 FROM delivery WHERE message = ? AND state <> 5 LIMIT 1", message.value).next();
      if (!any) state = MessageState::rejected;
    }
    t.step(message, MessageState::admitted, state);
    return state;
  }

  std::vector<Packed> batch_;
};

}  // namespace

std::unique_ptr<Job> make_admission(std::vector<Admission> batch, Sealer& sealer, Completion<Admitted> done) {
  return std::make_unique<AdmissionJob>(std::move(batch), sealer, std::move(done));
}

std::unique_ptr<Job> make_settlement(std::vector<Settlement> batch, Sealer& sealer, Completion<Admitted> done) {
  return std::make_unique<SettlementJob>(std::move(batch), sealer, std::move(done));
}

}  // namespace purser::gateway
