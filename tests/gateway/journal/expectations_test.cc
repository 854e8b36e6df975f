// Acknowledgements that are awaited, and deliveries that expire.
#include <algorithm>

#include "gateway/attention/lookout.h"
#include "gateway/route/acknowledges.h"
#include "tests/gateway/journal/each_journal.h"

namespace purser::gateway {
namespace {

using Sort = Awaited::Sort;
using std::chrono::hours;

class ExpectationsTest : public EachJournalTest {
 protected:
  /// A delivery that arrived, and for which something is awaited within four hours of that.
  ClaimedDelivery arrived(const std::string& number, const Awaited& awaited, const std::vector<std::string>& keys,
                          const std::string& partner = {}) {
    admit(admission("k-" + number, number, {planned(1, "erp")}));
    const ClaimedDelivery delivery = claim("erp").at(0);
    Expectation one;
    one.delivery = delivery.id;
    one.message = delivery.message;
    one.awaited = awaited;
    one.within = hours(4);
    one.keys = keys;
    one.partner = partner;
    // Twice, as after a crash between this and the sending.
    EXPECT_TRUE(wait_for<bool>([&](auto done) { journal().expect({one, one}, std::move(done)); }));
    Attempt attempt;
    attempt.delivery = delivery.id;
    attempt.fence = delivery.fence;
    attempt.started = clock.now();
    attempt.next = DeliveryState::delivered;
    attempt.expects = true;
    EXPECT_TRUE(wait_for<ClaimedDelivery>([&](auto done) { journal().record({attempt}, lease(), std::move(done)); }));
    return delivery;
  }
  /// A document that answers comes in.
  MessageId comes(const std::string& number, const Acknowledges& answers) {
    Admission one = admission("a-" + number, number, {});
    one.understanding->documents[0].acknowledges = answers;
    return admit(std::move(one)).message;
  }
  ExpectationView only() {
    const auto all = journal().expectations({});
    EXPECT_TRUE(all && all->size() == 1) << (all ? all->size() : 0);
    return all && !all->empty() ? all->front() : ExpectationView{};
  }
  std::vector<Notice> look(const RouteTable& table = {}) {
    std::vector<Notice> notices;
    EXPECT_TRUE(look_out(journal(), table, [&](const Notice& one) { notices.push_back(one); }));
    return notices;
  }
  static inline const Awaited contrl{DocumentType::acknowledgement, Sort::technical};
};
INSTANTIATE_TEST_SUITE_P(Of, ExpectationsTest, ::testing::Values(Store::sqlite, Store::postgres),
                         [](const auto& of) { return of.param == Store::sqlite ? "Sqlite" : "Postgres"; });

TEST_P(ExpectationsTest, AnAnswerInTimeEndsIt) {
  arrived("F-1", contrl, {"interchange\x1fR\x1f" "17"});
  EXPECT_EQ(only().state, ExpectationState::waiting);
  EXPECT_EQ(only().due, clock.now() + hours(4));
  comes("C-1", {{{DocumentType::acknowledgement, Sort::content}}, {"interchange\x1fR\x1f" "17"}, false});
  EXPECT_EQ(only().state, ExpectationState::waiting) << "an acknowledgement of another sort";
  comes("C-2", {{contrl}, {"interchange\x1fR\x1f" "18"}, false});
  EXPECT_EQ(only().state, ExpectationState::waiting) << "about another interchange";
  const MessageId answer = comes("C-3", {{contrl}, {"interchange\x1fR\x1f" "17"}, false});
  EXPECT_EQ(only().state, ExpectationState::answered);
  EXPECT_EQ(only().answer, answer);
  clock.advance(hours(5));
  EXPECT_TRUE(look().empty());
}

TEST_P(ExpectationsTest, WhatDoesNotComeIsAnAlarmOnceAlsoAfterARestart) {
  const ClaimedDelivery delivery = arrived("F-1", contrl, {"invoice\x1f" "F-1"});
  open();
  EXPECT_TRUE(look().empty());
  clock.advance(hours(4));
  const auto notices = look();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].finding.code, "DELIVER-0014");
  EXPECT_NE(notices[0].finding.message.find("invoice F-1 within 4 h"), std::string::npos) << notices[0].finding.message;
  EXPECT_TRUE(look().empty()) << "told once";
  EXPECT_EQ(only().state, ExpectationState::overdue);
  const auto view = journal().show(delivery.message);
  ASSERT_EQ(view->documents.at(0).findings.size(), 1U);
  EXPECT_EQ(view->documents[0].findings[0].code, "DELIVER-0014");
  EXPECT_EQ(view->summary.state, MessageState::delivered) << "it did arrive";
  const auto steps = journal().timeline(delivery.message);
  EXPECT_TRUE(std::ranges::any_of(*steps, [](const Step& s) { return s.what == "overdue"; }));
  comes("C-1", {{contrl}, {"invoice\x1f" "F-1"}, false});
  EXPECT_EQ(only().state, ExpectationState::answered) << "late, and yet an answer";
}

