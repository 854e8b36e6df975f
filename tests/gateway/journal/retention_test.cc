// What is old goes with everything that belongs to it; what was promised of it stays; the room comes back.
#include <filesystem>

#include "gateway/audit/audit.h"
#include "gateway/journal/postgres/postgres_journal.h"
#include "gateway/postgres/postgres.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/postgres/private_postgres.h"

namespace purser::gateway {
namespace {

using std::chrono::hours;

class RetentionTest : public JournalTest {
 protected:
  // One of each: delivered, parked, and one that is still open.
  void fill() {
    delivered = admit(admission("k1", "F-1", {planned(1, "erp")})).message;
    record(claim("erp").at(0), DeliveryState::delivered);
    parked = admit(admission("k2", "F-2", {planned(1, "erp")})).message;
    record(claim("erp").at(0), DeliveryState::parked, make_finding("DELIVER-0001", {}, "no connection"));
    open_one = admit(admission("k3", "F-3", {planned(1, "archive")})).message;
  }
  void forgets_what_is_old() {
    fill();
    const Retention rule{hours(24), hours(24), hours(24)};
    EXPECT_EQ(journal().keep_house({rule, {}})->forgotten, 0U) << "nothing is old yet";
    clock.advance(hours(25));
    EXPECT_EQ(journal().keep_house({})->forgotten, 0U) << "without a rule nothing goes";
    const auto kept = journal().keep_house({rule, {}});
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->forgotten, 1U);
    EXPECT_FALSE(journal().show(delivered));
    EXPECT_TRUE(journal().show(parked));
    EXPECT_TRUE(journal().show(open_one));
    EXPECT_TRUE(journal().find_by_key({"invoice", "F-1", {}, 10})->empty());
    EXPECT_EQ(journal().find_by_key({"invoice", "F-2", {}, 10})->size(), 1U);
    const Admitted again = admit(admission("k1", "F-1", {planned(1, "erp")}));
    EXPECT_EQ(again.kind, AnswerKind::duplicate) << "accepted once is a duplicate for ever";
    EXPECT_EQ(again.message, delivered);
    EXPECT_EQ(admit(admission("k1", "F-9", {})).kind, AnswerKind::conflict);
    const auto steps = journal().timeline(delivered);
    ASSERT_FALSE(steps->empty());
    EXPECT_EQ(steps->back().what, "forgotten");
  }
  MessageId delivered, parked, open_one;
};

TEST_F(RetentionTest, ForgetsWhatIsOld) {
  forgets_what_is_old();
  EXPECT_TRUE(check_journal(folder.path(), system_files)->empty());
  opened = {};
  EXPECT_EQ(verify_audit(folder.path())->first_wrong, 0);
}

TEST_F(RetentionTest, GivesBackTheRoomOfBodies) {
  for (int i = 0; i < 20; ++i) {
    admit(admission("old" + std::to_string(i), "F-1", {planned(1, "erp")}));
    record(claim("erp").at(0), DeliveryState::delivered);
  }
  clock.advance(hours(48));
  const Admitted young = admit(admission("young", "F-2", {planned(1, "erp")}));
  open();  // another segment is written from now on
  const Admitted newest = admit(admission("newest", "F-3", {planned(1, "erp")}));
  const auto segments = [&] {
    const auto all = std::filesystem::directory_iterator(folder.path() + "/bodies");
    return std::distance(begin(all), end(all));
  };
  EXPECT_EQ(segments(), 2);
  const Retention rule{hours(24), {}, {}};
  EXPECT_EQ(journal().keep_house({rule, {}})->forgotten, 20U);
  EXPECT_EQ(segments(), 2) << "whoever has a place in it may still read";
  EXPECT_EQ(journal().keep_house({rule, {}})->bytes_freed, 0U);
  clock.advance(hours(2));
  EXPECT_GT(journal().keep_house({rule, {}})->bytes_freed, 0U);
  EXPECT_EQ(segments(), 1);
  for (const Admitted& one : {young, newest}) {
    const auto view = journal().show(one.message);
    EXPECT_TRUE(opened.bodies->read(view->body)) << "moved, not lost";
    EXPECT_TRUE(opened.bodies->read(view->deliveries.at(0).encoded));
  }
  EXPECT_TRUE(check_journal(folder.path(), system_files)->empty());
}

class SharedRetentionTest : public RetentionTest {
 protected:
  void SetUp() override {
    PrivatePostgres* server = PrivatePostgres::get();
    if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    conninfo = server->fresh();
    open();
  }
  std::expected<OpenJournal, Status> make() override {
    return open_postgres_journal(
        {.conninfo = conninfo, .node = "node-1", .clock = clock, .listens = false, .database_time = false});
  }
  std::string conninfo;
};

TEST_F(SharedRetentionTest, ForgetsWhatIsOld) {
  PostgresDatabase database(conninfo, "test");
  const auto bodies = [&] {
    auto rows = database.query("SELECT count(*) FROM body");
    rows.next();
    return rows.number(0);
  };
  forgets_what_is_old();
  EXPECT_EQ(bodies(), 6) << "of the two that are left: as it came, canonical, written";
}

}  // namespace
}  // namespace purser::gateway
