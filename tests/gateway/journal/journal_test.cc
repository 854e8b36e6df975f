#include "tests/gateway/journal/each_journal.h"

#include <unistd.h>

#include <algorithm>


namespace purser::gateway {
namespace {

INSTANTIATE_TEST_SUITE_P(Of, EachJournalTest, ::testing::Values(Store::sqlite, Store::postgres),
                         [](const auto& of) { return of.param == Store::sqlite ? "Sqlite" : "Postgres"; });

const Finding unreachable = make_finding("DELIVER-0001", {}, "no connection");

TEST_P(EachJournalTest, AdmitsWithEverythingThatBelongsToIt) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  EXPECT_EQ(answer.kind, AnswerKind::accepted);
  EXPECT_TRUE(answer.claimed.empty());
  const auto view = journal().show(answer.message);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->summary.state, MessageState::delivering);
  EXPECT_EQ(view->summary.number, "F-1");
  EXPECT_EQ(journal().body(view->body), "body of F-1");
  ASSERT_EQ(view->documents.size(), 1U);
  EXPECT_EQ(journal().body(view->documents[0].canonical), "{\"number\":\"F-1\"}");
  ASSERT_EQ(view->deliveries.size(), 1U);
  EXPECT_EQ(journal().body(view->deliveries[0].encoded), "bytes for erp");
  const auto hits = journal().find_by_key({"order", "PO-1", {}, 10});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_EQ((*hits)[0].message, answer.message);
  const auto steps = journal().timeline(answer.message);
  ASSERT_TRUE(steps);
  ASSERT_EQ(steps->size(), 1U);
  EXPECT_EQ((*steps)[0].what, "admitted");
  EXPECT_EQ((*steps)[0].who, "key-1");
}

TEST_P(EachJournalTest, GivesAllHitsOfAKeyPageByPage) {
  constexpr int messages = 5;
  for (int i = 0; i < messages; ++i) {
    Admission one = admission("k" + std::to_string(i), "F-" + std::to_string(i), {});
    one.understanding->documents.push_back(document(2, "PO-1"));  // the same value as an invoice's and an order's
    if (i == 1) one.incoming.partner = "globex";
    admit(std::move(one));
  }
  const auto read = [&](KeyQuery query) {
    std::vector<HitPlace> all;
    while (true) {
      const auto page = journal().find_by_key(query);
      EXPECT_TRUE(page);
      if (!page || page->empty()) return all;
      EXPECT_LE(page->size(), query.limit);
      for (const KeyHit& hit : *page) all.push_back(hit.place());
      query.after = all.back();
    }
  };
  const auto whole = read({"", "PO-1", {}, ListQuery::max_limit});
  ASSERT_EQ(whole.size(), 3U * messages);
  EXPECT_TRUE(std::ranges::is_sorted(whole, [](const auto& a, const auto& b) { return a.is_before(b); }));
  for (std::uint32_t limit : {1U, 2U, 4U, 14U, 15U}) EXPECT_EQ(read({"", "PO-1", {}, limit}), whole) << limit;
  EXPECT_EQ(read({"order", "PO-1", {}, 3}).size(), 2U * messages);
  EXPECT_EQ(read({"", "PO-1", {"default", "globex"}, 2}).size(), 3U);
  EXPECT_TRUE(read({"", "PO-1", {"other", {}}, 2}).empty());
}

TEST(HitPlace, IsACursor) {
  const HitPlace place{*parse_message_id("m03F7ZK2M9Q0X4"), 12, "order.of"};
  EXPECT_EQ(parse_hit_place(text(place)), place);
  for (const char* wrong : {"", "m03F7ZK2M9Q0X4", "m03F7ZK2M9Q0X4.1", "m03F7ZK2M9Q0X4..order", "x.1.order", "m03F7ZK2M9Q0X4.-1.order",
                            "m03F7ZK2M9Q0X4.99999999999.order"})
    EXPECT_FALSE(parse_hit_place(wrong)) << wrong;
}