TEST_P(ExpectationsTest, AnAnswerMayComeBeforeTheDeliveryIsRecorded) {
  admit(admission("k-1", "F-1", {planned(1, "erp")}));
  const ClaimedDelivery delivery = claim("erp").at(0);
  Expectation one{delivery.id, delivery.message, contrl, {}, hours(4), {"invoice\x1f" "F-1"}};
  ASSERT_TRUE(wait_for<bool>([&](auto done) { journal().expect({one}, std::move(done)); }));
  EXPECT_FALSE(only().due) << "the time does not run yet";
  comes("C-1", {{contrl}, {"invoice\x1f" "F-1"}, false});
  EXPECT_EQ(only().state, ExpectationState::answered);
}

TEST_P(ExpectationsTest, ARefusalIsAnAlarmAndAPersonCanEndOne) {
  const ClaimedDelivery delivery = arrived("F-1", contrl, {"invoice\x1f" "F-1"}, "acme");
  Admission stranger = admission("a-0", "C-0", {});
  stranger.incoming.partner = "other";
  stranger.understanding->documents[0].acknowledges = {{contrl}, {"invoice\x1f" "F-1"}, false};
  admit(std::move(stranger));
  EXPECT_EQ(only().state, ExpectationState::waiting) << "another partner answers nothing";
  comes("C-1", {{contrl}, {"invoice\x1f" "F-1"}, true});
  EXPECT_EQ(only().state, ExpectationState::refused);
  EXPECT_EQ(journal().show(delivery.message)->documents.at(0).findings.at(0).code, "DELIVER-0015");
  EXPECT_EQ(journal().waive(delivery.id, "default", "anna", "settled by phone"), true);
  EXPECT_EQ(only().state, ExpectationState::waived);
  EXPECT_EQ(journal().waive(delivery.id, "default", "anna", ""), false);
  ExpectationQuery open;
  open.open = true;
  EXPECT_TRUE(journal().expectations(open)->empty());
}

TEST_P(ExpectationsTest, WhatCouldNotBeSentForTooLongExpiresWithNotice) {
  const Admitted first = admit(admission("k1", "F-1", {planned(1, "erp", "PO-1")}));
  admit(admission("k2", "F-2", {planned(1, "erp", "PO-1"), planned(1, "app")}));
  RouteTable table;
  table.targets.resize(2);
  table.targets[0].name = "erp";
  table.targets[0].enabled = false;  // held: and yet its time runs
  table.targets[0].expires = hours(48);
  table.targets[1].name = "app";
  EXPECT_TRUE(look(table).empty());
  clock.advance(hours(49));
  admit(admission("k3", "F-3", {planned(1, "erp", "PO-1")}));
  const auto notices = look(table);
  ASSERT_EQ(notices.size(), 2U) << "the one behind in the lane, too; not the new one, not the other target's";
  EXPECT_EQ(notices[0].finding.code, "DELIVER-0016");
  EXPECT_EQ(state_of(first.message), MessageState::parked);
  const auto left = claim("erp");
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].number, "F-3");
  ASSERT_TRUE(journal().act(std::vector<Action>{{ActionKind::release, first.message, {}, "anna", "he wants it"}}));
  EXPECT_TRUE(look(table).empty()) << "a release begins anew";
}

