// A commit's pages go into the log in one go: what others see, and what is told when they cannot be written.
#include "gateway/sqlite/gathered_writes.h"

#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "gateway/sqlite/file_system.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::seconds busy{1};

class GatheredWritesTest : public ::testing::Test {
 protected:
  GatheredWritesTest() {
    writer.execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    EXPECT_TRUE(gather_log_writes(writer.handle()));
  }
  // As many pages as `rows` / 3, of one transaction.
  void insert(int from, int rows) {
    writer.begin();
    for (int i = from; i < from + rows; ++i)
      writer.run("INSERT INTO row VALUES (?, ?)", i, std::string(1200, 'x'));
    writer.commit();
  }
  static std::int64_t count(SqliteDatabase& database) {
    auto rows = database.query("SELECT count(*) FROM row WHERE length(text) = 1200");
    rows.next();
    return rows.number(0);
  }
  [[nodiscard]] std::uintmax_t log_size() const { return std::filesystem::file_size(path + "-wal"); }

  TemporaryFolder folder;
  std::string path = folder.path() + "/test.db";
  SqliteDatabase writer{path, false, true, busy};
};

TEST_F(GatheredWritesTest, OthersSeeACommitAtOnce) {
  const auto before = log_size();
  insert(0, 30);
  EXPECT_GE(log_size(), before + 10 * 4096);
  SqliteDatabase reader(path, true, false, busy);
  EXPECT_EQ(count(reader), 30);
}

TEST_F(GatheredWritesTest, ACommitThatFitsIntoNoPieceAndPagesThatSpill) {
  writer.execute(
      "PRAGMA cache_size = 20");  // more than that goes into the log before the commit, and is read back
  insert(0, 1500);
  EXPECT_EQ(count(writer), 1500);
  writer.begin();
  for (int i = 1500; i < 1800; ++i) writer.run("INSERT INTO row VALUES (?, ?)", i, std::string(1200, 'x'));
  EXPECT_EQ(count(writer), 1800);
  writer.roll_back();
  SqliteDatabase reader(path, true, false, busy);
  EXPECT_EQ(count(reader), 1500);
  insert(1500, 10);
  EXPECT_EQ(count(reader), 1510);
  EXPECT_TRUE(writer.empty_log());
  EXPECT_EQ(count(reader), 1510);
}

TEST_F(GatheredWritesTest, WhatCannotBeWrittenIsNotCommitted) {
  insert(0, 30);
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit own{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &own), 0);
  // The first pages still find room: the disk is full in the middle of the gathered write.
  const rlimit small{static_cast<rlim_t>(log_size() + 3 * 4096), own.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  EXPECT_THROW(insert(30, 60), SqlError);
  writer.roll_back();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &own), 0);
  std::signal(SIGXFSZ, before);
  SqliteDatabase reader(path, true, false, busy);
  EXPECT_EQ(count(reader), 30);
  insert(30, 60);
  EXPECT_EQ(count(reader), 90);
}

TEST_F(GatheredWritesTest, WhereTheLogIsNotSyncedNothingIsGathered) {
  SqliteDatabase other(folder.path() + "/other.db", false, true, busy);
  other.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE row (id INTEGER)");
  EXPECT_FALSE(gather_log_writes(other.handle()));
}

TEST_F(GatheredWritesTest, ADatabaseWithoutALogHasNothingToGather) {
  SqliteDatabase other(folder.path() + "/other.db", false, true, busy);
  other.execute("PRAGMA journal_mode = DELETE; CREATE TABLE row (id INTEGER)");
  EXPECT_FALSE(gather_log_writes(other.handle()));
}

}  // namespace
}  // namespace purser::gateway
