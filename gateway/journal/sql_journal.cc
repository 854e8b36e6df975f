#include "gateway/journal/sql_journal.h"

#include <chrono>
#include <future>

#include "gateway/journal/expectations.h"
#include "gateway/journal/jobs.h"
#include "gateway/journal/queries.h"
#include "gateway/journal/readers.h"
#include "gateway/journal/retention.h"

namespace purser::gateway {
namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

class SqlJournal final : public Journal {
 public:
  SqlJournal(BodyStore& bodies, Sealing& sealing, std::unique_ptr<Backend> backend)
      : bodies_(bodies),
        sealing_(sealing),
        backend_(std::move(backend)),
        readers_([this] { return backend_->connect(); }) {
    sealing_.attach(backend_.get());
  }
  SqlJournal(const SqlJournal&) = delete;
  SqlJournal& operator=(const SqlJournal&) = delete;
  ~SqlJournal() override { sealing_.attach(nullptr); }

  void admit(std::vector<Admission> batch, Completion<Admitted> done) override {
    Sealer sealer(sealing_);
    hand_in(make_admission(std::move(batch), sealer, std::move(done)), sealer.outcome());
  }
  void settle(std::vector<Settlement> batch, Completion<Admitted> done) override {
    Sealer sealer(sealing_, SealFor::old_work);
    hand_in(make_settlement(std::move(batch), sealer, std::move(done)), sealer.outcome());
  }
  std::expected<std::vector<Admitted>, Status> settle_now(std::vector<Settlement> batch) override {
    return wait<Admitted>([&](Completion<Admitted> done) { settle(std::move(batch), std::move(done)); });
  }
  void claim_pending(std::uint32_t limit, Lease lease, Completion<PendingMessage> done) override {
    hand_in(make_pending_claim(limit, std::move(lease), std::move(done)));
  }
  void claim_due(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done) override {
    hand_in(make_due_claim(std::move(batch), std::move(done)));
  }
  void keep_encoded(std::vector<EncodedDelivery> batch, Completion<BodyRef> done) override {
    Sealer sealer(sealing_, SealFor::old_work);
    hand_in(make_keeping(std::move(batch), sealer, std::move(done)), sealer.outcome());
  }
  void record(std::vector<Attempt> batch, std::optional<Lease> lease,
              Completion<ClaimedDelivery> done) override {
    Sealer sealer(sealing_, SealFor::old_work);
    hand_in(make_record(std::move(batch), std::move(lease), sealer, std::move(done)), sealer.outcome());
  }

  void expect(std::vector<Expectation> batch, Completion<bool> done) override {
    hand_in(make_expecting(std::move(batch), std::move(done)));
  }
  std::expected<std::vector<ExpectationView>, Status> raise_overdue(std::uint32_t limit) override {
    return wait<ExpectationView>(
        [&](Completion<ExpectationView> done) { hand_in(make_overdue(limit, std::move(done))); });
  }
  std::expected<std::vector<ExpiredDelivery>, Status> expire(const Expiry& rule) override {
    return wait<ExpiredDelivery>(
        [&](Completion<ExpiredDelivery> done) { hand_in(make_expiring(rule, std::move(done))); });
  }
  std::expected<bool, Status> waive(DeliveryId delivery, const std::string& tenant, const std::string& who,
                                    const std::string& why) override {
    return only(
        wait<bool>([&](Completion<bool> done) { hand_in(make_waiving(delivery, tenant, who, why, std::move(done))); }));
  }
  std::expected<std::vector<ExpectationView>, Status> expectations(const ExpectationQuery& query) override {
    return readers_.with([&](Database& db) { return queries::expectations(db, query); });
  }

  Outcome give_back(const std::string& owner) override {
    return without_answer([owner](Transaction& t) {
      t.db.post("UPDATE delivery SET state = 1, holder = NULL, held_until = 0 WHERE state = 2 AND holder = ?",
                owner);
      t.db.post("UPDATE message SET holder = NULL, held_until = 0 WHERE state = 1 AND holder = ?", owner);
      t.made_work();
    });
  }
  void give_back(std::vector<ClaimedDelivery> unsent, Completion<bool> done) override {
    hand_in(make_job<bool>(
        [unsent = std::move(unsent)](Transaction& t, std::vector<bool>&) {
          for (const ClaimedDelivery& one : unsent) {
            t.db.post(
                "UPDATE delivery SET state = 1, holder = NULL, held_until = 0 WHERE id = ? AND fence = ? AND"
                " +state = 2",  // by its id: see claims.cc
                one.id.value, one.fence);
          }
          t.made_work();
        },
        std::move(done)));
  }

