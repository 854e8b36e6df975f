// Claiming what waits, recording what came of it.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "gateway/journal/expectations.h"
#include "gateway/journal/jobs.h"
#include "gateway/journal/packing.h"
#include "gateway/journal/sealed_text.h"

namespace purser::gateway {
namespace {

class PendingClaim final : public AnsweringJob<PendingMessage> {
 public:
  PendingClaim(std::uint32_t limit, Lease lease, Completion<PendingMessage> done)
      : AnsweringJob(std::move(done)), limit_(limit), lease_(std::move(lease)) {}

 private:
  void work(Transaction& t, std::span<const BodyRef>) override {
    {
      auto rows = t.db.query(
          "SELECT id, tenant, source, partner, credential, format, media_type, file_name, reject_invalid, "
          "body_file,"
          " body_offset, body_length, body_seal, settled FROM message WHERE state = 1 AND held_until < ? ORDER BY id "
          "LIMIT ?"
          " /*FOR UPDATE SKIP LOCKED*/",
          to_number(t.now), limit_);
      while (rows.next()) {
        PendingMessage one;
        one.id = {rows.number(0)};
        one.incoming.tenant = rows.text(1);
        one.incoming.source = rows.text(2);
        one.incoming.partner = rows.text(3);
        one.incoming.credential = rows.text(4);
        one.incoming.format = rows.text(5);
        one.incoming.media_type = rows.text(6);
        one.incoming.file_name = rows.text(7);
        one.incoming.reject_invalid = rows.number(8) != 0;
        one.body = {static_cast<std::uint32_t>(rows.number(9)), static_cast<std::uint64_t>(rows.number(10)),
                    static_cast<std::uint64_t>(rows.number(11)), rows.number(12)};
        one.settled = static_cast<std::uint32_t>(rows.number(13));
        results_.push_back(std::move(one));
      }
    }
    for (const PendingMessage& one : results_) {
      t.db.change("UPDATE message SET holder = ?, held_until = ? WHERE id = ?", lease_.owner,
                t.stored(lease_.until), one.id.value);
    }
  }

  std::uint32_t limit_;
  Lease lease_;
};

class DueClaim final : public AnsweringJob<ClaimedDelivery> {
 public:
  DueClaim(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done)
      : AnsweringJob(std::move(done)), batch_(std::move(batch)) {}

 private:
  void work(Transaction& t, std::span<const BodyRef>) override {
    // A lease that ran out belongs to somebody who is gone or asleep; its fence keeps him from settling.
    t.db.post(
        "UPDATE delivery SET state = 1, holder = NULL WHERE id IN"
        " (SELECT id FROM delivery WHERE state = 2 AND held_until < ? /*FOR UPDATE SKIP LOCKED*/)",
        to_number(t.now));
    constexpr const char* due_sql =
        "SELECT id FROM delivery WHERE target = ? AND state = 1 AND blocked = 0 AND due <= ? ORDER BY due "
        "LIMIT ?"
        " /*FOR UPDATE SKIP LOCKED*/";
    std::vector<Ticket> asked;
    for (const ClaimRequest& request : batch_) {
      asked.push_back(t.db.ask(due_sql, request.target, to_number(t.now), request.limit));
    }
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      std::vector<DeliveryId> due;
      {
        auto rows = asked[i].is_set()
                        ? t.db.answer(asked[i])
                        : t.db.query(due_sql, batch_[i].target, to_number(t.now), batch_[i].limit);
        while (rows.next()) due.push_back({rows.number(0)});
      }
      auto claimed = t.claim(due, batch_[i].lease);
      std::ranges::move(claimed, std::back_inserter(results_));
    }
  }