TEST_P(EachJournalTest, TheSameClaimGivesTheFirstAnswerAlsoAfterARestart) {
  const Admitted first = admit(admission("k1", "F-1", {}));
  open();
  const Admitted again = admit(admission("k1", "F-1", {planned(1, "erp")}));
  EXPECT_EQ(again.kind, AnswerKind::duplicate);
  EXPECT_EQ(again.message, first.message);
  const Admitted other = admit(admission("k1", "F-2", {planned(1, "erp")}));
  EXPECT_EQ(other.kind, AnswerKind::conflict);
  EXPECT_EQ(journal().list({})->size(), 1U);
  const auto seen = journal().find_claim("default", {"http/acme", "k1"}, sha256("body of F-1"));
  ASSERT_TRUE(seen && *seen);
  EXPECT_EQ((*seen)->message, first.message);
}

TEST_P(EachJournalTest, OneBatchWithTheSameClaimTwiceBooksOnce) {
  std::vector<Admission> batch;
  batch.push_back(admission("k1", "F-1", {}));
  batch.push_back(admission("k1", "F-1", {}));
  const auto result =
      wait_for<Admitted>([&](auto done) { journal().admit(std::move(batch), std::move(done)); });
  ASSERT_TRUE(result);
  EXPECT_EQ((*result)[0].kind, AnswerKind::accepted);
  EXPECT_EQ((*result)[1].kind, AnswerKind::duplicate);
}

TEST_P(EachJournalTest, DeliversAndSettles) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp"), planned(1, "archive")}));
  const auto erp = claim("erp");
  ASSERT_EQ(erp.size(), 1U);
  EXPECT_EQ(erp[0].fence, 1);
  EXPECT_EQ(erp[0].partner, "acme");
  EXPECT_TRUE(claim("erp").empty()) << "it is leased";
  record(erp[0], DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivering);
  record(claim("archive").at(0), DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
}

TEST_P(EachJournalTest, AdmissionLeasesToItsCaller) {
  Admission one = admission("k1", "F-1", {planned(1, "erp")});
  one.lease = lease();
  const Admitted answer = admit(std::move(one));
  ASSERT_EQ(answer.claimed.size(), 1U);
  EXPECT_TRUE(claim("erp").empty());
  record(answer.claimed[0], DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
}

TEST_P(EachJournalTest, AFailedAttemptWaitsForItsDueTime) {
  admit(admission("k1", "F-1", {planned(1, "erp")}));
  record(claim("erp").at(0), DeliveryState::due, unreachable);
  EXPECT_TRUE(claim("erp").empty());
  clock.advance(std::chrono::seconds(11));
  const auto again = claim("erp");
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attempts, 1U);
  EXPECT_EQ(again[0].fence, 2);
}

TEST_P(EachJournalTest, AHolderWhoseLeaseRanOutCannotSettle) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  const auto first = claim("erp").at(0);
  clock.advance(std::chrono::seconds(61));
  const auto second = claim("erp").at(0);
  EXPECT_GT(second.fence, first.fence);
  record(first, DeliveryState::parked, unreachable);
  EXPECT_EQ(state_of(answer.message), MessageState::delivering);
  record(second, DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
}

TEST_P(EachJournalTest, WhatACrashLeftIsGivenBack) {
  admit(admission("k1", "F-1", {planned(1, "erp")}));
  claim("erp");
  open();
  ASSERT_TRUE(journal().give_back("node-1"));
  EXPECT_EQ(claim("erp").size(), 1U);
}

TEST_P(EachJournalTest, ALaneGoesInOrder) {
  admit(admission("k1", "F-1", {planned(1, "erp", "PO-1")}));
  admit(admission("k2", "F-2", {planned(1, "erp", "PO-1")}));
  admit(admission("k3", "F-3", {planned(1, "erp", "PO-2")}));
  const auto first = claim("erp");
  ASSERT_EQ(first.size(), 2U) << "one for each lane";
  EXPECT_EQ(first[0].number, "F-1");
  EXPECT_EQ(first[1].number, "F-3");
  record(first[0], DeliveryState::due, unreachable);
  EXPECT_TRUE(claim("erp").empty()) << "the second of the lane waits for the retry of the first";
  clock.advance(std::chrono::seconds(11));
  const auto again = claim("erp");
  ASSERT_EQ(again.size(), 1U);
  const auto next = record(again[0], DeliveryState::delivered);
  ASSERT_EQ(next.size(), 1U) << "the next of the lane is handed on in the same transaction";
  EXPECT_EQ(next[0].number, "F-2");
}

