// Parked work: found, moved, replaced by an edited copy.
#include <algorithm>

#include "gateway/attention/chosen.h"
#include "gateway/attention/copy.h"
#include "tests/gateway/journal/each_journal.h"

namespace purser::gateway {
namespace {

class AttentionTest : public EachJournalTest {
 protected:
  /// A message that parks on its way to each of the targets.
  MessageId park(const std::string& number, const std::vector<std::string>& targets, const std::string& code) {
    std::vector<PlannedDelivery> deliveries;
    for (const std::string& target : targets) deliveries.push_back(planned(1, target));
    const Admitted answer = admit(admission("k-" + number, number, std::move(deliveries)));
    for (const std::string& target : targets) {
      for (const ClaimedDelivery& one : claim(target)) record(one, DeliveryState::parked, make_finding(code, {}, "no"));
    }
    return answer.message;
  }
  std::vector<ParkedItem> items(const ParkedQuery& query) {
    auto found = journal().parked_items(query);
    EXPECT_TRUE(found) << found.error().message;
    return found.value_or(std::vector<ParkedItem>());
  }
  /// Reads what is pending as one invoice for each number, planned to the targets.
  Admitted understand(MessageId message, const std::vector<std::string>& numbers,
                      const std::vector<std::string>& targets) {
    const auto pending =
        wait_for<PendingMessage>([&](auto done) { journal().claim_pending(10, lease(), std::move(done)); });
    EXPECT_TRUE(pending && pending->size() == 1 && pending->front().id == message);
    Settlement settlement;
    settlement.message = message;
    for (std::uint32_t i = 0; i < numbers.size(); ++i) {
      settlement.understanding.documents.push_back(document(i + 1, numbers[i]));
      for (const std::string& target : targets) settlement.understanding.deliveries.push_back(planned(i + 1, target));
    }
    const auto settled = wait_for<Admitted>([&](auto done) {
      std::vector<Settlement> batch;
      batch.push_back(std::move(settlement));
      journal().settle(std::move(batch), std::move(done));
    });
    EXPECT_TRUE(settled);
    return settled ? settled->front() : Admitted{};
  }
  std::expected<ActionResult, Status> resubmit(MessageId of, std::string_view bytes, bool everywhere = false) {
    Resubmission copy;
    copy.of = of;
    copy.everywhere = everywhere;
    copy.who = "anna";
    copy.why = "wrong supplier number";
    return resubmit_copy(journal(), *opened.bodies, copy, bytes);
  }
  bool was(MessageId message, std::string_view what, std::string_view who) {
    const auto steps = journal().timeline(message);
    return steps && std::ranges::any_of(*steps, [&](const Step& s) { return s.what == what && s.who == who; });
  }
};
INSTANTIATE_TEST_SUITE_P(Of, AttentionTest, ::testing::Values(Store::sqlite, Store::postgres),
                         [](const auto& of) { return of.param == Store::sqlite ? "Sqlite" : "Postgres"; });

TEST_P(AttentionTest, ParkedWorkIsFoundByEverythingAnOperatorKnows) {
  const MessageId first = park("F-1", {"erp", "app"}, "DELIVER-0001");
  const Instant between = clock.now() + std::chrono::seconds(1);
  clock.advance(std::chrono::hours(2));
  park("F-2", {"erp"}, "DELIVER-0003");
  const auto groups = journal().parked();
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 3U);
  EXPECT_FALSE(groups->front().finding.remedy.empty());

