// Two nodes on one database: once, in order, and nothing settled by a node whose lease is over.
#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <thread>

#include "gateway/journal/postgres/postgres_journal.h"
#include "gateway/journal/postgres/schema.h"
#include "gateway/postgres/clean_text.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/journal/postgres/private_postgres.h"

namespace purser::gateway {
namespace {

class SharedTest : public JournalTest {
 protected:
  void SetUp() override {
    PrivatePostgres* server = PrivatePostgres::get();
    if (server == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    conninfo = server->fresh();
    open();
    auto made = at("node-2");
    ASSERT_TRUE(made) << made.error().message;
    second = std::move(*made);
  }
  std::expected<OpenJournal, Status> make() override { return at("node-1"); }
  std::expected<OpenJournal, Status> at(const std::string& node, bool listens = false) {
    return open_postgres_journal(
        {.conninfo = conninfo, .node = node, .clock = clock, .listens = listens, .database_time = false});
  }
  void use_second() { std::swap(opened, second); }

  std::string conninfo;
  OpenJournal second;
};

TEST_F(SharedTest, AClaimHoldsForAllNodes) {
  const Admitted first = admit(admission("k1", "F-1", {planned(1, "erp")}));
  use_second();
  const Admitted again = admit(admission("k1", "F-1", {planned(1, "erp")}));
  EXPECT_EQ(again.kind, AnswerKind::duplicate);
  EXPECT_EQ(again.message, first.message);
  EXPECT_EQ(admit(admission("k1", "F-2", {})).kind, AnswerKind::conflict);
}

TEST_F(SharedTest, ManyAtOnceOnTwoNodesBookOnce) {
  constexpr int count = 200;
  std::atomic<int> accepted = 0;
  std::atomic<int> duplicate = 0;
  std::vector<std::promise<void>> done(2 * count);
  for (int i = 0; i < count; ++i) {
    for (int node = 0; node < 2; ++node) {
      std::vector<Admission> batch;
      batch.push_back(
          admission("k" + std::to_string(i), "F-1", {planned(1, "erp", "lane " + std::to_string(i % 7))}));
      auto& mine = done[static_cast<std::size_t>(2 * i + node)];
      (node == 0 ? opened : second).journal->admit(std::move(batch), [&](auto result) {
        EXPECT_TRUE(result) << result.error().message;
        if (result) ++(result->front().kind == AnswerKind::accepted ? accepted : duplicate);
        mine.set_value();
      });
    }
  }
  for (auto& one : done) one.get_future().get();
  EXPECT_EQ(accepted, count);
  EXPECT_EQ(duplicate, count);
  EXPECT_EQ(claim("erp").size(), 7U) << "one for each lane";
}

// Of the attempts of one message that are recorded at once the last one settles it.
TEST_F(SharedTest, DeliveriesOfOneMessageAreSettledAtOnce) {
  constexpr int count = 60;
  std::vector<MessageId> messages;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    messages.push_back(admit(admission("k" + number, number, {planned(1, "erp"), planned(1, "app")})).message);
  }
  auto attempts = claim("erp");
  auto others = claim("app");
  std::ranges::reverse(others);
  std::ranges::move(others, std::back_inserter(attempts));
  ASSERT_EQ(attempts.size(), 2U * count);
  std::vector<std::promise<void>> done(attempts.size());
  for (int i = 0; i < 2 * count; ++i) {
    const auto which = static_cast<std::size_t>(i % 2 * count + i / 2);
    Attempt attempt;
    attempt.delivery = attempts[which].id;
    attempt.fence = attempts[which].fence;
    attempt.message = attempts[which].message;
    attempt.started = clock.now();
    attempt.next = DeliveryState::delivered;
    journal().record({attempt}, lease(), [&mine = done[which]](auto result) {
      EXPECT_TRUE(result) << result.error().message;
      mine.set_value();
    });
  }
  for (auto& one : done) one.get_future().get();
  for (const MessageId message : messages) EXPECT_EQ(state_of(message), MessageState::delivered);
}

// What a stopping node gives back it must not claim afterwards.
TEST_F(SharedTest, GivingBackComesBehindEverythingHandedInBefore) {
  constexpr int count = 300;
  std::atomic<int> claimed = 0;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    std::vector<Admission> batch;
    batch.push_back(admission("k" + number, number, {planned(1, "erp")}));
    batch.back().lease = lease();
    journal().admit(std::move(batch), [&](auto result) {
      if (result) claimed += static_cast<int>(result->front().claimed.size());
    });
  }
  ASSERT_TRUE(journal().give_back("node-1"));
  EXPECT_EQ(claimed, count) << "all have their answer";
  EXPECT_EQ(claim("erp").size(), 64U) << "and are free";
}

TEST_F(SharedTest, DeliveriesGoToOneNodeEach) {
  for (int i = 0; i < 100; ++i) admit(admission("k" + std::to_string(i), "F-1", {planned(1, "erp")}));
  std::set<std::int64_t> seen;
  for (int round = 0; round < 2; ++round) {
    for (const ClaimedDelivery& one : claim("erp")) EXPECT_TRUE(seen.insert(one.id.value).second);
    use_second();
  }
  EXPECT_EQ(seen.size(), 100U);
}

TEST_F(SharedTest, ANodeThatSleptOverItsLeaseCannotSettle) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  const ClaimedDelivery slept = claim("erp").at(0);
  use_second();
  EXPECT_TRUE(claim("erp").empty()) << "it is leased";
  clock.advance(std::chrono::seconds(61));
  const ClaimedDelivery fresh = claim("erp").at(0);
  EXPECT_GT(fresh.fence, slept.fence);
  use_second();
  record(slept, DeliveryState::parked, make_finding("DELIVER-0001", {}, "no connection"));
  EXPECT_EQ(state_of(answer.message), MessageState::delivering);
  use_second();
  record(fresh, DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
}

// Between two loads nothing is in flight: what the server counts then must not lead it to that index later.
TEST_F(SharedTest, AnAttemptFindsItsDeliveryByIdWhateverWasCounted) {
  constexpr int count = 60;
  const auto deliver = [&](const std::string& series) {
    for (int i = 0; i < count; ++i) {
      Admission one = admission(series + std::to_string(i), "F-1", {planned(1, "erp")});
      one.lease = lease();
      record(admit(std::move(one)).claimed.at(0), DeliveryState::delivered);
    }
  };
  deliver("before");
  second = {};
  PostgresDatabase database(conninfo, "test");
  database.execute("ANALYZE");
  open();  // plans are made anew
  const auto scans = [&] {
    opened = {};  // what its connections did is counted when they end
    std::int64_t last = -1;
    for (int look = 0; look < 50; ++look) {
      auto rows = database.query("SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'delivery_in_flight'");
      rows.next();
      if (rows.number(0) == last && look > 5) break;
      last = rows.number(0);
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return last;
  };
  const std::int64_t before = scans();
  open();
  deliver("after");
  EXPECT_LT(scans() - before, count / 2);
}

TEST_F(SharedTest, ALaneKeepsItsOrderOverNodes) {
  const Admitted first = admit(admission("k1", "F-1", {planned(1, "erp", "PO-1")}));
  use_second();
  admit(admission("k2", "F-2", {planned(1, "erp", "PO-1")}));
  const auto one = claim("erp");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].message, first.message);
  const auto next = record(one[0], DeliveryState::delivered);
  ASSERT_EQ(next.size(), 1U) << "handed on";
  EXPECT_EQ(next[0].number, "F-2");
}

