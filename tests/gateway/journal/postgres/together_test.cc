// Statements that travel together come to what they would come to one by one.
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>
#include <vector>

#include "gateway/postgres/postgres.h"
#include "tests/gateway/journal/postgres/private_postgres.h"

namespace purser::gateway {
namespace {

constexpr const char* insert_sql = "INSERT INTO thing (id, small, name, content) VALUES (?,?,?,?)";
constexpr const char* named_sql = "SELECT id, name FROM thing WHERE small = ? ORDER BY id";
constexpr const char* locking_sql = "SELECT small FROM thing WHERE id = ? /*FOR UPDATE*/";

// Not inlined: GCC 12 takes a value that it sees to be absent for one that is read.
template <typename T>
[[gnu::noinline]] std::optional<T> nothing() {
  return std::nullopt;
}

class TogetherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    PrivatePostgres* server = PrivatePostgres::get();
    if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    conninfo = server->fresh();
    db.emplace(conninfo, "test");
    db->execute("CREATE TABLE thing (id BIGINT PRIMARY KEY, small SMALLINT, name TEXT, content BYTEA)");
  }
  void insert(std::int64_t id, std::int64_t small, std::string_view name) {
    const std::vector<std::uint8_t> bytes(static_cast<std::size_t>(id), 7);
    db->insert(insert_sql, id, small, name, Blob{bytes});
  }
  std::int64_t count(Database& at) {
    auto rows = at.query("SELECT count(*) FROM thing");
    return rows.next() ? rows.number(0) : -1;
  }
  std::vector<std::int64_t> numbers(Ticket ticket) {
    std::vector<std::int64_t> out;
    auto rows = db->answer(ticket);
    while (rows.next()) out.push_back(rows.number(0));
    return out;
  }

  std::string conninfo;
  std::optional<PostgresDatabase> db;
};

TEST_F(TogetherTest, RowsArriveAsTheyWere) {
  db->begin();
  db->insert(insert_sql, 1, -3, std::string_view("a,\"b\"{}\\"), Blob{});
  db->insert(insert_sql, 2, nothing<int>(), nothing<std::string>(), Blob{});
  db->insert(insert_sql, 3, 0, std::string_view("zero\0byte\xff", 10), Blob{});
  db->commit();
  auto rows = db->query("SELECT small, name, content FROM thing ORDER BY id");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.number(0), -3);
  EXPECT_EQ(rows.view(1), "a,\"b\"{}\\");
  EXPECT_FALSE(rows.is_null(2));
  ASSERT_TRUE(rows.next());
  EXPECT_TRUE(rows.is_null(0));
  EXPECT_TRUE(rows.is_null(1));
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.view(1).substr(0, 4), "zero") << "what PostgreSQL takes for no text is mended";
  EXPECT_FALSE(rows.next());
}

// A large table that the server has not counted yet makes a question look costly.
TEST_F(TogetherTest, TheServerCompilesNoStatement) {
  db->execute("INSERT INTO thing SELECT g, 1, repeat('x', 100), NULL FROM generate_series(1, 60000) g");
  auto rows = db->query("EXPLAIN (ANALYZE) SELECT sum(length(a.name)) FROM thing a, thing b WHERE a.small = b.small - 1");
  while (rows.next()) EXPECT_EQ(rows.view(0).find("JIT"), std::string_view::npos) << rows.view(0);
}

TEST_F(TogetherTest, EachQuestionHasItsOwnRows) {
  db->begin();
  insert(1, 10, "one");
  insert(2, 20, "two");
  insert(3, 20, "three");
  const Ticket none = db->ask(named_sql, 5);
  const Ticket two = db->ask(named_sql, 20);
  const Ticket one = db->ask(named_sql, 10);
  const Ticket again = db->ask(named_sql, 20);
  EXPECT_EQ(numbers(one), std::vector<std::int64_t>{1});
  EXPECT_EQ(numbers(none), std::vector<std::int64_t>{});
  EXPECT_EQ(numbers(again), (std::vector<std::int64_t>{2, 3}));
  auto rows = db->answer(two);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.view(1), "two");
  db->commit();
}

TEST_F(TogetherTest, NothingOvertakesWhatItDependsOn) {
  db->begin();
  const Ticket before = db->ask(named_sql, 10);
  insert(1, 10, "one");
  const Ticket after = db->ask(named_sql, 10);
  EXPECT_EQ(db->run("UPDATE thing SET small = 11 WHERE id = ?", 1), 1);
  const Ticket last = db->ask(named_sql, 10);
  EXPECT_EQ(numbers(before).size(), 0U);
  EXPECT_EQ(numbers(after).size(), 1U);
  EXPECT_EQ(numbers(last).size(), 0U);
  db->commit();
}

