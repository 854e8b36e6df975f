// What a disk gives back is what was written there, or it is said where not.
#include "gateway/sqlite/file_system.h"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "gateway/journal/backup.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::seconds busy{1};
constexpr std::size_t page = 4096;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class PageChecksumTest : public ::testing::Test {
 protected:
  PageChecksumTest() {
    SqliteDatabase database(path, false, true, busy);
    database.execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    for (int i = 0; i < 400; ++i) {
      database.run("INSERT INTO row VALUES (?, ?)", i,
                   std::string(static_cast<std::size_t>(i % 97 + 10), 'x'));
    }
    EXPECT_TRUE(database.empty_log());
  }
  // What reading every row and page comes to.
  [[nodiscard]] std::string read_all() const {
    try {
      SqliteDatabase database(path, true, false, busy);
      auto check = database.query("PRAGMA integrity_check");
      std::string said;
      while (check.next()) said += check.text(0);
      return said;
    } catch (const SqlError& error) {
      return std::string(error.fault() == SqlFault::damaged ? "damaged: " : "") + error.what();
    }
  }
  TemporaryFolder folder;
  std::string path = folder.path() + "/test.db";
};

TEST_F(PageChecksumTest, AnyByteOfAnyPage) {
  const std::string good = bytes_of(path);
  ASSERT_GT(good.size(), 5 * page);
  ASSERT_EQ(read_all(), "ok");
  for (std::size_t at = page; at < good.size(); at += 331) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
    write(path, bad);
    EXPECT_EQ(read_all(), "damaged: page " + std::to_string(at / page + 1) + " of " + path +
                              ": the checksum does not hold");
  }
}

TEST_F(PageChecksumTest, AnyByteOfTheFirstPage) {
  const std::string good = bytes_of(path);
  for (std::size_t at = 0; at < page; at += 37) {
    if (at == 20) continue;  // says whether there are checksums; without, the text of rows is read as it is
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 4);
    write(path, bad);
    EXPECT_NE(read_all(), "ok") << at;
  }
}

TEST_F(PageChecksumTest, APageInTheOtherOnesPlace) {
  std::string bytes = bytes_of(path);
  const std::string third = bytes.substr(2 * page, page);
  bytes.replace(2 * page, page, bytes.substr(3 * page, page)).replace(3 * page, page, third);
  write(path, bytes);
  EXPECT_TRUE(read_all().starts_with("damaged: page ")) << read_all();
}

TEST_F(PageChecksumTest, ADatabaseMadeWithoutIsReadAsItIs) {
  std::filesystem::remove(path);
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &plain), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(plain, "CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)", nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(plain);
  SqliteDatabase database(path, false, true, busy);
  database.execute("INSERT INTO row VALUES (1, 'a')");
  EXPECT_FALSE(has_checked_pages(database.handle()));
  EXPECT_EQ(read_all(), "ok");
  database.execute("VACUUM");
  EXPECT_EQ(bytes_of(path)[20], 8) << "the room is made now";
  EXPECT_EQ(read_all(), "ok");
}

TEST_F(PageChecksumTest, OthersReadIt) {
  sqlite3* plain = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &plain), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(plain, "SELECT sum(length(text)) FROM row", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(plain);
}

class DamagedJournalTest : public JournalTest {
 protected:
  // Changes one byte of a page of records that is not the first.
  static void damage(const std::string& journal) {
    std::string bytes = bytes_of(journal);
    const std::size_t at = bytes.find("F-1");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 2] = '7';
    write(journal, bytes);
  }
};

TEST_F(DamagedJournalTest, TheCheckNamesThePage) {
  admit(admission("k1", "F-1", {planned(1, "erp")}));
  opened = {};
  {
    SqliteDatabase database(folder.path() + "/journal.db", false, false, busy);
    ASSERT_TRUE(database.empty_log());
  }
  damage(folder.path() + "/journal.db");
  const auto faults = check_journal(folder.path(), system_files);
  ASSERT_TRUE(faults);
  ASSERT_FALSE(faults->empty());
  EXPECT_EQ((*faults)[0].where, "journal.db");
  EXPECT_NE((*faults)[0].what.find("the checksum does not hold"), std::string::npos) << (*faults)[0].what;
}

TEST_F(DamagedJournalTest, ABackupHasChecksumsOfItsOwn) {
  admit(admission("k1", "F-1", {planned(1, "erp")}));
  const std::string copy = folder.path() + "/copy";
  ASSERT_TRUE(back_up_journal(folder.path(), copy, system_files));
  ASSERT_TRUE(check_journal(copy, system_files)->empty());
  damage(copy + "/journal.db");
  EXPECT_FALSE(check_journal(copy, system_files)->empty());
}

}  // namespace
}  // namespace purser::gateway