  std::vector<ClaimRequest> batch_;
};

class Keeping final : public AnsweringJob<BodyRef> {
 public:
  Keeping(std::vector<EncodedDelivery> batch, Sealer& sealer, Completion<BodyRef> done)
      : AnsweringJob(std::move(done)) {
    for (EncodedDelivery& one : batch) {
      StoredBody body = sealer(std::string(tenant_of(one.delivery.route)), std::move(one.bytes));
      const std::string tenant(tenant_of(one.delivery.route));
      std::vector<std::string> findings;
      for (const Finding& finding : one.findings) findings.push_back(seal_text(sealer, tenant, pack(finding)));
      batch_.push_back({std::move(one), std::move(body), std::move(findings)});
    }
  }
  void collect(std::vector<Content>& bodies) override {
    for (const Kept& one : batch_) bodies.push_back(one.body.content());
  }

 private:
  struct Kept {
    EncodedDelivery what;  ///< without the bytes
    StoredBody body;
    std::vector<std::string> findings;  ///< packed
  };

  void work(Transaction& t, std::span<const BodyRef> places) override {
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      // Whoever lost the lease meanwhile may not set other bytes than the new holder sends.
      const auto kept = t.db.run(
          "UPDATE delivery SET encoded_file = ?, encoded_offset = ?, encoded_length = ?, encoded_seal = ?"
          " WHERE id = ? AND fence = ? AND +state = 2",  // by its id: see Record
          places[i].file, places[i].offset, places[i].length, places[i].seal, batch_[i].what.delivery.id.value,
          batch_[i].what.delivery.fence);
      if (kept != 1) t.leave_out(places.subspan(i, 1));
      if (kept == 1) add_findings(t, batch_[i]);
      results_.push_back(kept == 1 ? places[i] : BodyRef{});
    }
  }

  // Behind those of its document.
  static void add_findings(Transaction& t, const Kept& kept) {
    const EncodedDelivery& one = kept.what;
    for (std::size_t i = 0; i < one.findings.size(); ++i) {
      t.add_finding(one.delivery.message, one.delivery.document, one.findings[i].code,
                    one.findings[i].severity, kept.findings[i]);
    }
  }

  std::vector<Kept> batch_;
};

class Record final : public AnsweringJob<ClaimedDelivery> {
 public:
  Record(std::vector<Attempt> batch, std::optional<Lease> lease, Sealer& sealer,
         Completion<ClaimedDelivery> done)
      : AnsweringJob(std::move(done)), batch_(std::move(batch)), lease_(std::move(lease)) {
    for (Attempt& attempt : batch_) {
      attempt.detail = seal_text(sealer, attempt.tenant, std::move(attempt.detail));
      findings_.push_back(attempt.finding ? seal_text(sealer, attempt.tenant, pack(*attempt.finding))
                                          : std::string());
    }
  }

  void name_lanes(std::vector<std::string>& lanes) override {
    for (const Attempt& attempt : batch_) {
      if (!attempt.lane.empty()) lanes.push_back(attempt.lane);
    }
  }
  bool foresee(Transaction& t) override {
    asked_.clear();
    for (const Attempt& attempt : batch_) {
      Asked& asked = asked_.emplace_back();
      asked.delivery = t.db.ask(delivery_sql, attempt.delivery.value, attempt.fence);
      if (!attempt.message.is_set()) continue;
      asked.refresh = t.ask_refresh(attempt.message, attempt.delivery);
      if (!attempt.lane.empty()) asked.lane = t.ask_next_in_lane(attempt.lane, attempt.delivery);
    }
    return true;
  }

 private:
  // With a plus the index of those in flight is of no use for it. A database server that last counted them when there
  // were none would go through that index, and all that was ever in flight since, instead of to the one id.
  static constexpr const char* delivery_sql =
      "SELECT message, lane, attempts, target, (SELECT coalesce(max(number), 0) FROM attempt WHERE delivery = d.id)"
      " FROM delivery d WHERE id = ? AND fence = ? AND +state = 2 /*FOR UPDATE*/";
  struct Asked {
    Ticket delivery, lane;
    RefreshTickets refresh;
  };

  void work(Transaction& t, std::span<const BodyRef>) override {
    asked_.resize(batch_.size());
    for (std::size_t i = 0; i < batch_.size(); ++i) record(t, batch_[i], findings_[i], asked_[i]);
  }