// Asked before a lock is given, a question would not see what the one who held it did.
TEST_F(TogetherTest, WhatIsAskedAfterALockSeesWhatItsHolderDid) {
  db->begin();
  insert(1, 10, "one");
  db->commit();
  PostgresDatabase other(conninfo, "test");
  other.begin();
  EXPECT_EQ(other.run("UPDATE thing SET small = 77 WHERE id = ?", 1), 1);
  db->begin();
  const Ticket first = db->ask(named_sql, 5);
  const Ticket lock = db->ask(locking_sql, 1);
  const Ticket second = db->ask(named_sql, 77);
  static_cast<void>(first);
  static_cast<void>(lock);
  // The question waits for the lock, which waits for this.
  std::thread committing([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    other.commit();
  });
  EXPECT_EQ(numbers(second).size(), 1U);
  committing.join();
  db->commit();
}

TEST_F(TogetherTest, ChangesComeToWhatTheyWouldOneByOne) {
  db->begin();
  for (int i = 1; i <= 3; ++i) insert(i, 10 * i, "n");
  constexpr const char* raise = "UPDATE thing SET small = small + ?, name = ? WHERE id = ?";
  db->change(raise, 1, "first", 1);
  db->change(raise, 2, nothing<std::string>(), 2);
  db->change(raise, 5, "again", 1);
  insert(4, 40, "n");
  db->change("UPDATE thing SET small = 0 WHERE id = ?", 3);
  db->change(raise, 7, "new", 4);
  const Ticket sixteen = db->ask(named_sql, 16);
  EXPECT_EQ(numbers(sixteen), std::vector<std::int64_t>{1});
  db->commit();
  std::vector<std::int64_t> all;
  auto rows = db->query("SELECT small FROM thing ORDER BY id");
  while (rows.next()) all.push_back(rows.number(0));
  EXPECT_EQ(all, (std::vector<std::int64_t>{16, 22, 0, 47}));
}

TEST_F(TogetherTest, RowsMayBeSelectedEach) {
  db->begin();
  insert(1, 10, "one");
  for (const int id : {5, 6}) {
    db->insert(
        "INSERT INTO thing (id, small) SELECT ?1, coalesce(max(small), 0) + ?1 FROM thing WHERE id = ?2", id,
        1);
  }
  db->commit();
  EXPECT_EQ(numbers(db->ask(named_sql, 15)), std::vector<std::int64_t>{5});
  EXPECT_EQ(numbers(db->ask(named_sql, 16)), std::vector<std::int64_t>{6});
}

TEST_F(TogetherTest, WhatIsRolledBackIsForgotten) {
  db->begin();
  insert(1, 10, "one");
  db->roll_back();
  db->begin();
  insert(2, 10, "two");
  db->commit();
  EXPECT_EQ(count(*db), 1);
}

TEST_F(TogetherTest, AFailureIsToldAndTheConnectionGoesOn) {
  db->begin();
  insert(1, 10, "one");
  insert(1, 10, "once more");
  try {
    db->commit();
    FAIL() << "the key is there twice";
  } catch (const SqlError& error) {
    EXPECT_EQ(error.fault(), SqlFault::again);
  }
  db->roll_back();
  db->begin();
  db->insert("INSERT INTO thing (id) VALUES (1 + ?)", 1);  // not of the form that can travel together
  EXPECT_THROW(db->commit(), SqlError);
  db->roll_back();
  db->begin();
  insert(3, 10, "three");
  db->commit();
  EXPECT_EQ(count(*db), 1);
}

TEST_F(TogetherTest, ManyRowsAndLargeOnesGoInSeveralStatements) {
  const std::string large(700'000, 'x');
  db->begin();
  for (int i = 1; i <= 5; ++i) db->insert(insert_sql, i, 1, std::string_view(large), Blob{});
  for (int i = 6; i <= 3'000; ++i) insert(i % 50 + 100 * i, 1, "small");
  db->commit();
  EXPECT_EQ(count(*db), 3'000);
}

TEST_F(TogetherTest, OutsideATransactionEachStandsForItself) {
  insert(1, 10, "one");
  PostgresDatabase other(conninfo, "test");
  EXPECT_EQ(count(other), 1);
  EXPECT_EQ(numbers(db->ask(named_sql, 10)), std::vector<std::int64_t>{1});
}

}  // namespace
}  // namespace purser::gateway
