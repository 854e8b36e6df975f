// A journal that leaves one database arrives whole in the other; a copy is one that can be worked with.
#include <thread>

#include "gateway/audit/audit.h"
#include "gateway/journal/backup.h"
#include "gateway/journal/postgres/bodies.h"
#include "gateway/journal/postgres/place.h"
#include "gateway/journal/postgres/schema.h"
#include "gateway/journal/schema.h"
#include "gateway/journal/segment_store.h"
#include "gateway/journal/transfer.h"
#include "gateway/sqlite/sqlite.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/postgres/private_postgres.h"

namespace purser::gateway {
namespace {

class TransferTest : public JournalTest {
 protected:
  // A journal with everything in it: delivered, parked and open deliveries, a large body, numbers, keys,
  // timers.
  void fill() {
    admit(admission("k1", "F-1", {planned(1, "erp", "PO-1"), planned(1, "archive")}));
    record(claim("erp").at(0), DeliveryState::delivered);
    record(claim("archive").at(0), DeliveryState::parked, make_finding("DELIVER-0001", {}, "no connection"));
    admit(admission("k2", "F-2", {planned(1, "erp", "PO-1")}));
    auto writer = opened.bodies->open_large("default");
    ASSERT_TRUE(writer);
    ASSERT_TRUE((*writer)->write(std::string(3 << 20, 'x')));
    Admission large = admission("k3", "F-3", {});
    large.incoming.staged = *(*writer)->finish();
    large.incoming.body.clear();
    admit(std::move(large));
    ASSERT_TRUE(journal().take_numbers("interchange", 7));
    ASSERT_TRUE(journal().put("key", std::nullopt, "value"));
    ASSERT_TRUE(journal().set_timers(std::vector<Timer>{{"t", "p", clock.now()}}));
  }

  static std::vector<std::string> exported(Database& database, BodyStore& bodies) {
    std::vector<std::string> lines;
    const auto count = export_journal(database, bodies, [&](std::string_view line) -> Outcome {
      lines.emplace_back(line);
      return {};
    });
    EXPECT_TRUE(count) << count.error().message;
    return lines;
  }
  static Outcome imported(Database& database, BodyStore& bodies, const std::vector<std::string>& lines) {
    const auto count = import_journal(
        database, bodies, [&, at = std::size_t{0}](std::string& line) mutable -> std::expected<bool, Status> {
          if (at == lines.size()) return false;
          line = lines[at++];
          return true;
        });
    return count ? Outcome() : std::unexpected(count.error());
  }
  std::unique_ptr<SqliteDatabase> connect(const std::string& path, bool create = false) {
    return std::make_unique<SqliteDatabase>(path + "/journal.db", !create, create, std::chrono::seconds(5));
  }
};

// Without places, which are the stores' own.
std::vector<std::string> without_places(std::vector<std::string> lines) {
  for (std::string& line : lines) {
    if (line.find("\"piece\"") != std::string::npos) continue;
    const bool places = line.find("\"message\"") != std::string::npos ||
                        line.find("\"document\"") != std::string::npos ||
                        line.find("\"delivery\"") != std::string::npos;
    if (places)
      line.erase(
          std::remove_if(line.begin(), line.end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); }),
          line.end());
  }
  return lines;
}

TEST_F(TransferTest, GoesFromSqliteToPostgresAndBack) {
  PrivatePostgres* server = PrivatePostgres::get();
  if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  fill();
  const auto source = connect(folder.path());
  const auto lines = exported(*source, *opened.bodies);
  const std::string conninfo = server->fresh();
  {
    PostgresDatabase into(conninfo, "test");
    ASSERT_TRUE(prepare_postgres(into, true));
    PostgresBodies bodies([&] { return std::make_unique<PostgresDatabase>(conninfo, "test"); });
    const Outcome done = imported(into, bodies, lines);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_FALSE(imported(into, bodies, lines)) << "it has messages now";
    EXPECT_TRUE(check_journal(into, bodies, bodies)->empty());
    const auto verdict = verify_audit(into, {});
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->first_wrong, 0) << verdict->what;
    EXPECT_GT(verdict->entries, 3);
  }
  {
    auto shared = open_journal({"", conninfo, "node-1"}, JournalUse::serve, clock, system_files);
    ASSERT_TRUE(shared) << shared.error().message;
    std::swap(opened, *shared);
    const auto hits = journal().find_by_key({"invoice", "F-2", {}, 10});
    ASSERT_EQ(hits->size(), 1U);
    EXPECT_EQ(admit(admission("k2", "F-2", {})).kind, AnswerKind::duplicate) << "claims went along";
    EXPECT_EQ(journal().take_numbers("interchange", 1), 8);
    const auto due = claim("erp");
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(opened.bodies->read(due[0].encoded), "bytes for erp");
    std::swap(opened, *shared);
  }
  TemporaryFolder other;
  PostgresDatabase from(conninfo, "test");
  PostgresBodies shared_bodies([&] { return std::make_unique<PostgresDatabase>(conninfo, "test"); });
  const auto back = exported(from, shared_bodies);
  auto bodies = SegmentStore::open(other.path() + "/bodies", system_files, true);
  {
    const auto into = connect(other.path(), true);
    ASSERT_TRUE(migrate_journal(*into, true));
    ASSERT_TRUE(imported(*into, **bodies, back));
  }
  EXPECT_TRUE(check_journal(other.path(), system_files)->empty());
  const auto again = connect(other.path());
  EXPECT_EQ(without_places(exported(*again, **bodies)), without_places(back)) << "nothing is lost on the way";
}

