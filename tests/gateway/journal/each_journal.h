// The journal of a test, once in SQLite and once in PostgreSQL.
#pragma once

#include "gateway/journal/postgres/postgres_journal.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/postgres/private_postgres.h"

namespace purser::gateway {

/// What holds of every journal, wherever it is kept.
enum class Store : std::uint8_t { sqlite, postgres };
class EachJournalTest : public JournalTest, public ::testing::WithParamInterface<Store> {
 protected:
  void SetUp() override {
    if (GetParam() == Store::postgres) {
      PrivatePostgres* server = PrivatePostgres::get();
      if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
      conninfo = server->fresh();
    }
    open();
  }
  std::expected<OpenJournal, Status> make() override {
    if (GetParam() == Store::sqlite) return JournalTest::make();
    return open_postgres_journal(
        {.conninfo = conninfo, .node = "node-1", .clock = clock, .listens = false, .database_time = false});
  }
  std::string conninfo;
};

}  // namespace purser::gateway