TEST_F(SharedTest, NumbersAndLeadersAreShared) {
  EXPECT_EQ(opened.journal->take_numbers("interchange", 10), 1);
  EXPECT_EQ(second.journal->take_numbers("interchange", 1), 11);
  const Lease other{"node-2", clock.now() + std::chrono::seconds(60)};
  const auto led = opened.journal->lead("schedules", lease());
  ASSERT_TRUE(led && *led);
  EXPECT_EQ(*opened.journal->lead("schedules", lease()), *led) << "again, the same number";
  EXPECT_FALSE(*second.journal->lead("schedules", other));
  clock.advance(std::chrono::seconds(61));
  const auto taken = second.journal->lead("schedules", {"node-2", clock.now() + std::chrono::seconds(60)});
  ASSERT_TRUE(taken && *taken);
  EXPECT_GT(**taken, **led);
  EXPECT_FALSE(*opened.journal->lead("schedules", lease()));
}

TEST_F(SharedTest, AMessageIsDeliveredWhenTwoNodesFinishItsDeliveries) {
  for (int i = 0; i < 20; ++i) {
    const Admitted answer =
        admit(admission("k" + std::to_string(i), "F-1", {planned(1, "erp"), planned(1, "archive")}));
    const ClaimedDelivery left = claim("erp").at(0);
    use_second();
    const ClaimedDelivery right = claim("archive").at(0);
    std::promise<void> one;
    std::promise<void> two;
    const auto attempt = [&](const ClaimedDelivery& delivery) {
      Attempt out;
      out.delivery = delivery.id;
      out.fence = delivery.fence;
      out.message = delivery.message;
      out.started = clock.now();
      return out;
    };
    opened.journal->record({attempt(right)}, {}, [&](auto) { one.set_value(); });
    second.journal->record({attempt(left)}, {}, [&](auto) { two.set_value(); });
    one.get_future().get();
    two.get_future().get();
    EXPECT_EQ(state_of(answer.message), MessageState::delivered);
  }
}

