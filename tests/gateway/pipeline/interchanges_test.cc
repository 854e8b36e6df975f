// Control references: the same interchange books once, another under the same reference parks, gaps are told.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

std::string order(const std::string& number, const std::string& reference, const std::string& sender = "S1") {
  return fmt::format(
      R"({{"document":"purchase_order","model":"1.0","number":"{}","issue_date":"2026-11-20",)"
      R"("envelope":{{"sender":{{"id":"{}","scheme":"14"}},"recipient":{{"id":"R"}},"reference":"{}"}},)"
      R"("buyer":{{"name":"Acme"}},"seller":{{"name":"Bolt"}}}})",
      number, sender, reference);
}

class InterchangesTest : public ::testing::Test {
 protected:
  void start(References use = References::unique) {
    RouteTable table = table_to(receiver.url());
    if (use != References::unique) table.references["acme"] = use;
    node = std::make_unique<Node>(folder.path(), std::make_shared<const RouteTable>(std::move(table)), files);
  }
  Answer submit(const std::string& key, const std::string& body) {
    Incoming incoming = Node::incoming(key, body);
    incoming.partner = "acme";
    return node->engine->submit_and_wait(std::move(incoming));
  }
  std::vector<std::string> codes(MessageId id) {
    std::vector<std::string> all;
    const auto view = node->opened.journal->show(id);
    if (!view) return all;
    for (const Finding& finding : view->findings) {
      if (finding.code.starts_with("ROUTE")) all.push_back(finding.code);
    }
    return all;
  }

  TemporaryFolder folder;
  SystemFiles files;
  Receiver receiver;
  std::unique_ptr<Node> node;
};

using Codes = std::vector<std::string>;

TEST_F(InterchangesTest, TheSameInterchangeBooksOnceWhateverItsKey) {
  start();
  const Answer first = submit("k1", order("1", "77"));
  ASSERT_EQ(first.kind, AnswerKind::accepted);
  const Answer again = submit("k2", order("1", "77"));
  EXPECT_EQ(again.kind, AnswerKind::duplicate);
  EXPECT_EQ(again.message, first.message);
  EXPECT_EQ(submit("k3", order("2", "78")).kind, AnswerKind::accepted);
  EXPECT_EQ(submit("k4", order("1", "77", "S2")).kind, AnswerKind::accepted) << "another sender's reference";
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 3U);
}

TEST_F(InterchangesTest, OtherContentUnderTheSameReferenceParks) {
  start();
  ASSERT_EQ(submit("k1", order("1", "77")).kind, AnswerKind::accepted);
  const Answer other = submit("k2", order("2", "77"));
  EXPECT_EQ(other.kind, AnswerKind::accepted) << "nothing vanishes";
  EXPECT_EQ(other.state, MessageState::parked);
  EXPECT_EQ(codes(other.message), Codes{"ROUTE-0010"});
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 1U);
}

TEST_F(InterchangesTest, LargeMessagesAreLookedAtWhenTheyAreRead) {
  EngineOptions options;
  options.fast_path_limit = 10;
  node = std::make_unique<Node>(folder.path(), std::make_shared<const RouteTable>(table_to(receiver.url())), files,
                                options);
  const MessageId first = submit("k1", order("1", "77")).message;
  ASSERT_TRUE(node->settle());
  const MessageId again = submit("k2", order("1", "77")).message;
  const MessageId other = submit("k3", order("2", "77")).message;
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(codes(first), Codes{});
  EXPECT_EQ(codes(again), Codes{"ROUTE-0013"});
  EXPECT_EQ(codes(other), Codes{"ROUTE-0010"});
  EXPECT_EQ(receiver.booked().size(), 1U);

  ASSERT_TRUE(node->opened.journal->act(std::vector<Action>{{ActionKind::release, other, {}, "anna", "both count"}}));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 2U) << "a person decides";
}

TEST_F(InterchangesTest, APartnerWhoBeginsAgainIsTakenAtHisWord) {
  start(References::reused);
  ASSERT_EQ(submit("k1", order("1", "1")).kind, AnswerKind::accepted);
  const Answer other = submit("k2", order("2", "1"));
  EXPECT_EQ(other.kind, AnswerKind::accepted);
  EXPECT_NE(other.state, MessageState::parked);
  EXPECT_EQ(codes(other.message), Codes{});
}

TEST_F(InterchangesTest, NumbersLeftOutAreTold) {
  start(References::consecutive);
  EXPECT_EQ(codes(submit("k1", order("1", "0041")).message), Codes{});
  EXPECT_EQ(codes(submit("k2", order("2", "0042")).message), Codes{});
  const Answer gap = submit("k3", order("3", "0045"));
  EXPECT_NE(gap.state, MessageState::parked);
  EXPECT_EQ(codes(gap.message), Codes{"ROUTE-0011"});
  EXPECT_EQ(codes(submit("k4", order("4", "0043")).message), Codes{"ROUTE-0012"});
  EXPECT_EQ(codes(submit("k5", order("5", "0046")).message), Codes{});
  EXPECT_EQ(codes(submit("k6", order("6", "A-7")).message), Codes{}) << "no number, no gap";
}

TEST_F(InterchangesTest, DocumentsWithoutAReferenceAreNoInterchange) {
  start();
  ASSERT_EQ(submit("k1", order_json("1")).kind, AnswerKind::accepted);
  EXPECT_EQ(submit("k2", order_json("1")).kind, AnswerKind::accepted);
}

TEST_F(InterchangesTest, ContentIsAnsweredWhereTheSourceSaysSo) {
  RouteTable table = table_to(receiver.url());
  table.routes[0].match.fields = {{"outgoing", "true"}};  // back to the sender: nothing else is routed
  const std::string source = Node::incoming("", "").source;
  table.acknowledging[source] = {"", true};
  node = std::make_unique<Node>(folder.path(), std::make_shared<const RouteTable>(std::move(table)), files);
  const Answer answer = submit("k1", order("4711", "77"));
  ASSERT_TRUE(node->settle());
  const auto view = node->opened.journal->show(answer.message);
  ASSERT_TRUE(view.has_value());
  EXPECT_EQ(view->documents.size(), 2U);
  const auto booked = receiver.booked();
  ASSERT_EQ(booked.size(), 1U);
  const std::string& body = booked.begin()->second;
  EXPECT_NE(body.find(R"("document":"acknowledgement")"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("status":"accepted")"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("recipient":{"id":"S1","scheme":"14"})"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("number":"4711","scheme":"ON")"), std::string::npos) << body;
}

}  // namespace
}  // namespace purser::gateway
