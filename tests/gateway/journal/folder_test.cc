// A data folder: one server, several processes, and what damage looks like.
#include <unistd.h>

#include "gateway/audit/audit.h"
#include "gateway/journal/folder_lock.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

const Finding unreachable = make_finding("DELIVER-0001", {}, "no connection");

TEST_F(JournalTest, OneServerHoldsAFolder) {
  auto first = FolderLock::take(folder.path());
  ASSERT_TRUE(first) << first.error().message;
  const auto second = FolderLock::take(folder.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "JOURNAL-0008");
  EXPECT_NE(second.error().message.find(std::to_string(getpid())), std::string::npos)
      << second.error().message;
  { const FolderLock gone = *std::move(first); }
  EXPECT_TRUE(FolderLock::take(folder.path()));
}

TEST_F(JournalTest, CheckFindsDamageAndNothingElse) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  EXPECT_TRUE(check_journal(folder.path(), system_files)->empty());
  const auto view = journal().show(answer.message);
  char path[64];
  std::snprintf(path, sizeof path, "/bodies/%08u.bodies", view->body.file);
  const auto file = system_files.open(folder.path() + path, false);
  ASSERT_TRUE((*file)->write_at(view->body.offset + 30, std::string_view("X")));
  const auto faults = check_journal(folder.path(), system_files);
  ASSERT_TRUE(faults);
  ASSERT_EQ(faults->size(), 1U);
  EXPECT_NE((*faults)[0].what.find("checksum"), std::string::npos);
}

// Who reads a whole journal takes minutes. Each commit that waited for that would wait ten seconds.
TEST_F(JournalTest, SomebodyWhoReadsForLongDoesNotKeepTheWriterWaiting) {
  const std::string log = folder.path() + "/journal.db-wal";
  constexpr int rounds = 30;  // of ten megabytes: far beyond where the log is to begin anew
  const std::vector<AuditNote> notes(100, {"a person", "noted", std::string(100'000, 'x')});
  SqliteDatabase reader(folder.path() + "/journal.db", true, false, std::chrono::seconds(1));
  reader.begin_snapshot();
  ASSERT_TRUE(reader.query("SELECT 1 FROM audit_head LIMIT 1").next());
  for (int i = 0; i < rounds; ++i) ASSERT_TRUE(journal().note(notes));
  const auto grown = std::filesystem::file_size(log);
  EXPECT_GT(grown, 250U << 20) << "what he reads is kept for him";
  reader.roll_back();
  for (int i = 0; i < rounds; ++i) ASSERT_TRUE(journal().note(notes));
  EXPECT_LT(std::filesystem::file_size(log), grown + (150U << 20)) << "afterwards the log begins anew";
}

// The log would grow for ever, and a start after a crash would read all of it.
TEST_F(JournalTest, TheLogIsCarriedOverWhileItRuns) {
  for (int i = 0; i < 8; ++i) {
    std::vector<Admission> batch;
    for (int one = 0; one < 4'000; ++one) {
      const std::string number = std::to_string(i * 10'000 + one);
      batch.push_back(admission(hex(sha256(number)), number, {planned(1, "app")}));
    }
    ASSERT_TRUE(wait_for<Admitted>([&](auto done) { journal().admit(std::move(batch), std::move(done)); }));
  }
  ASSERT_TRUE(journal().set_timers({}));  // behind what follows the last commit
  EXPECT_GT(std::filesystem::file_size(folder.path() + "/journal.db"), 1U << 20);
}

TEST_F(JournalTest, TwoProcessesShareAFolder) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  record(claim("erp").at(0), DeliveryState::parked, unreachable);
  auto other =
      open_sqlite_journal({.folder = folder.path(), .clock = clock, .files = *files, .create = false});
  ASSERT_TRUE(other) << other.error().message;
  ASSERT_TRUE(
      other->journal->act(std::vector<Action>{{ActionKind::release, answer.message, {}, "anna", "now"}}));
  EXPECT_EQ(claim("erp").size(), 1U) << "the first sees what the second released";
  other->journal.reset();
  opened.journal.reset();
  const auto verdict = verify_audit(folder.path());
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->first_wrong, 0) << verdict->what;
}

}  // namespace
}  // namespace purser::gateway