  std::expected<std::vector<ActionResult>, Status> act(std::span<const Action> batch) override {
    return wait<ActionResult>([&](Completion<ActionResult> done) {
      hand_in(make_actions({batch.begin(), batch.end()}, std::move(done)));
    });
  }
  std::expected<std::vector<ActionResult>, Status> would(std::span<const Action> batch) override {
    try {
      // Done and undone: what is shown is exactly what would happen.
      return wait<ActionResult>([&](Completion<ActionResult> done) {
        const auto job = make_actions({batch.begin(), batch.end()}, std::move(done));
        backend_->rehearse([&](Transaction& transaction) { job->apply(transaction, {}); });
        job->complete({});
      });
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }
  std::expected<ActionResult, Status> resubmit(const Resubmission& copy) override {
    return only(wait<ActionResult>(
        [&](Completion<ActionResult> done) { hand_in(make_resubmission(copy, std::move(done))); }));
  }
  Outcome note(std::span<const AuditNote> batch) override {
    return without_answer([notes = std::vector(batch.begin(), batch.end())](Transaction& t) {
      for (const AuditNote& note : notes) t.enter(note.tenant, note.who, note.what, {}, {}, note.why);
    });
  }
  Outcome set_timers(std::span<const Timer> batch) override {
    return without_answer([timers = std::vector(batch.begin(), batch.end())](Transaction& t) {
      for (const Timer& timer : timers) {
        t.db.post(
            "INSERT INTO timer (name, payload, due) VALUES (?1,?2,?3) ON CONFLICT (name) DO UPDATE SET"
            " payload = ?2, due = ?3",
            timer.name, timer.payload, t.stored(timer.due));
      }
    });
  }
  std::expected<std::vector<Timer>, Status> take_due_timers(std::uint32_t limit) override {
    return answer<Timer>([limit](Transaction& t, std::vector<Timer>& out) {
      {
        auto rows = t.db.query(
            "SELECT name, payload, due FROM timer WHERE due <= ? ORDER BY due LIMIT ?"
            " /*FOR UPDATE SKIP LOCKED*/",
            to_number(t.now), limit);
        while (rows.next()) out.push_back({rows.text(0), rows.text(1), t.own(rows.number(2))});
      }
      for (const Timer& timer : out) t.db.post("DELETE FROM timer WHERE name = ?", timer.name);
    });
  }
  std::expected<std::int64_t, Status> take_numbers(const std::string& sequence,
                                                   std::uint32_t count) override {
    return only(answer<std::int64_t>([sequence, count](Transaction& t, std::vector<std::int64_t>& out) {
      auto rows = t.db.query(
          "INSERT INTO sequence (name, next) VALUES (?1, 1 + ?2) ON CONFLICT (name) DO UPDATE SET next = "
          "sequence.next + ?2 RETURNING sequence.next - ?2",
          sequence, count);
      while (rows.next()) out.push_back(rows.number(0));
    }));
  }
  std::expected<std::optional<std::int64_t>, Status> lead(const std::string& what,
                                                          const Lease& lease) override {
    return only(answer<std::optional<std::int64_t>>([what, lease](
                                                        Transaction& t,
                                                        std::vector<std::optional<std::int64_t>>& out) {
      auto rows = t.db.query(
          "INSERT INTO leader (name, holder, held_until, fence) VALUES (?1, ?2, ?3, 1) ON CONFLICT (name) DO"
          " UPDATE SET fence = leader.fence + CASE WHEN leader.holder = ?2 THEN 0 ELSE 1 END, holder = ?2,"
          " held_until = ?3 WHERE leader.holder = ?2 OR leader.held_until < ?4 RETURNING leader.fence",
          what, lease.owner, t.stored(lease.until), to_number(t.now));
      out.push_back(rows.next() ? std::optional(rows.number(0)) : std::nullopt);
    }));
  }
  std::expected<HouseKept, Status> keep_house(const RetentionRules& rules) override {
    constexpr std::uint32_t at_once = 50;  // messages forgotten by one commit, which keeps others waiting
    HouseKept out;
    for (MessageId after; rules.forgets();) {
      const auto found = readers_.with(
          [&](Database& db) { return find_forgettable(db, rules, backend_->now(), after, at_once); });
      if (!found) return std::unexpected(found.error());
      if (found->empty()) break;
      after = found->back();
      const auto gone = wait<MessageId>(
          [&](Completion<MessageId> done) { hand_in(make_forgetting(*found, std::move(done))); });
      if (!gone) return std::unexpected(gone.error());
      out.forgotten += gone->size();
    }
    // Looking for room reads every row: only while something may have become free.
    if (out.forgotten != 0 || look_for_room_until_ == Instant{})
      look_for_room_until_ = backend_->now() + time_to_free;
    if (backend_->now() > look_for_room_until_) return out;
    const auto freed = readers_.with([&](Database& db) { return backend_->compact(db); });
    if (!freed) return std::unexpected(freed.error());
    if (!*freed) return std::unexpected(freed->error());
    out.bytes_freed = **freed;
    return out;
  }
  std::expected<std::optional<std::string>, Status> get(const std::string& key) override {
    return readers_.with([&](Database& db) {
      auto rows = db.query("SELECT value FROM kv WHERE key = ?", key);
      return rows.next() ? std::optional(rows.text(0)) : std::nullopt;
    });
  }
  std::expected<bool, Status> put(const std::string& key, const std::optional<std::string>& expected,
                                  const std::string& value) override {
    return only(answer<bool>([key, expected, value](Transaction& t, std::vector<bool>& out) {
      const auto changed = expected
                               ? t.db.run("UPDATE kv SET value = ? WHERE key = ? AND value = ?",
                                          Blob{bytes_of(value)}, key, Blob{bytes_of(*expected)})
                               : t.db.run("INSERT INTO kv (key, value) VALUES (?,?) ON CONFLICT DO NOTHING",
                                          key, Blob{bytes_of(value)});
      out.push_back(changed == 1);
    }));
  }

  [[nodiscard]] bool is_local() const override { return backend_->is_local(); }
  std::expected<std::optional<Admitted>, Status> find_claim(const std::string& tenant, const Claim& claim,
                                                            const Sha256& hash) override {
    return readers_.with([&](Database& db) { return queries::find_claim(db, tenant, claim, hash); });
  }
  std::expected<std::vector<MessageSummary>, Status> list(const ListQuery& query) override {
    return readers_.with([&](Database& db) { return queries::list(db, query); });
  }
  std::expected<MessageView, Status> show(MessageId id, const DocumentRange& which) override {
    return there("message " + text(id),
                 readers_.with([&](Database& db) { return queries::show(db, id, which, sealing_); }));
  }
  std::expected<MessageView, Status> show(DeliveryId id) override {
    return there("delivery " + text(id),
                 readers_.with([&](Database& db) { return queries::show(db, id, sealing_); }));
  }
  std::expected<std::vector<DeliveryView>, Status> deliveries(MessageId id, DeliveryId after,
                                                              std::uint32_t limit) override {
    return readers_.with([&](Database& db) { return queries::deliveries(db, id, after, limit, sealing_); });
  }
  std::expected<std::vector<Step>, Status> timeline(MessageId id, const DocumentRange& which) override {
    return readers_.with([&](Database& db) { return queries::timeline(db, id, which); });
  }
  std::expected<std::vector<KeyHit>, Status> find_by_key(const KeyQuery& query) override {
    return readers_.with([&](Database& db) { return queries::find_by_key(db, query); });
  }
  std::expected<std::vector<ParkedGroup>, Status> parked(const ParkedQuery& query) override {
    return readers_.with([&](Database& db) { return queries::parked(db, query, sealing_); });
  }
  std::expected<std::vector<ParkedItem>, Status> parked_items(const ParkedQuery& query) override {
    return readers_.with([&](Database& db) { return queries::parked_items(db, query, sealing_); });
  }
  std::expected<std::vector<TrailChain>, Status> trail_chains() override {
    return readers_.with([&](Database& db) { return queries::trail_chains(db); });
  }
  std::expected<std::vector<TrailEntry>, Status> trail(const TrailQuery& query) override {
    return readers_.with([&](Database& db) { return queries::trail(db, query); });
  }
  std::expected<std::vector<KeptRecord>, Status> records(const std::string& kind,
                                                         const std::string& tenant) override {
    return readers_.with([&](Database& db) { return queries::records(db, kind, tenant); });
  }
  std::expected<std::int64_t, Status> records_stamp(const std::string& kind) override {
    return readers_.with([&](Database& db) {
      auto rows = db.query("SELECT CAST(coalesce(sum(version), 0) AS BIGINT) FROM record WHERE kind = ?", kind);
      return rows.next() ? rows.number(0) : std::int64_t{0};
    });
  }
  std::expected<std::optional<std::int64_t>, Status> put_record(const KeptRecord& record,
                                                                const AuditNote& note) override {
    using Version = std::optional<std::int64_t>;
    return only(answer<Version>([record, note](Transaction& t, std::vector<Version>& out) {
      Version version;
      {
        // A removed one stays as a line without content, so that versions never come again.
        auto rows =
            record.version == 0
                ? t.db.query(
                      "INSERT INTO record (kind, tenant, name, version, content) VALUES (?1,?2,?3,1,?4)"
                      " ON CONFLICT (kind, tenant, name) DO UPDATE SET version = record.version + 1,"
                      " content = ?4 WHERE record.content = '' RETURNING version",
                      record.kind, record.tenant, record.name, record.content)
                : t.db.query(
                      "UPDATE record SET version = version + 1, content = ?4 WHERE kind = ?1 AND"
                      " tenant = ?2 AND name = ?3 AND version = ?5 AND content <> '' RETURNING version",
                      record.kind, record.tenant, record.name, record.content, record.version);
        if (rows.next()) version = rows.number(0);
      }
      if (version && !note.what.empty()) t.enter(note.tenant, note.who, note.what, {}, {}, note.why);
      out.push_back(version);
    }));
  }
  std::expected<JournalFigures, Status> figures() override {
    return readers_.with([&](Database& db) { return queries::figures(db); });
  }
  Outcome answers() override {
    const auto asked =
        readers_.with([](Database& db) { return db.query("SELECT 1 FROM audit_head LIMIT 1").next(); });
    return asked ? Outcome() : std::unexpected(asked.error());
  }
  std::expected<std::string, Status> body(const BodyRef& where) override { return bodies_.read(where); }

  void on_news(std::function<void()> tell) override { backend_->on_news(std::move(tell)); }

 private:
  static std::expected<MessageView, Status> there(const std::string& what,
                                                  std::expected<std::optional<MessageView>, Status> found) {
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0003", "there is no " + what});
    return std::move(**found);
  }
  // What could not be sealed is not stored.
  void hand_in(std::unique_ptr<Job> job, const Outcome& sealed = {}) {
    if (!sealed) return job->complete(sealed);
    if (Writer* writer = backend_->writer(); writer != nullptr) {
      writer->hand_in(std::move(job));
    } else {
      job->complete(std::unexpected(
          Status{StatusClass::denied, "JOURNAL-0006", "the journal is open for reading only"}));
    }
  }

  template <typename T, typename Start>
  std::expected<std::vector<T>, Status> wait(Start start) {
    std::promise<std::expected<std::vector<T>, Status>> promise;
    auto future = promise.get_future();
    start([&promise](std::expected<std::vector<T>, Status> result) { promise.set_value(std::move(result)); });
    Writer* writer = backend_->writer();
    if (writer != nullptr && future.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
      writer->help();
    return future.get();
  }
  template <typename T, typename Work>
  std::expected<std::vector<T>, Status> answer(Work work) {
    return wait<T>([&](Completion<T> done) { hand_in(make_job<T>(std::move(work), std::move(done))); });
  }
  template <typename Work>
  Outcome without_answer(Work work) {
    auto result = answer<bool>([work = std::move(work)](Transaction& t, std::vector<bool>&) { work(t); });
    if (!result) return std::unexpected(result.error());
    return {};
  }
  template <typename T>
  static std::expected<T, Status> only(std::expected<std::vector<T>, Status> list) {
    if (!list) return std::unexpected(list.error());
    return static_cast<T>(list->front());
  }

  // What nothing refers to any more is removed an hour after it was found (Compactor::min_age).
  static constexpr std::chrono::hours time_to_free{3};

  BodyStore& bodies_;
  Sealing& sealing_;
  std::unique_ptr<Backend> backend_;
  Readers readers_;
  Instant look_for_room_until_{};  // by who keeps house
};

}  // namespace

std::unique_ptr<Journal> make_sql_journal(BodyStore& bodies, Sealing& sealing, std::unique_ptr<Backend> backend) {
  return std::make_unique<SqlJournal>(bodies, sealing, std::move(backend));
}

}  // namespace purser::gateway