TEST_P(ExpectationsTest, TwoMessagesWithOneInterchangeAreNotBothBooked) {
  std::vector<MessageId> messages;
  for (const char* key : {"k1", "k2"}) {
    Admission one = admission(key, "F-1", {});
    one.understanding.reset();
    messages.push_back(admit(std::move(one)).message);
  }
  // Both were looked up before either claim was made.
  const auto settled = wait_for<Admitted>([&](auto done) {
    std::vector<Settlement> batch;
    for (const MessageId message : messages) {
      Settlement one;
      one.message = message;
      one.understanding.documents.push_back(document(1, "F-1"));
      one.understanding.deliveries.push_back(planned(1, "erp"));
      one.claims = {{"interchange/A\x1f" "B", message.value == messages[0].value ? "16" : "15"},
                    {"interchange/A\x1f" "B", "17"}};
      batch.push_back(std::move(one));
    }
    journal().settle(std::move(batch), std::move(done));
  });
  ASSERT_TRUE(settled);
  EXPECT_EQ((*settled)[0].kind, AnswerKind::accepted);
  EXPECT_EQ((*settled)[1].kind, AnswerKind::conflict);
  EXPECT_EQ(claim("erp").size(), 1U);
  const auto seen = journal().find_claim("default", {"interchange/A\x1f" "B", "15"}, sha256("body of F-1"));
  EXPECT_FALSE(seen->has_value()) << "the loser makes none of its claims";
  const auto again =
      wait_for<PendingMessage>([&](auto done) { journal().claim_pending(10, lease(), std::move(done)); });
  ASSERT_EQ(again->size(), 1U) << "it is read again at once, and finds the claim";
  EXPECT_EQ((*again)[0].id, messages[1]);
}

TEST(Acknowledges, NamesTheDocumentsAndTheInterchangeItIsAbout) {
  Document order;
  order.type = DocumentType::purchase_order;
  order.origin = {"US", {}, "THEM", {}, "17", {}};
  const auto sent = keys_of_sent(DocumentType::purchase_order, "PO-1", &order);
  const auto meet = [&](const Acknowledges& answer) {
    return std::ranges::any_of(answer.keys, [&](const std::string& key) { return std::ranges::find(sent, key) != sent.end(); });
  };
  Document contrl;
  contrl.type = DocumentType::acknowledgement;
  contrl.canonical = R"({"document":"acknowledgement","number":"1","status":"rejected","interchange":"17",)"
                     R"("interchange_recipient":{"id":"THEM"},"technical":true})";
  EXPECT_TRUE(meet(acknowledged_by(contrl)));
  EXPECT_TRUE(acknowledged_by(contrl).refuses);
  EXPECT_EQ(acknowledged_by(contrl).as.back().sort, Sort::technical);
  contrl.canonical.replace(contrl.canonical.find("THEM"), 4, "ELSE");
  EXPECT_FALSE(meet(acknowledged_by(contrl))) << "somebody else's interchange 17";
  contrl.canonical = R"({"document":"acknowledgement","outgoing":true,"interchange":"17"})";
  EXPECT_TRUE(acknowledged_by(contrl).keys.empty()) << "made here";
  Document response;
  response.type = DocumentType::order_response;
  response.number = "PO-1";
  response.keys = {{"order_response", "PO-1"}, {"supplier", "PO-1"}};
  EXPECT_FALSE(meet(acknowledged_by(response))) << "its own number is nothing it answers";
  response.keys.push_back({"order", "PO-1"});
  EXPECT_TRUE(meet(acknowledged_by(response)));
}

}  // namespace
}  // namespace purser::gateway