TEST_P(EachJournalTest, APoisonedDeliveryFreesItsLaneUnlessItHolds) {
  admit(admission("k1", "F-1", {planned(1, "erp", "PO-1")}));
  admit(admission("k2", "F-2", {planned(1, "erp", "PO-1")}));
  const Admitted third = admit(admission("k3", "F-3", {planned(1, "erp", "PO-1")}));
  const auto second = record(claim("erp").at(0), DeliveryState::parked, unreachable);
  ASSERT_EQ(second.size(), 1U);
  const auto waiting = [&] { return journal().show(third.message)->deliveries.at(0); };
  EXPECT_EQ(waiting().waits_for, second[0].id);
  EXPECT_FALSE(waiting().behind_parked);
  EXPECT_TRUE(record(second[0], DeliveryState::parked, unreachable, true).empty()) << "it holds the lane";
  EXPECT_TRUE(claim("erp").empty());
  EXPECT_EQ(waiting().waits_for, second[0].id);
  EXPECT_TRUE(waiting().behind_parked);
  ASSERT_TRUE(journal().act(std::vector<Action>{{ActionKind::cancel, {}, second[0].id, "anna", "wrong"}}));
  EXPECT_FALSE(waiting().waits_for.is_set());
  ASSERT_EQ(claim("erp").size(), 1U) << "cancelling it frees the lane";
}

TEST_P(EachJournalTest, AReleaseEntersItsLaneAgain) {
  const Admitted first = admit(admission("k1", "F-1", {planned(1, "erp", "PO-1")}));
  admit(admission("k2", "F-2", {planned(1, "erp", "PO-1")}));
  EXPECT_TRUE(record(claim("erp").at(0), DeliveryState::parked, unreachable, true).empty());
  ASSERT_TRUE(journal().act(std::vector<Action>{{ActionKind::release, first.message, {}, "anna", ""}}));
  const auto held = claim("erp");
  ASSERT_EQ(held.size(), 1U) << "the one that held the lane goes first";
  EXPECT_EQ(held[0].number, "F-1");
  const auto next = record(held[0], DeliveryState::parked, unreachable);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].number, "F-2");
  ASSERT_TRUE(journal().act(std::vector<Action>{{ActionKind::release, first.message, {}, "anna", ""}}));
  EXPECT_TRUE(claim("erp").empty()) << "released behind the one that is on its way";
  ASSERT_EQ(record(next[0], DeliveryState::delivered).size(), 1U);
}

TEST_P(EachJournalTest, ParkedWorkIsGroupedAndReleased) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  record(claim("erp").at(0), DeliveryState::parked, unreachable);
  EXPECT_EQ(state_of(answer.message), MessageState::parked);
  const auto groups = journal().parked({});
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 1U);
  EXPECT_EQ((*groups)[0].code, "DELIVER-0001");
  EXPECT_EQ((*groups)[0].target, "erp");
  EXPECT_FALSE((*groups)[0].finding.remedy.empty());
  ParkedQuery erp;
  erp.code = "DELIVER-0001";
  erp.target = "erp";
  EXPECT_EQ(journal().parked_items(erp)->size(), 1U);
  const std::vector<Action> release = {{ActionKind::release, answer.message, {}, "anna", "erp is back"}};
  const auto dry = journal().would(release);
  ASSERT_TRUE(dry);
  EXPECT_EQ((*dry)[0].deliveries.size(), 1U);
  EXPECT_EQ(state_of(answer.message), MessageState::parked) << "a dry run changes nothing";
  ASSERT_TRUE(journal().act(release));
  EXPECT_EQ(state_of(answer.message), MessageState::delivering);
  record(claim("erp").at(0), DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
  const auto steps = journal().timeline(answer.message);
  EXPECT_TRUE(
      std::ranges::any_of(*steps, [](const Step& s) { return s.what == "released" && s.who == "anna"; }));
}