TEST_F(TransferTest, WhatIsNoExportIsRefusedWithItsLine) {
  fill();
  const auto source = connect(folder.path());
  auto lines = exported(*source, *opened.bodies);
  const auto refused = [&](const std::vector<std::string>& text) {
    TemporaryFolder other;
    auto bodies = SegmentStore::open(other.path() + "/bodies", system_files, true);
    const auto into = connect(other.path(), true);
    EXPECT_TRUE(migrate_journal(*into, true));
    const Outcome done = imported(*into, **bodies, text);
    return done ? std::string() : done.error().code + " " + done.error().message;
  };
  EXPECT_EQ(refused(lines), "");
  EXPECT_NE(refused({"{}"}).find("JOURNAL-0009"), std::string::npos);
  auto odd = lines;
  odd[2] = R"({"table":"nothing","row":[]})";
  EXPECT_NE(refused(odd).find("line 3 "), std::string::npos) << refused(odd);
  auto lost = lines;
  std::erase_if(lost, [](const std::string& line) { return line.find("\"piece\"") != std::string::npos; });
  EXPECT_NE(refused(lost).find("a body too much or too few"), std::string::npos);
}

TEST_F(TransferTest, ACopyMadeWhileDocumentsComeInIsWhole) {
  fill();
  std::atomic<bool> stop = false;
  std::thread sender([&] {
    for (int i = 0; !stop; ++i) admit(admission("busy" + std::to_string(i), "F-9", {planned(1, "erp")}));
  });
  TemporaryFolder parent;
  const std::string to = parent.path() + "/copy";
  const auto count = back_up_journal(folder.path(), to, system_files);
  stop = true;
  sender.join();
  ASSERT_TRUE(count) << count.error().message;
  const auto faults = check_journal(to, system_files);
  ASSERT_TRUE(faults);
  EXPECT_TRUE(faults->empty()) << faults->front().where << ": " << faults->front().what;
  EXPECT_FALSE(back_up_journal(folder.path(), to, system_files)) << "the folder is not empty";
  // Restored: a journal that goes on where the copy was made.
  auto restored = open_sqlite_journal({.folder = to, .clock = clock, .files = system_files});
  ASSERT_TRUE(restored) << restored.error().message;
  std::swap(opened, *restored);
  EXPECT_EQ(admit(admission("k1", "F-1", {})).kind, AnswerKind::duplicate);
  EXPECT_EQ(admit(admission("new", "F-10", {})).kind, AnswerKind::accepted);
  std::swap(opened, *restored);
}

TEST_F(TransferTest, TheEmbeddedJournalGoesBackAVersionAndForwardAgain) {
  fill();
  const auto before = journal().list({});
  opened = {};
  {
    SqliteDatabase database(folder.path() + "/journal.db", false, false, std::chrono::seconds(5));
    ASSERT_TRUE(take_journal_to(database, 1));
    EXPECT_EQ(journal_version(database), 1);
    ASSERT_TRUE(take_journal_to(database, journal_schema_version));
    EXPECT_FALSE(take_journal_to(database, journal_schema_version + 1));
  }
  open();
  EXPECT_EQ(journal().list({})->size(), before->size());
  EXPECT_EQ(admit(admission("k2", "F-2", {})).kind, AnswerKind::duplicate);
  EXPECT_EQ(journal().find_by_key({"invoice", "F-2", {}, 10})->size(), 1U);
  EXPECT_EQ(verify_audit(folder.path())->first_wrong, 0);
}

}  // namespace
}  // namespace purser::gateway