TEST_F(SharedTest, TheSecondProcessOfANodeIsRefused) {
  const auto refused = at("node-1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "JOURNAL-0008");
}

TEST_F(SharedTest, NodesHearOfEachOthersWork) {
  auto third = at("node-3", true);
  ASSERT_TRUE(third);
  std::atomic<int> told = 0;
  third->journal->on_news([&] { ++told; });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  int number = 0;
  while (told < 2 && std::chrono::steady_clock::now() < until) {
    admit(admission("k" + std::to_string(++number), "F-1", {planned(1, "erp")}));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_GE(told, 2);
  third->journal->on_news({});
}

TEST_F(SharedTest, ALostServerIsWaitedForAndNothingIsLostOrDoubled) {
  std::atomic<int> accepted = 0;
  std::atomic<int> answered = 0;
  constexpr int count = 400;
  const auto send = [&](int i) {
    std::vector<Admission> batch;
    batch.push_back(admission("k" + std::to_string(i), "F-1", {}));
    opened.journal->admit(std::move(batch), [&](auto result) {
      if (result) accepted += result->front().kind == AnswerKind::accepted ? 1 : 0;
      ++answered;
    });
  };
  SystemClock real;
  opened = {};
  auto made = open_postgres_journal({.conninfo = conninfo,
                                     .node = "node-1",
                                     .clock = real,
                                     .listens = false,
                                     .patience = std::chrono::seconds(60)});
  ASSERT_TRUE(made) << made.error().message;
  opened = std::move(*made);
  for (int i = 0; i < count; ++i) {
    send(i);
    if (i == count / 2) PrivatePostgres::get()->kill();
    if (i % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  PrivatePostgres::get()->restart();
  while (answered < count) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(accepted, count) << "each was accepted once, also those whose commit was not heard of";
  ListQuery all;
  all.limit = 1000;
  EXPECT_EQ(opened.journal->list(all)->size(), static_cast<std::size_t>(count));
}

TEST_F(SharedTest, AnEmptyDatabaseIsNoJournalOfAnotherVersion) {
  const auto nothing = open_postgres_journal({.conninfo = PrivatePostgres::get()->fresh(),
                                              .node = "node-1",
                                              .clock = clock,
                                              .read_only = true,
                                              .listens = false,
                                              .database_time = false});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, "JOURNAL-0007");
  EXPECT_NE(nothing.error().message.find("no journal yet"), std::string::npos) << nothing.error().message;
}

TEST_F(SharedTest, MigratesForwardAndBack) {
  PostgresDatabase database(conninfo, "test");
  EXPECT_EQ(postgres_version(database).version, postgres_schema_version);
  ASSERT_TRUE(migrate_postgres(database, 1));
  EXPECT_EQ(postgres_version(database).version, 1);
  const auto half = wait_for<Admitted>([&](auto done) {
    std::vector<Admission> batch;
    batch.push_back(admission("k1", "F-1", {}));
    journal().admit(std::move(batch), std::move(done));
  });
  EXPECT_FALSE(half) << "a program that is newer than the journal accepts nothing rather than half";
  ASSERT_TRUE(migrate_postgres(database, postgres_schema_version));
  EXPECT_EQ(postgres_version(database).version, postgres_schema_version);
  EXPECT_EQ(admit(admission("k1", "F-1", {})).kind, AnswerKind::accepted) << "and goes on afterwards";
  EXPECT_FALSE(migrate_postgres(database, postgres_schema_version + 1));
  database.execute("UPDATE journal_version SET version = 99, least = 99");
  const auto refused = at("node-9");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "JOURNAL-0007");
  database.execute("UPDATE journal_version SET version = 99, least = 1");
  EXPECT_TRUE(at("node-9")) << "a newer one that older programs may use";
}

TEST_F(SharedTest, TextThatIsNoneIsMendedNotRefused) {
  Admission odd = admission("k1", std::string("F-\0\xFF!", 5), {});
  const Admitted answer = admit(std::move(odd));
  EXPECT_EQ(answer.kind, AnswerKind::accepted);
  EXPECT_EQ(journal().show(answer.message)->summary.number, "F-\xEF\xBF\xBD\xEF\xBF\xBD!");
  EXPECT_TRUE(
      is_clean_text("Stra\xC3\x9F"
                    "e 1"));
  EXPECT_FALSE(is_clean_text("\xED\xA0\x80")) << "half of a surrogate pair";
}

TEST_F(SharedTest, LargeBodiesComeAndGoInPieces) {
  auto writer = opened.bodies->open_large("default");
  ASSERT_TRUE(writer) << writer.error().message;
  std::string whole;
  for (int i = 0; i < 300'000; ++i) whole += std::to_string(i) + ";";
  for (std::size_t at = 0; at < whole.size(); at += 77'777) {
    ASSERT_TRUE((*writer)->write(std::string_view(whole).substr(at, 77'777)));
  }
  const auto place = (*writer)->finish();
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_EQ((*writer)->hash(), sha256(whole));
  EXPECT_EQ(second.bodies->read(*place), whole);
  std::string pieces;
  std::array<char, 100'000> buffer{};
  while (true) {
    const auto got = second.bodies->read_piece(*place, pieces.size(), buffer);
    ASSERT_TRUE(got) << got.error().message;
    if (*got == 0) break;
    pieces.append(buffer.data(), *got);
  }
  EXPECT_EQ(pieces, whole);
}

}  // namespace
}  // namespace purser::gateway
