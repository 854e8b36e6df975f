#include "gateway/journal/sqlite_journal.h"

#include <chrono>
#include <future>

#include "gateway/journal/jobs.h"
#include "gateway/journal/queries.h"
#include "gateway/journal/readers.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/segment_store.h"

namespace purser::gateway {
namespace {

// Longer than the longest commit group and checkpoint of another process on a slow disk.
constexpr std::chrono::milliseconds busy{10'000};

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(const SqliteJournalOptions& options, BodyStore& bodies, std::unique_ptr<Database> database)
      : options_(options), bodies_(bodies), readers_(options.folder + "/journal.db") {
    if (!options.read_only) writer_ = std::make_unique<Writer>(options_, bodies, std::move(database));
  }

  void admit(std::vector<Admission> batch, Completion<Admitted> done) override {
    hand_in(make_admission(std::move(batch), std::move(done)));
  }
  void settle(std::vector<Settlement> batch, Completion<Admitted> done) override {
    hand_in(make_settlement(std::move(batch), std::move(done)));
  }
  void claim_pending(std::uint32_t limit, Lease lease, Completion<PendingMessage> done) override {
    hand_in(make_pending_claim(limit, std::move(lease), std::move(done)));
  }
  void claim_due(std::vector<ClaimRequest> batch, Completion<ClaimedDelivery> done) override {
    hand_in(make_due_claim(std::move(batch), std::move(done)));
  }
  void keep_encoded(std::vector<std::pair<ClaimedDelivery, std::string>> batch,
                    Completion<BodyRef> done) override {
    hand_in(make_keeping(std::move(batch), std::move(done)));
  }
  void record(std::vector<Attempt> batch, std::optional<Lease> lease,
              Completion<ClaimedDelivery> done) override {
    hand_in(make_record(std::move(batch), std::move(lease), std::move(done)));
  }

  Outcome give_back(const std::string& owner) override {
    return without_answer([owner](Transaction& t) {
      t.db.run("UPDATE delivery SET state = 1, holder = NULL, held_until = 0 WHERE state = 2 AND holder = ?",
               owner);
      t.db.run("UPDATE message SET holder = NULL, held_until = 0 WHERE state = 1 AND holder = ?", owner);
    });
  }

  std::expected<std::vector<ActionResult>, Status> act(std::span<const Action> batch) override {
    return wait<ActionResult>([&](Completion<ActionResult> done) {
      hand_in(make_actions({batch.begin(), batch.end()}, std::move(done)));
    });
  }
  std::expected<std::vector<ActionResult>, Status> would(std::span<const Action> batch) override {
    try {
      // Done and undone on a connection of its own: what is shown is exactly what would happen.
      Database database(options_.folder + "/journal.db", false, false, busy);
      Transaction transaction(database, options_.clock.now());
      transaction.begin();
      return wait<ActionResult>([&](Completion<ActionResult> done) {
        const auto job = make_actions({batch.begin(), batch.end()}, std::move(done));
        job->apply(transaction, {});
        transaction.roll_back();
        job->complete({});
      });
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }
  Outcome note(std::span<const AuditNote> batch) override {
    return without_answer([notes = std::vector(batch.begin(), batch.end())](Transaction& t) {
      for (const AuditNote& note : notes) t.enter(note.who, note.what, {}, {}, note.why);
    });
  }
  Outcome set_timers(std::span<const Timer> batch) override {
    return without_answer([timers = std::vector(batch.begin(), batch.end())](Transaction& t) {
      for (const Timer& timer : timers) {
        t.db.run("INSERT OR REPLACE INTO timer (name, payload, due) VALUES (?,?,?)", timer.name,
                 timer.payload, to_number(timer.due));
      }
    });
  }
  std::expected<std::vector<Timer>, Status> take_due_timers(std::uint32_t limit) override {
    return answer<Timer>([limit](Transaction& t, std::vector<Timer>& out) {
      {
        auto rows = t.db.query("SELECT name, payload, due FROM timer WHERE due <= ? ORDER BY due LIMIT ?",
                               to_number(t.now), limit);
        while (rows.next()) out.push_back({rows.text(0), rows.text(1), to_instant(rows.number(2))});
      }
      for (const Timer& timer : out) t.db.run("DELETE FROM timer WHERE name = ?", timer.name);
    });
  }
  std::expected<std::int64_t, Status> take_numbers(const std::string& sequence,
                                                   std::uint32_t count) override {
    return only(answer<std::int64_t>([sequence, count](Transaction& t, std::vector<std::int64_t>& out) {
      auto rows = t.db.query(
          "INSERT INTO sequence (name, next) VALUES (?1, 1 + ?2) ON CONFLICT (name) DO UPDATE SET next = "
          "next + ?2"
          " RETURNING next - ?2",
          sequence, count);
      while (rows.next()) out.push_back(rows.number(0));
    }));
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
      const auto changed =
          expected ? t.db.run("UPDATE kv SET value = ? WHERE key = ? AND value = ?", value, key, *expected)
                   : t.db.run("INSERT OR IGNORE INTO kv (key, value) VALUES (?,?)", key, value);
      out.push_back(changed == 1);
    }));
  }

