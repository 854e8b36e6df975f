#include "gateway/journal/postgres/postgres_journal.h"

#include "gateway/journal/postgres/bodies.h"
#include "gateway/journal/postgres/listener.h"
#include "gateway/journal/postgres/schema.h"
#include "gateway/journal/postgres/writer.h"
#include "gateway/journal/sql_journal.h"

namespace purser::gateway {
namespace {

class PostgresBackend final : public Backend {
 public:
  PostgresBackend(const PostgresJournalOptions& options, std::unique_ptr<PostgresDatabase> database,
                  std::optional<Chain> chain)
      : options_(options) {
    if (!chain) return;
    writer_ = std::make_unique<PostgresWriter>(options, std::move(database), *chain);
    if (!options.listens) return;
    listener_ = std::make_unique<PostgresListener>(options.conninfo, "purser/" + options.node + "/listener",
                                                   writer_->backend());
  }
  std::unique_ptr<Database> connect() override {
    return std::make_unique<PostgresDatabase>(options_.conninfo, "purser/" + options_.node + "/reader");
  }
  void rehearse(const std::function<void(Transaction&)>& work) override {
    PostgresDatabase database(options_.conninfo, "purser/" + options_.node + "/rehearsal");
    PostgresWriter::prepare_session(database);
    const std::int64_t chain = writer_ ? writer_->chain() : any_chain(database);
    const auto skew = writer_ ? writer_->skew() : skew_of(database, options_.clock.now());
    Transaction transaction(database, options_.clock.now() + skew, chain, skew);
    transaction.begin();
    work(transaction);
    transaction.roll_back();
  }
  Writer* writer() override { return writer_.get(); }
  [[nodiscard]] bool is_local() const override { return false; }
  void on_news(std::function<void()> tell) override {
    if (listener_) listener_->tell(std::move(tell));
  }
  Instant now() override {
    return options_.clock.now() + (writer_ ? writer_->skew() : std::chrono::microseconds(0));
  }
  // Bodies are rows, and went with what they belonged to.
  std::expected<std::uint64_t, Status> compact(Database&) override { return 0; }
  // Into a new file without what was in old rows; the server removes the old one.
  Outcome scrub_keys() override {
    try {
      PostgresDatabase database(options_.conninfo, "purser/" + options_.node + "/scrub");
      database.execute("SET lock_timeout = '10s'");
      database.execute("VACUUM FULL tenant_key");
      return {};
    } catch (const SqlError& error) {
      return std::unexpected(error.status());
    }
  }

 private:
  // Nothing of a rehearsal stays: it may stand in any chain.
  static std::int64_t any_chain(PostgresDatabase& database) {
    auto rows = database.query("SELECT min(chain) FROM audit_head");
    return rows.next() ? rows.number(0) : 0;
  }

  PostgresJournalOptions options_;
  std::unique_ptr<PostgresWriter> writer_;
  std::unique_ptr<PostgresListener> listener_;  // last: it asks the writer who it is
};

}  // namespace

std::expected<OpenJournal, Status> open_postgres_journal(const PostgresJournalOptions& options) {
  try {
    auto database = std::make_unique<PostgresDatabase>(options.conninfo, "purser/" + options.node);
    if (auto ready = prepare_postgres(*database, !options.read_only && options.may_migrate); !ready) {
      return std::unexpected(ready.error());
    }
    std::optional<Chain> chain;
    if (!options.read_only) {
      PostgresWriter::prepare_session(*database);
      auto taken = take_chain(*database, options.node, 0);
      if (!taken) return std::unexpected(taken.error());
      chain = *taken;
    }
    const auto connect = [conninfo = options.conninfo, node = options.node] {
      return std::make_unique<PostgresDatabase>(conninfo, "purser/" + node + "/bodies");
    };
    return put_together(std::make_unique<PostgresBodies>(connect),
                        std::make_unique<PostgresBackend>(options, std::move(database), chain), options.clock,
                        connect);
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
}

}  // namespace purser::gateway
