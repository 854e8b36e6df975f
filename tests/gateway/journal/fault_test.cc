// What the disk refuses was never accepted; what was accepted before is still there.
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/faulty_files.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

class FaultTest : public JournalTest, public ::testing::WithParamInterface<FaultyFiles::Fault> {
 protected:
  void SetUp() override {
    files = &faulty;
    open();
  }
  std::expected<std::vector<Admitted>, Status> try_to_admit(const std::string& key) {
    return wait_for<Admitted>([&](auto done) {
      std::vector<Admission> batch;
      batch.push_back(admission(key, key, {planned(1, "erp")}));
      journal().admit(std::move(batch), std::move(done));
    });
  }
  FaultyFiles faulty;
};

TEST_P(FaultTest, NothingIsAcceptedAndNothingIsLost) {
  const auto before = try_to_admit("before");
  ASSERT_TRUE(before);
  faulty.fault = GetParam();
  const auto refused = try_to_admit("during");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, StatusClass::unavailable);
  EXPECT_FALSE(*journal().find_claim("default", {"http/acme", "during"}, {}))
      << "a refused claim may come again";
  if (GetParam() == FaultyFiles::Fault::full) {
    // Senders and folders ask again each second, for as long as the disk is full.
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(try_to_admit("during"));
    EXPECT_EQ(faulty.list(folder.path() + "/bodies")->size(), 1U) << "nothing empty is left behind";
  }
  faulty.fault = FaultyFiles::Fault::none;
  const auto after = try_to_admit("during");
  ASSERT_TRUE(after);
  EXPECT_EQ(after->front().kind, AnswerKind::accepted);
  open();
  for (const MessageId id : {before->front().message, after->front().message}) {
    const auto view = journal().show(id);
    ASSERT_TRUE(view);
    EXPECT_TRUE(journal().body(view->body)) << "its body reads back whole";
  }
  EXPECT_TRUE(check_journal(folder.path(), system_files)->empty());
}

INSTANTIATE_TEST_SUITE_P(Disk, FaultTest,
                         ::testing::Values(FaultyFiles::Fault::full, FaultyFiles::Fault::sync_fails,
                                           FaultyFiles::Fault::torn_write));

TEST_F(JournalTest, ATornTailBehindTheLastCommitDisturbsNobody) {
  const Admitted first = admit(admission("k1", "F-1", {}));
  const auto view = journal().show(first.message);
  char path[64];
  std::snprintf(path, sizeof path, "/bodies/%08u.bodies", view->body.file);
  opened.journal.reset();
  {
    const auto file = system_files.open(folder.path() + path, false);
    ASSERT_TRUE((*file)->write_at(4000, std::string_view("PURB0RY1\xff\xff half a record")));
  }
  open();
  const Admitted second = admit(admission("k2", "F-2", {}));
  EXPECT_NE(journal().show(second.message)->body.file, view->body.file) << "a new process writes a new file";
  EXPECT_EQ(*journal().body(journal().show(first.message)->body), "body of F-1");
  EXPECT_TRUE(check_journal(folder.path(), system_files)->empty());
}

TEST_F(JournalTest, AMissingBodyFileIsNamed) {
  const Admitted first = admit(admission("k1", "F-1", {}));
  std::filesystem::remove_all(folder.path() + "/bodies");
  const auto faults = check_journal(folder.path(), system_files);
  ASSERT_TRUE(faults);
  ASSERT_EQ(faults->size(), 2U) << "the body and the canonical form";
  EXPECT_NE((*faults)[0].where.find(text(first.message)), std::string::npos);
}

TEST_F(JournalTest, AJournalOfANewerProgramIsNotTouched) {
  opened.journal.reset();
  {
    SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(1));
    database.execute("PRAGMA user_version = 99");
  }
  const auto refused = open_sqlite_journal({.folder = folder.path(), .clock = clock, .files = *files});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "JOURNAL-0007");
}

TEST_F(JournalTest, ReadingOnlyRefusesWrites) {
  const auto other = open_sqlite_journal(
      {.folder = folder.path(), .clock = clock, .files = *files, .create = false, .read_only = true});
  ASSERT_TRUE(other) << other.error().message;
  const auto refused = other->journal->note(std::vector<AuditNote>{{"anna", "did", ""}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "JOURNAL-0006");
  EXPECT_TRUE(other->journal->list({}));
}

}  // namespace
}  // namespace purser::gateway