  void record(Transaction& t, const Attempt& attempt, const std::string& finding, const Asked& asked) {
    MessageId message;
    std::string lane;
    std::int64_t number = 0;
    std::int64_t before = 0;  // attempts ever made: a release starts the budget anew, not their numbers
    std::string target;
    {
      const bool known =
          t.touch("delivery", std::to_string(attempt.delivery.value)) && asked.delivery.is_set();
      auto row = known ? t.db.answer(asked.delivery)
                       : t.db.query(delivery_sql, attempt.delivery.value, attempt.fence);
      if (!row.next()) return;  // fenced off, or cancelled by a person: not ours to settle any more
      message = {row.number(0)};
      lane = row.text(1);
      number = row.number(2) + 1;
      target = row.text(3);
      before = row.number(4);
    }
    const std::string code = attempt.finding ? attempt.finding->code : std::string();
    const bool holds_lane =
        attempt.next == DeliveryState::due || (attempt.next == DeliveryState::parked && attempt.hold_lane);
    if (!holds_lane && !lane.empty()) t.lock_lane(lane);
    t.db.insert(
        "INSERT INTO attempt (delivery, number, started, took, answer, detail) VALUES (?,?,?,?,?,?)",
        attempt.delivery.value, before + 1, t.stored(attempt.started), attempt.took.count(), attempt.answer,
        attempt.detail);
    t.db.change(
        "UPDATE delivery SET state = ?, attempts = ?, due = ?, holder = NULL, held_until = 0, code = ?, "
        "finding = ?, in_lane = in_lane * ?, blocked = blocked * ? WHERE id = ?",
        static_cast<int>(attempt.next), number,
        attempt.next == DeliveryState::due ? t.stored(attempt.due) : to_number(t.now), code, finding,
        holds_lane, holds_lane, attempt.delivery.value);
    if (attempt.next == DeliveryState::due) {
      t.enter(tenant_of(target), "purser", "will try again", message, attempt.delivery, code);
      return;
    }
    if (attempt.expects && attempt.next == DeliveryState::delivered) arm_expectations(t, attempt.delivery);
    t.enter(tenant_of(target), "purser", name(attempt.next), message, attempt.delivery,
            attempt.next == DeliveryState::delivered ? target : code);
    t.refresh(message, "purser", code, {attempt.delivery, attempt.next}, asked.refresh);
    if (holds_lane) return;
    if (const DeliveryId next = t.hand_lane_on(attempt.delivery, lane, asked.lane); next.is_set()) {
      hand_on(t, next, target);
    }
  }

  void hand_on(Transaction& t, DeliveryId next, const std::string& target) {
    bool ready = false;
    if (lease_) {
      auto row = t.db.query("SELECT 1 FROM delivery WHERE id = ? AND state = 1 AND due <= ? AND target = ?",
                            next.value, to_number(t.now), target);
      ready = row.next();
    }
    if (!ready) return t.made_work();
    auto claimed = t.claim({next}, *lease_);
    std::ranges::move(claimed, std::back_inserter(results_));
  }

  std::vector<Attempt> batch_;
  std::vector<std::string> findings_;
  std::vector<Asked> asked_;
  std::optional<Lease> lease_;
};

}  // namespace

std::unique_ptr<Job> make_pending_claim(std::uint32_t limit, Lease lease, Completion<PendingMessage> done) {
  return std::make_unique<PendingClaim>(limit, std::move(lease), std::move(done));
}
std::unique_ptr<Job> make_due_claim(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done) {
  return std::make_unique<DueClaim>(std::move(batch), std::move(done));
}
std::unique_ptr<Job> make_keeping(std::vector<EncodedDelivery> batch, Sealer& sealer, Completion<BodyRef> done) {
  return std::make_unique<Keeping>(std::move(batch), sealer, std::move(done));
}
std::unique_ptr<Job> make_record(std::vector<Attempt> batch, std::optional<Lease> lease, Sealer& sealer,
                                 Completion<ClaimedDelivery> done) {
  return std::make_unique<Record>(std::move(batch), std::move(lease), sealer, std::move(done));
}

}  // namespace purser::gateway