  std::expected<std::optional<Admitted>, Status> find_claim(const Claim& claim, const Sha256& hash) override {
    return readers_.with([&](Database& db) { return queries::find_claim(db, claim, hash); });
  }
  std::expected<std::vector<MessageSummary>, Status> list(const ListQuery& query) override {
    return readers_.with([&](Database& db) { return queries::list(db, query); });
  }
  std::expected<MessageView, Status> show(MessageId id) override {
    auto found = readers_.with([&](Database& db) { return queries::show(db, id); });
    if (!found) return std::unexpected(found.error());
    if (!*found) {
      return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0003", "there is no message " + text(id)});
    }
    return std::move(**found);
  }
  std::expected<std::vector<Step>, Status> timeline(MessageId id) override {
    return readers_.with([&](Database& db) { return queries::timeline(db, id); });
  }
  std::expected<std::vector<KeyHit>, Status> find_by_key(const std::string& kind, const std::string& value,
                                                         std::uint32_t limit) override {
    return readers_.with([&](Database& db) { return queries::find_by_key(db, kind, value, limit); });
  }
  std::expected<std::vector<ParkedGroup>, Status> parked() override {
    return readers_.with([&](Database& db) { return queries::parked(db); });
  }
  std::expected<std::vector<MessageId>, Status> parked_messages(const std::string& code,
                                                                const std::string& target,
                                                                std::uint32_t limit) override {
    return readers_.with([&](Database& db) { return queries::parked_messages(db, code, target, limit); });
  }
  std::expected<JournalFigures, Status> figures() override {
    return readers_.with([&](Database& db) { return queries::figures(db); });
  }
  std::expected<std::string, Status> body(const BodyRef& where) override { return bodies_.read(where); }

 private:
  void hand_in(std::unique_ptr<Job> job) {
    if (writer_) {
      writer_->hand_in(std::move(job));
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
    if (writer_ && future.wait_for(std::chrono::seconds(0)) != std::future_status::ready) writer_->help();
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

  SqliteJournalOptions options_;
  BodyStore& bodies_;
  Readers readers_;
  std::unique_ptr<Writer> writer_;  // last: its thread uses everything above
};

// 32 MiB of pages: the hot ends of all tables and indexes stay in memory.
constexpr const char* writing_pragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 134217728;";

}  // namespace

std::unique_ptr<Database> Readers::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      std::unique_ptr<Database> database = std::move(free_.back());
      free_.pop_back();
      return database;
    }
  }
  return std::make_unique<Database>(path_, true, false, busy);
}

void Readers::give(std::unique_ptr<Database> database) {
  const std::lock_guard lock(mutex_);
  if (free_.size() < max_kept) free_.push_back(std::move(database));
}

std::expected<OpenJournal, Status> open_sqlite_journal(const SqliteJournalOptions& options) {
  if (options.create) {
    if (auto made = options.files.make_directory(options.folder); !made) return std::unexpected(made.error());
  }
  auto bodies = SegmentStore::open(options.folder + "/bodies", options.files, options.create);
  if (!bodies) return std::unexpected(bodies.error());
  try {
    auto database =
        std::make_unique<Database>(options.folder + "/journal.db", options.read_only, options.create, busy);
    if (!options.read_only) database->execute(writing_pragmas);
    if (auto migrated = migrate_journal(*database, !options.read_only); !migrated) {
      return std::unexpected(migrated.error());
    }
    // SQLite's way to WAL mode removes a rollback journal without syncing the folder. If the power went, it
    // would come back and be played over everything written since.
    if (!options.read_only) {
      if (auto synced = options.files.sync_directory(options.folder); !synced)
        return std::unexpected(synced.error());
    }
    OpenJournal out;
    out.bodies = std::move(*bodies);
    out.journal = std::make_unique<SqliteJournal>(options, *out.bodies, std::move(database));
    return out;
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