TEST_P(EachJournalTest, TheSlowPathAdmitsFirstAndUnderstandsLater) {
  Admission one = admission("k1", "F-1", {});
  one.understanding.reset();
  const Admitted answer = admit(std::move(one));
  EXPECT_EQ(answer.state, MessageState::admitted);
  const auto pending =
      wait_for<PendingMessage>([&](auto done) { journal().claim_pending(10, lease(), std::move(done)); });
  ASSERT_TRUE(pending);
  ASSERT_EQ(pending->size(), 1U);
  EXPECT_EQ(journal().body((*pending)[0].body), "body of F-1");
  Settlement settlement;
  settlement.message = answer.message;
  settlement.understanding.documents.push_back(document(1, "F-1"));
  settlement.understanding.deliveries.push_back(planned(1, "erp"));
  const auto settled = wait_for<Admitted>([&](auto done) {
    std::vector<Settlement> batch;
    batch.push_back(settlement);
    batch.push_back(settlement);
    journal().settle(std::move(batch), std::move(done));
  });
  ASSERT_TRUE(settled);
  EXPECT_EQ((*settled)[0].state, MessageState::delivering);
  EXPECT_EQ((*settled)[1].kind, AnswerKind::refused) << "the second understanding comes too late";
  EXPECT_EQ(claim("erp").size(), 1U);
  EXPECT_EQ(journal().find_by_key({"invoice", "F-1", {}, 10})->size(), 1U);
}

TEST_P(EachJournalTest, AMessageIsSettledInPartsAndGoesOnWhereItStopped) {
  Admission one = admission("k1", "F-1", {});
  one.understanding.reset();
  const Admitted answer = admit(std::move(one));
  const auto settle = [&](std::uint32_t ordinal, std::uint32_t after, bool last) {
    Settlement part;
    part.message = answer.message;
    part.understanding.documents.push_back(document(ordinal, "F-" + std::to_string(ordinal)));
    part.understanding.deliveries.push_back(planned(ordinal, "erp"));
    part.after = after;
    part.settled = ordinal;
    if (!last) part.more = lease();
    return wait_for<Admitted>([&](auto done) {
             std::vector<Settlement> batch;
             batch.push_back(std::move(part));
             journal().settle(std::move(batch), std::move(done));
           })
        .value()
        .at(0);
  };
  const auto pending = [&] {
    return wait_for<PendingMessage>([&](auto done) { journal().claim_pending(10, lease(), std::move(done)); })
        .value();
  };
  EXPECT_EQ(settle(1, 0, false).state, MessageState::admitted);
  record(claim("erp").at(0), DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::admitted) << "parts are missing";
  EXPECT_TRUE(pending().empty()) << "its reader holds it";
  open();
  ASSERT_TRUE(journal().give_back("node-1"));
  const auto again = pending();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].settled, 1U);
  EXPECT_EQ(settle(1, 0, false).kind, AnswerKind::refused) << "a second reader is behind";
  EXPECT_EQ(settle(2, 1, false).kind, AnswerKind::accepted);
  EXPECT_EQ(settle(2, 1, false).kind, AnswerKind::refused) << "once";
  EXPECT_EQ(settle(3, 2, true).state, MessageState::delivering);
  const auto rest = claim("erp");
  ASSERT_EQ(rest.size(), 2U);
  for (const ClaimedDelivery& delivery : rest) record(delivery, DeliveryState::delivered);
  EXPECT_EQ(state_of(answer.message), MessageState::delivered);
  EXPECT_EQ(journal().show(answer.message)->summary.documents, 3U);
  EXPECT_EQ(journal().show(answer.message)->summary.number, "F-1");
  EXPECT_EQ(journal().find_by_key({"invoice", "F-2", {}, 10})->size(), 1U);
}

