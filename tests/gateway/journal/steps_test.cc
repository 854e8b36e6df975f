// What a question costs does not grow with what is stored: counted in the steps of SQLite's machine.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdint>

#include "gateway/journal/queries.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/sealing.h"
#include "gateway/port/clock.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

constexpr int few = 100;
constexpr int many = 20'000;
constexpr int parked = 20;  // of all

/// A journal of invoices that all name one buyer; the first ones stand still.
class Stored {
 public:
  explicit Stored(int count) : database_(folder_.path() + "/steps.db", false, true, std::chrono::seconds(1)) {
    EXPECT_TRUE(migrate_journal(database_, true));
    database_.run(R"sql(
      WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ?)
      INSERT INTO message (id, state, received, source, partner, credential, format, media_type, file_name,
        reject_invalid, body_file, body_offset, body_length, hash)
      SELECT id, 3, 0, 'shop', 'acme', '', '', '', '', 0, 0, 0, 0, x'00' FROM n)sql",
                  count);
    for (const char* kind : {"buyer", "invoice"}) {
      database_.run(R"sql(
        WITH every AS (SELECT id FROM message) INSERT INTO document_key (value, kind, tenant, message, ordinal)
        SELECT 'B-1', ?, 'default', id, 1 FROM every)sql",
                    kind);
    }
    database_.run(R"sql(
      WITH first AS (SELECT id FROM message ORDER BY id LIMIT ?)
      INSERT INTO document (message, ordinal, type, number, canonical_file, canonical_offset, canonical_length, keys,
        findings_dropped, losses_dropped)
      SELECT id, 1, 1, 'R-' || id, 0, 0, 0, '[["invoice","R-' || id || '"],["buyer","B-1"]]', 0, 0 FROM first)sql",
                  parked);
    database_.run(R"sql(
      WITH first AS (SELECT message AS id FROM document)
      INSERT INTO delivery (message, document, state, route, target, lane, connector, format, due, first_due)
      SELECT id, 1, 4, '', 'erp', '', '', '', 0, 0 FROM first)sql");
    database_.run("UPDATE message SET state = 4 WHERE id <= ?", parked);
    sqlite3_progress_handler(database_.handle(), 1, count_step, &steps_);
  }
  template <typename Ask>
  std::int64_t steps(Ask ask) {
    steps_ = 0;
    ask(database_);
    return steps_;
  }

 private:
  static int count_step(void* steps) {
    ++*static_cast<std::int64_t*>(steps);
    return 0;
  }
  TemporaryFolder folder_;
  SqliteDatabase database_;
  std::int64_t steps_ = 0;
};

template <typename Ask>
void costs_the_same(Ask ask) {
  const std::int64_t among_few = Stored(few).steps(ask);
  EXPECT_GT(among_few, 0);
  EXPECT_LE(Stored(many).steps(ask), among_few + among_few / 10);
}

TEST(Steps, TheNewestOfAFrequentKey) {
  costs_the_same([](SqliteDatabase& database) {
    EXPECT_EQ(queries::find_by_key(database, {"buyer", "B-1", {}, 10}).size(), 10U);
  });
}

TEST(Steps, TheNewestOfAFrequentValueUnderAnyKind) {
  costs_the_same([](SqliteDatabase& database) {
    const auto hits = queries::find_by_key(database, {"", "B-1", {}, 10});
    ASSERT_EQ(hits.size(), 10U);
    EXPECT_NE(hits[0].kind, hits[1].kind);
  });
}

TEST(Steps, TheNextPageOfAFrequentKey) {
  costs_the_same([](SqliteDatabase& database) {
    KeyQuery query{"buyer", "B-1", {}, 10};
    query.after = {.message = {few / 2}, .document = 1, .kind = "buyer"};
    EXPECT_EQ(queries::find_by_key(database, query).size(), 10U);
  });
}

TEST(Steps, WhatIsParkedOfAFrequentKey) {
  const SystemClock clock;
  costs_the_same([&](SqliteDatabase& database) {
    Sealing sealing([] { return nullptr; }, clock);
    ParkedQuery query;
    query.key = "B-1";
    const auto groups = queries::parked(database, query, sealing);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].count, parked);
    query.key_kind = "buyer";
    EXPECT_EQ(queries::parked_items(database, query, sealing).size(), std::size_t{parked});
  });
}

TEST(Steps, MessagesThatStandStill) {
  costs_the_same([](SqliteDatabase& database) {
    ListQuery query;
    query.state = MessageState::parked;
    EXPECT_EQ(queries::list(database, query).size(), std::size_t{parked});
  });
}

TEST(Steps, TheNewestMessages) {
  costs_the_same([](SqliteDatabase& database) { EXPECT_FALSE(queries::list(database, {}).empty()); });
}

}  // namespace
}  // namespace purser::gateway
