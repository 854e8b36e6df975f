#include "gateway/journal/sqlite_journal.h"

#include "gateway/journal/compaction.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/sealed_bodies.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/sql_journal.h"
#include "gateway/journal/sqlite_writer.h"
#include "gateway/sqlite/file_system.h"

namespace purser::gateway {
namespace {

// Longer than the longest commit group and checkpoint of another process on a slow disk.
constexpr std::chrono::milliseconds busy{10'000};

// 32 MiB of pages: the hot ends of all tables and indexes stay in memory.
constexpr const char* writing_pragmas =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 134217728;";

class SqliteBackend final : public Backend {
 public:
  SqliteBackend(const SqliteJournalOptions& options, SegmentStore& bodies,
                std::unique_ptr<SqliteDatabase> database)
      : options_(options) {
    if (options.read_only) return;
    writer_ = std::make_unique<SqliteWriter>(options_, bodies, std::move(database));
    compactor_ = std::make_unique<Compactor>(bodies, *writer_, options_.clock);
  }
  std::unique_ptr<Database> connect() override {
    return std::make_unique<SqliteDatabase>(path(), true, false, busy);
  }
  void rehearse(const std::function<void(Transaction&)>& work) override {
    SqliteDatabase database(path(), false, false, busy);
    Transaction transaction(database, options_.clock.now());
    transaction.begin();
    work(transaction);
    transaction.roll_back();
  }
  Writer* writer() override { return writer_.get(); }
  // Other processes write now and then, and cannot tell: the engine looks by itself.
  [[nodiscard]] bool is_local() const override { return true; }
  void on_news(std::function<void()>) override {}
  Instant now() override { return options_.clock.now(); }
  std::expected<std::uint64_t, Status> compact(Database& reader) override {
    return compactor_ ? compactor_->run(reader) : std::expected<std::uint64_t, Status>(0);
  }
  // The table is small: it is written anew, and the pages it had, with all that ever lay on them, are
  // overwritten with zeros. Then the log goes, which has older pages.
  Outcome scrub_keys() override {
    try {
      SqliteDatabase database(path(), false, false, busy);
      database.execute("PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;");
      database.begin();
      database.execute(
          "CREATE TABLE kept_key AS SELECT * FROM tenant_key; DROP TABLE tenant_key;"
          "CREATE TABLE tenant_key (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, state INTEGER NOT NULL,"
          " created INTEGER NOT NULL, ended INTEGER NOT NULL, master TEXT NOT NULL, wrapped BLOB NOT NULL);"
          "CREATE UNIQUE INDEX tenant_key_active ON tenant_key (tenant) WHERE state = 1;"
          "INSERT INTO tenant_key SELECT * FROM kept_key; DROP TABLE kept_key;");
      database.commit();
      return database.empty_log()
                 ? Outcome()
                 : std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0002",
                                          "somebody reads the journal, and keeps its log from being emptied"});
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }

 private:
  [[nodiscard]] std::string path() const { return options_.folder + "/journal.db"; }
  SqliteJournalOptions options_;
  std::unique_ptr<SqliteWriter> writer_;
  std::unique_ptr<Compactor> compactor_;
};

}  // namespace

OpenJournal put_together(std::unique_ptr<BodyStore> stored, std::unique_ptr<Backend> backend, const Clock& clock,
                         std::function<std::unique_ptr<Database>()> connect) {
  OpenJournal out;
  out.stored = std::move(stored);
  out.sealing = std::make_unique<Sealing>(std::move(connect), clock);
  out.bodies = std::make_unique<SealedBodies>(*out.stored, *out.sealing);
  out.journal = make_sql_journal(*out.bodies, *out.sealing, std::move(backend));
  return out;
}

std::expected<OpenJournal, Status> open_sqlite_journal(const SqliteJournalOptions& options) {
  if (options.create) {
    if (auto made = options.files.make_directory(options.folder); !made) return std::unexpected(made.error());
  }
  auto bodies = SegmentStore::open(options.folder + "/bodies", options.files, options.create);
  if (!bodies) return std::unexpected(bodies.error());
  try {
    auto database = std::make_unique<SqliteDatabase>(options.folder + "/journal.db", options.read_only,
                                                     options.create, busy);
    if (!options.read_only) database->execute(writing_pragmas);
    if (auto migrated = migrate_journal(*database, !options.read_only); !migrated) {
      return std::unexpected(migrated.error());
    }
    if (!options.read_only && !gather_log_writes(database->handle())) {
      return std::unexpected(
          Status{StatusClass::defect, "JOURNAL-0005", "the embedded journal has no log, or one that is not synced"});
    }
    // SQLite's way to WAL mode removes a rollback journal without syncing the folder. If the power went, it
    // would come back and be played over everything written since.
    if (!options.read_only) {
      if (auto synced = options.files.sync_directory(options.folder); !synced)
        return std::unexpected(synced.error());
    }
    SegmentStore& segments = **bodies;
    return put_together(std::move(*bodies), std::make_unique<SqliteBackend>(options, segments, std::move(database)),
                        options.clock, [path = options.folder + "/journal.db"] {
                          return std::make_unique<SqliteDatabase>(path, true, false, busy);
                        });
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