TEST_P(EachJournalTest, AnInvalidPartRejectsOnlyWhereNothingIsOnItsWay) {
  for (const bool something : {true, false}) {
    Admission one = admission(something ? "k1" : "k2", "F-1", {});
    one.understanding.reset();
    const Admitted answer = admit(std::move(one));
    for (const bool last : {false, true}) {
      Settlement part;
      part.message = answer.message;
      part.understanding.documents.push_back(document(last ? 2 : 1, "F-1"));
      part.understanding.state = last ? MessageState::delivering : MessageState::rejected;
      part.understanding.why = last ? "" : "ROUTE-0002";
      if (last && something) part.understanding.deliveries.push_back(planned(2, "erp"));
      part.after = last ? 1 : 0;
      part.settled = last ? 2 : 1;
      if (!last) part.more = lease();
      ASSERT_TRUE(wait_for<Admitted>([&](auto done) {
        std::vector<Settlement> batch;
        batch.push_back(std::move(part));
        journal().settle(std::move(batch), std::move(done));
      }));
    }
    EXPECT_EQ(state_of(answer.message), something ? MessageState::parked : MessageState::rejected);
    EXPECT_EQ(journal().show(answer.message)->summary.why, "ROUTE-0002");
  }
}

TEST_P(EachJournalTest, TenantsDoNotMeet) {
  Admission own = admission("k1", "F-1", {});
  Admission foreign = admission("k1", "F-1", {});
  foreign.incoming.tenant = "nordwind";
  EXPECT_EQ(admit(std::move(own)).kind, AnswerKind::accepted);
  EXPECT_EQ(admit(std::move(foreign)).kind, AnswerKind::accepted);
}

TEST_P(EachJournalTest, ReplayUnderstandsAgainAndPlansAnew) {
  const Admitted answer = admit(admission("k1", "F-1", {planned(1, "erp")}));
  record(claim("erp").at(0), DeliveryState::delivered);
  const auto done =
      journal().act(std::vector<Action>{{ActionKind::replay, answer.message, {}, "anna", "table mended"}});
  ASSERT_TRUE(done);
  EXPECT_TRUE((*done)[0].said.empty()) << (*done)[0].said;
  EXPECT_EQ(state_of(answer.message), MessageState::admitted);
  Settlement settlement;
  settlement.message = answer.message;
  settlement.understanding.documents.push_back(document(1, "F-1"));
  settlement.understanding.deliveries.push_back(planned(1, "erp"));
  ASSERT_TRUE(wait_for<Admitted>([&](auto finished) {
    std::vector<Settlement> batch;
    batch.push_back(std::move(settlement));
    journal().settle(std::move(batch), std::move(finished));
  }));
  EXPECT_EQ(claim("erp").size(), 1U) << "a new delivery with a new id";
  EXPECT_EQ(journal().show(answer.message)->deliveries.size(), 2U);
}

TEST_P(EachJournalTest, NumbersAreGivenOnce) {
  EXPECT_EQ(journal().take_numbers("interchange", 10), 1);
  EXPECT_EQ(journal().take_numbers("interchange", 1), 11);
  open();
  EXPECT_EQ(journal().take_numbers("interchange", 1), 12);
}

TEST_P(EachJournalTest, KeyValueComparesBeforeItSets) {
  EXPECT_EQ(journal().put("k", std::nullopt, "1"), true);
  EXPECT_EQ(journal().put("k", std::nullopt, "2"), false);
  EXPECT_EQ(journal().put("k", "1", "3"), true);
  EXPECT_EQ(journal().put("k", "1", "4"), false);
  EXPECT_EQ(*journal().get("k"), "3");
}

TEST_P(EachJournalTest, TimersAreRowsWithADueTime) {
  ASSERT_TRUE(journal().set_timers(
      std::vector<Timer>{{"a", "1", clock.now() + std::chrono::seconds(5)}, {"b", "2", clock.now()}}));
  const auto due = journal().take_due_timers(10);
  ASSERT_TRUE(due);
  ASSERT_EQ(due->size(), 1U);
  EXPECT_EQ((*due)[0].name, "b");
  clock.advance(std::chrono::seconds(6));
  EXPECT_EQ(journal().take_due_timers(10)->size(), 1U);
  EXPECT_TRUE(journal().take_due_timers(10)->empty());
}

}  // namespace
}  // namespace purser::gateway
