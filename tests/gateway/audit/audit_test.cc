#include "gateway/audit/audit.h"

#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

/// A trail of ten entries whose head file is written; then somebody with access changes the tables.
class AuditTest : public JournalTest {
 protected:
  void SetUp() override {
    JournalTest::SetUp();
    for (int i = 0; i < 10; ++i) {
      ASSERT_TRUE(journal().note(std::vector<AuditNote>{{"anna", "did", std::to_string(i)}}));
    }
    opened.journal.reset();
  }
  void tamper(const char* sql) const {
    SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(1));
    database.execute(sql);
  }
  [[nodiscard]] AuditVerdict verify() const {
    return verify_audit(folder.path()).value_or(AuditVerdict{-1, -1, "", {}});
  }
};

TEST_F(AuditTest, AnUntouchedTrailHolds) {
  const AuditVerdict verdict = verify();
  EXPECT_EQ(verdict.first_wrong, 0) << verdict.what;
  EXPECT_EQ(verdict.entries, 10);
}

TEST_F(AuditTest, AnEditNamesItsEntry) {
  tamper("UPDATE audit SET why = 'x' WHERE sequence = 4");
  EXPECT_EQ(verify().first_wrong, 4);
}

TEST_F(AuditTest, ASwapShows) {
  tamper(
      "UPDATE audit SET sequence = 100 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 6;"
      "UPDATE audit SET sequence = 6 WHERE sequence = 100");
  EXPECT_EQ(verify().first_wrong, 5);
}

TEST_F(AuditTest, AGapShows) {
  tamper("DELETE FROM audit WHERE sequence = 7");
  EXPECT_EQ(verify().first_wrong, 7);
}

TEST_F(AuditTest, ACutEndShowsByTheHeadRecord) {
  tamper("DELETE FROM audit WHERE sequence > 8");
  EXPECT_EQ(verify().first_wrong, 9);
}

TEST_F(AuditTest, ACutEndWithItsHeadRecordShowsByTheHeadFile) {
  tamper(
      "DELETE FROM audit WHERE sequence > 8;"
      "UPDATE audit_head SET sequence = 8, hash = (SELECT hash FROM audit WHERE sequence = 8)");
  const AuditVerdict verdict = verify();
  EXPECT_EQ(verdict.first_wrong, 9);
  EXPECT_NE(verdict.what.find("head file"), std::string::npos);
}

TEST_F(AuditTest, ATrailWrittenAnewShowsByTheHeadFile) {
  SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(1));
  Sha256 hash{};
  for (std::int64_t i = 1; i <= 10; ++i) {
    AuditEntry entry;
    entry.sequence = i;
    entry.who = "eve";
    hash = chain_hash(hash, entry);
    database.run("UPDATE audit SET at = 0, who = 'eve', what = '', why = '', hash = ? WHERE sequence = ?",
                 Blob{hash}, i);
  }
  database.run("UPDATE audit_head SET hash = ?", Blob{hash});
  EXPECT_EQ(verify().first_wrong, 10);
}

TEST_F(AuditTest, TheChainGoesOnAfterARestart) {
  open();
  ASSERT_TRUE(journal().note(std::vector<AuditNote>{{"anna", "did", "more"}}));
  opened.journal.reset();
  EXPECT_EQ(verify().entries, 11);
  EXPECT_EQ(verify().first_wrong, 0);
}

TEST(ChainHash, NoTwoEntriesEncodeAlike) {
  AuditEntry one;
  one.who = "ab";
  one.what = "c";
  AuditEntry other = {};
  other.who = "a";
  other.what = "bc";
  EXPECT_NE(chain_hash({}, one), chain_hash({}, other));
}

}  // namespace
}  // namespace purser::gateway