  struct Case {
    const char* what;
    ParkedQuery query;
    std::size_t found;
  };
  ParkedQuery query;
  std::vector<Case> cases = {{"everything", query, 3}};
  const auto with = [&](const char* what, auto change, std::size_t found) {
    ParkedQuery changed;
    change(changed);
    cases.push_back({what, changed, found});
  };
  with("cause", [](auto& q) { q.code = "DELIVER-0003"; }, 1);
  with("target", [](auto& q) { q.target = "erp"; }, 2);
  with("own number", [](auto& q) { q.key = "F-1"; }, 2);
  with("a key that both carry", [](auto& q) { q.key = "PO-1", q.key_kind = "order"; }, 3);
  with("key of another kind", [](auto& q) { q.key = "PO-1", q.key_kind = "invoice"; }, 0);
  with("partner", [](auto& q) { q.partner = "acme"; }, 3);
  with("another partner", [](auto& q) { q.partner = "nobody"; }, 0);
  with("another source", [](auto& q) { q.source = "sftp"; }, 0);
  with("before", [&](auto& q) { q.until = between; }, 2);
  with("after", [&](auto& q) { q.since = between; }, 1);
  for (const Case& one : cases) {
    EXPECT_EQ(items(one.query).size(), one.found) << one.what;
    std::uint64_t counted = 0;
    const auto groups_of = journal().parked(one.query).value();
    for (const ParkedGroup& group : groups_of) counted += group.count;
    EXPECT_EQ(counted, one.found) << one.what;
  }
  query.limit = 1;
  std::vector<std::string> seen;
  for (auto page = items(query); !page.empty(); page = items(query)) {
    seen.push_back(page[0].number + page[0].target);
    query.after = page[0].message;
    query.after_delivery = page[0].delivery;
  }
  std::ranges::sort(seen);
  EXPECT_EQ(seen, (std::vector<std::string>{"F-1app", "F-1erp", "F-2erp"}));
  EXPECT_EQ(items({})[0].message, first);
}

TEST_P(AttentionTest, AGroupIsReleasedAndNothingBesideIt) {
  const MessageId first = park("F-1", {"erp", "app"}, "DELIVER-0001");
  Chosen chosen;
  chosen.query.target = "erp";
  chosen.who = "anna";
  chosen.why = "erp is back";
  std::size_t told = 0;
  const auto tell = [&](auto list, auto results) {
    told += list.size();
    EXPECT_TRUE(results.empty());
  };
  EXPECT_EQ(move_chosen(journal(), chosen, 100, true, tell), 1U);
  EXPECT_EQ(told, 1U);
  EXPECT_EQ(items({}).size(), 2U) << "a dry run changes nothing";
  EXPECT_EQ(move_chosen(journal(), chosen, 100, false, [](auto, auto) {}), 1U);
  ASSERT_EQ(items({}).size(), 1U);
  EXPECT_EQ(items({})[0].target, "app");
  EXPECT_EQ(claim("erp").size(), 1U);
  EXPECT_TRUE(claim("app").empty());
  EXPECT_TRUE(was(first, "released", "anna"));
}

TEST_P(AttentionTest, AnEditedCopyStandsForTheFirstOneAndBothAreKept) {
  const MessageId first = park("F-1", {"erp"}, "DELIVER-0003");
  const auto made = resubmit(first, "mended body of F-1");
  ASSERT_TRUE(made) << made.error().message;
  ASSERT_TRUE(made->said.empty()) << made->said;
  EXPECT_NE(made->message, first);
  EXPECT_EQ(state_of(first), MessageState::cancelled);
  EXPECT_TRUE(items({}).empty());
  const auto again = resubmit(first, "mended body of F-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->message, made->message) << "the same copy again is the same message";

  understand(made->message, {"F-1"}, {"erp"});
  const auto sent = claim("erp");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].message, made->message);
  record(sent[0], DeliveryState::delivered);
  EXPECT_EQ(state_of(made->message), MessageState::delivered);
  const auto copy = journal().show(made->message);
  const auto original = journal().show(first);
  ASSERT_TRUE(copy && original);
  EXPECT_EQ(copy->resubmits, first);
  EXPECT_EQ(original->resubmitted_as, std::vector<MessageId>{made->message});
  EXPECT_EQ(journal().body(copy->body), "mended body of F-1");
  EXPECT_EQ(journal().body(original->body), "body of F-1");
  EXPECT_EQ(copy->summary.partner, "acme");
  EXPECT_TRUE(was(first, "resubmitted", "anna"));
  EXPECT_TRUE(was(made->message, "resubmitted", "anna"));
}

TEST_P(AttentionTest, WhatTheFirstOneDeliveredGoesOutNoSecondTime) {
  const Admitted first = admit(admission("k-1", "F-1", {planned(1, "erp"), planned(1, "app")}));
  record(claim("app").at(0), DeliveryState::delivered);
  record(claim("erp").at(0), DeliveryState::parked, make_finding("DELIVER-0003", {}, "no"));
  const auto made = resubmit(first.message, "mended");
  ASSERT_TRUE(made && made->said.empty());
  EXPECT_EQ(state_of(first.message), MessageState::delivered) << "one of it arrived, the other is replaced";
  // The copy has a document more, and the first one at another place.
  understand(made->message, {"F-0", "F-1"}, {"erp", "app"});
  EXPECT_EQ(claim("erp").size(), 2U);
  const auto app = claim("app");
  ASSERT_EQ(app.size(), 1U);
  EXPECT_EQ(app[0].number, "F-0");
}

TEST_P(AttentionTest, ACopyGoesEverywhereAgainIfThatIsSaid) {
  const Admitted first = admit(admission("k-1", "F-1", {planned(1, "app")}));
  EXPECT_FALSE(resubmit(first.message, "mended")->said.empty()) << "it is on its way";
  record(claim("app").at(0), DeliveryState::delivered);
  EXPECT_FALSE(resubmit(first.message, "mended")->said.empty()) << "nothing would go out";
  const auto made = resubmit(first.message, "mended", true);
  ASSERT_TRUE(made && made->said.empty());
  understand(made->message, {"F-1"}, {"app"});
  EXPECT_EQ(claim("app").size(), 1U);
}

TEST_P(AttentionTest, ACopyThatWasNotEditedIsRefused) {
  const MessageId first = park("F-1", {"erp"}, "DELIVER-0003");
  const auto refused = resubmit(first, "body of F-1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "JOURNAL-0010");
  EXPECT_FALSE(resubmit({first.value + 1}, "body")) << "there is no such message";
}

}  // namespace
}  // namespace purser::gateway
