#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>

#include "tests/gateway/pipeline/engine_fixture.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(EngineTest, ADocumentGoesAllTheWay) {
  Receiver receiver;
  start(table_to(receiver.url()));
  const Answer answer = submit("k1", order_json("4711"));
  ASSERT_EQ(answer.kind, AnswerKind::accepted) << answer.status.message;
  EXPECT_EQ(answer.state, MessageState::delivering);
  ASSERT_TRUE(node->settle());
  const MessageView view = show(answer.message);
  EXPECT_EQ(view.summary.state, MessageState::delivered);
  EXPECT_EQ(view.summary.number, "4711");
  const auto booked = receiver.booked();
  ASSERT_EQ(booked.size(), 1U);
  EXPECT_EQ(booked.begin()->first, text(view.deliveries.at(0).id));
  EXPECT_THAT(booked.begin()->second, HasSubstr("\"number\":\"4711\""));
  EXPECT_EQ(node->opened.journal->find_by_key({"", "4711", {}, 5})->size(), 1U);
  EXPECT_EQ(receiver.requests().at(0).content_type, "application/json");
}

// A rule of the route's pack: fatal parks, a warning goes.
TEST_F(EngineTest, ADocumentThatBreaksAFatalRuleOfItsRouteParksAndAWarningDoesNot) {
  Receiver receiver;
  RouteTable table = table_to(receiver.url());
  table.routes.at(0).rules = {"peppol"};
  start(table);
  const Answer good = submit("k1", order_json("1"));  // PEPPOL-T01-R002: no end of validity
  std::string text = order_json("2");
  text.insert(text.rfind('}'),
              R"(,"lines":[{"number":"1","quantity":{"value":"-1"},"item":{"name":"Bolt"}}])");
  const Answer bad = submit("k2", text);  // PEPPOL-T01-R004: less than nothing is ordered
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(good.message).summary.state, MessageState::delivered);
  EXPECT_EQ(show(bad.message).summary.state, MessageState::parked);
  EXPECT_EQ(receiver.booked().size(), 1U);
  const auto codes_of = [&](MessageId id) {
    std::set<std::string> codes;
    for (const auto& document : show(id).documents) {
      for (const Finding& finding : document.findings) codes.insert(finding.code);
    }
    return codes;
  };
  EXPECT_THAT(codes_of(good.message), ::testing::Contains("PEPPOL-T01-R002"));
  EXPECT_THAT(codes_of(bad.message), ::testing::Contains("PEPPOL-T01-R004"));
}

TEST_F(EngineTest, TheSameKeyBooksOnceAndOtherContentIsAConflict) {
  Receiver receiver;
  start(table_to(receiver.url()));
  const Answer first = submit("k1", order_json("1"));
  const Answer again = submit("k1", order_json("1"));
  EXPECT_EQ(again.kind, AnswerKind::duplicate);
  EXPECT_EQ(again.message, first.message);
  EXPECT_EQ(submit("k1", order_json("2")).kind, AnswerKind::conflict);
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 1U);
}

TEST_F(EngineTest, AFailingReceiverIsTriedAgainWithTheSameBytes) {
  std::atomic<int> calls = 0;
  Receiver receiver([&](const Receiver::Request&) { return Receiver::Reply{++calls < 4 ? 503 : 200, {}}; });
  start(table_to(receiver.url(), "upper"));
  const Answer answer = submit("k1", order_json("1"));
  ASSERT_TRUE(node->settle());
  const MessageView view = show(answer.message);
  EXPECT_EQ(view.summary.state, MessageState::delivered);
  ASSERT_EQ(view.deliveries.at(0).attempts.size(), 4U);
  EXPECT_EQ(view.deliveries[0].attempts[0].answer, 503);
  EXPECT_EQ(node->connectors.encoded, 1) << "written once, sent four times";
  for (const auto& request : receiver.requests()) EXPECT_EQ(request.body, "UPPER 1 1");
  EXPECT_EQ(receiver.requests().at(0).content_type, "text/upper");
}

TEST_F(EngineTest, ARetryDoesNotWaitForThePoll) {
  std::atomic<int> calls = 0;
  Receiver receiver([&](const Receiver::Request&) { return Receiver::Reply{++calls < 3 ? 503 : 200, {}}; });
  EngineOptions options;
  options.poll = std::chrono::hours(1);
  start(table_to(receiver.url()), options);
  submit("k1", order_json("1"));
  submit("k2", order_json("2"));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 2U);
}

TEST_F(EngineTest, ARefusalParksWithWhatTheReceiverSaid) {
  Receiver receiver([](const Receiver::Request&) { return Receiver::Reply{422, {}}; });
  start(table_to(receiver.url()));
  const Answer answer = submit("k1", order_json("1"));
  ASSERT_TRUE(node->settle());
  const MessageView view = show(answer.message);
  EXPECT_EQ(view.summary.state, MessageState::parked);
  ASSERT_TRUE(view.deliveries.at(0).finding);
  EXPECT_EQ(view.deliveries[0].finding->code, "DELIVER-0003");
  EXPECT_EQ(view.deliveries[0].attempts.size(), 1U);
}

TEST_F(EngineTest, ARedirectIsAFailure) {
  Receiver receiver([](const Receiver::Request&) {
    return Receiver::Reply{302, "Location: http://127.0.0.1:1/\r\n"};
  });
  start(table_to(receiver.url()));
  const Answer answer = submit("k1", order_json("1"));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(answer.message).deliveries.at(0).finding->code, "DELIVER-0005");
}

TEST_F(EngineTest, AUsedUpBudgetParksAndReleaseTriesAgain) {
  std::atomic<bool> up = false;
  Receiver receiver([&](const Receiver::Request&) { return Receiver::Reply{up ? 200 : 500, {}}; });
  start(table_to(receiver.url()));
  const Answer answer = submit("k1", order_json("1"));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(answer.message).deliveries.at(0).finding->code, "DELIVER-0006");
  EXPECT_EQ(show(answer.message).deliveries.at(0).attempts.size(), 8U);
  up = true;
  ASSERT_TRUE(
      node->opened.journal->act(std::vector<Action>{{ActionKind::release, answer.message, {}, "anna", ""}}));
  ASSERT_TRUE(Node::wait([&] { return show(answer.message).summary.state == MessageState::delivered; }));
}

TEST_F(EngineTest, PrivateAddressesAreRefusedUnlessAllowed) {
  Receiver receiver;
  RouteTable table = table_to(receiver.url());
  std::get<HttpTarget>(table.targets[0].where).allow_private_addresses = false;
  start(table);
  const Answer answer = submit("k1", order_json("1"));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(answer.message).deliveries.at(0).finding->code, "DELIVER-0007");
  EXPECT_TRUE(receiver.requests().empty());
}

TEST_F(EngineTest, WhatCannotBeReadParksWithTheCauseAndTheNeighboursDoNotNotice) {
  Receiver receiver;
  start(table_to(receiver.url()));
  const Answer crash = submit("k1", "UPPER crash");
  EXPECT_EQ(crash.kind, AnswerKind::accepted);
  EXPECT_EQ(crash.state, MessageState::parked);
  EXPECT_EQ(show(crash.message).summary.why, "HOST-CRASH");
  const Answer unknown = submit("k2", "???");
  EXPECT_EQ(show(unknown.message).summary.why, "ROUTE-0007");
  const Answer broken = submit("k3", R"({"document":"purchase_order","number":)");
  EXPECT_EQ(broken.state, MessageState::parked);
  const Answer good = submit("k4", "UPPER 12");
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(good.message).summary.state, MessageState::delivered);
}

TEST_F(EngineTest, AnInvalidDocumentParksOrIsRejectedAsItsSourceSays) {
  Receiver receiver;
  start(table_to(receiver.url()));
  const std::string invalid = R"({"document":"purchase_order","model":"1.0","number":"1"})";
  const Answer parked = submit("k1", invalid);
  EXPECT_EQ(parked.state, MessageState::parked);
  EXPECT_FALSE(parked.findings.empty());
  Incoming in = Node::incoming("k2", invalid);
  in.reject_invalid = true;
  const Answer rejected = node->engine->submit_and_wait(std::move(in));
  EXPECT_EQ(rejected.state, MessageState::rejected);
  EXPECT_TRUE(receiver.requests().empty());
}

TEST_F(EngineTest, WithoutARouteItParksAndAReleaseAfterTheReloadSendsIt) {
  Receiver receiver;
  RouteTable none = table_to(receiver.url());
  none.routes[0].match.document = "invoice";
  start(none);
  const Answer answer = submit("k1", order_json("1"));
  EXPECT_EQ(answer.state, MessageState::parked);
  EXPECT_EQ(show(answer.message).summary.why, "ROUTE-0001");
  node->router.swap(share(table_to(receiver.url())));
  ASSERT_TRUE(
      node->opened.journal->act(std::vector<Action>{{ActionKind::release, answer.message, {}, "anna", ""}}));
  ASSERT_TRUE(Node::wait([&] { return show(answer.message).summary.state == MessageState::delivered; }));
  EXPECT_EQ(receiver.booked().size(), 1U);
}

TEST_F(EngineTest, ADocumentThatCannotBeWrittenParks) {
  Receiver receiver;
  RouteTable table = table_to(receiver.url(), "upper");
  table.routes[0].format = R"({"message":"refuse"})";
  start(table);
  const Answer answer = submit("k1", order_json("1"));
  EXPECT_EQ(answer.state, MessageState::parked);
  EXPECT_EQ(show(answer.message).deliveries.at(0).finding->code, "DELIVER-0009");
}

TEST_F(EngineTest, ASlowConnectorDelaysNobodysAcceptance) {
  Receiver receiver;
  EngineOptions options;
  options.workers = 1;
  options.fast_path_deadline = std::chrono::milliseconds(30);
  start(table_to(receiver.url()), options);
  const auto began = std::chrono::steady_clock::now();
  const Answer slow = submit("k1", "UPPER slow");
  EXPECT_EQ(slow.kind, AnswerKind::accepted);
  EXPECT_EQ(slow.state, MessageState::admitted);
  EXPECT_LT(std::chrono::steady_clock::now() - began, node->connectors.slow_for)
      << "durable before it is understood";
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(slow.message).summary.state, MessageState::delivered);
  EXPECT_EQ(receiver.booked().size(), 1U);
}

TEST_F(EngineTest, WhatWaitsForAThreadIsReadTogetherAndEachIsItsOwn) {
  Receiver receiver;
  EngineOptions options;
  options.workers = 1;
  start(table_to(receiver.url()), options);
  constexpr int count = 9;
  std::mutex mutex;
  std::map<std::string, Answer> answers;
  for (int i = 0; i < count; ++i) {
    const std::string key = "k" + std::to_string(i);
    // The first keeps the thread while the others arrive; one crashes, one comes twice.
    std::string text = std::to_string(i == 8 ? 7 : i);
    if (i == 0) text = "slow";
    if (i == 3) text = "crash";
    Incoming in = Node::incoming(i == 8 ? "k7" : key, "UPPER " + text);
    in.format = i == 5 ? "" : "upper";
    node->engine->submit(std::move(in), [&, key](Answer answer) {
      const std::lock_guard lock(mutex);
      answers[key] = std::move(answer);
    });
  }
  ASSERT_TRUE(Node::wait([&] {
    const std::lock_guard lock(mutex);
    return answers.size() == count;
  }));
  ASSERT_TRUE(node->settle());
  EXPECT_GE(node->connectors.together, 4U);
  EXPECT_EQ(answers.at("k8").kind, AnswerKind::duplicate);
  EXPECT_EQ(answers.at("k8").message, answers.at("k7").message);
  for (int i = 0; i < 8; ++i) {
    const MessageSummary summary = show(answers.at("k" + std::to_string(i)).message).summary;
    EXPECT_EQ(summary.state, i == 3 ? MessageState::parked : MessageState::delivered) << i;
    EXPECT_EQ(summary.number, i == 0 ? "slow" : i == 3 ? "" : std::to_string(i));
  }
  EXPECT_EQ(receiver.booked().size(), 7U);
}

TEST_F(EngineTest, ABusyConnectorIsAskedAgain) {
  Receiver receiver;
  EngineOptions options;
  options.lease = std::chrono::seconds(8);
  start(table_to(receiver.url()), options);
  node->connectors.busy = true;
  const Answer answer = submit("k1", "UPPER busy");
  EXPECT_EQ(answer.state, MessageState::admitted);
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(answer.message).summary.state, MessageState::delivered);
}

TEST_F(EngineTest, ALargeBodyIsAdmittedFirst) {
  Receiver receiver;
  EngineOptions options;
  options.fast_path_limit = 100;
  start(table_to(receiver.url()), options);
  EXPECT_EQ(submit("k1", order_json("1")).state, MessageState::admitted);
  auto body = node->engine->open_body("default");
  ASSERT_TRUE(body);
  const std::string json = order_json("22");
  ASSERT_TRUE((*body)->write(json.substr(0, 50)));
  ASSERT_TRUE((*body)->write(json.substr(50)));
  Incoming in = Node::incoming("k2", {});
  in.staged = *(*body)->finish();
  in.staged_hash = (*body)->hash();
  EXPECT_EQ(in.staged_hash, sha256(json));
  EXPECT_EQ(node->engine->submit_and_wait(std::move(in)).kind, AnswerKind::accepted);
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 2U);
}

TEST_F(EngineTest, AnInterchangeOfManyDocumentsIsSettledInPartsAcrossAStop) {
  constexpr int count = 1100;
  Receiver receiver;
  EngineOptions options;
  options.fast_path_limit = 100;
  std::string body;
  for (int i = 1; i <= count; ++i) body += order_json(std::to_string(i)) + "\n";
  start(table_to(receiver.url()), options);
  const Answer answer = submit("k1", body);
  ASSERT_EQ(answer.state, MessageState::admitted);
  ASSERT_TRUE(Node::wait([&] { return !show(answer.message).documents.empty(); }));
  node.reset();
  start(table_to(receiver.url()), options);
  ASSERT_TRUE(node->settle());
  const MessageView view = show(answer.message);
  EXPECT_EQ(view.summary.state, MessageState::delivered);
  EXPECT_EQ(view.summary.documents, static_cast<std::uint32_t>(count));
  EXPECT_EQ(view.deliveries.size(), static_cast<std::size_t>(count)) << "once";
  EXPECT_EQ(receiver.booked().size(), static_cast<std::size_t>(count));
}

TEST_F(EngineTest, OrderIsKeptWithinALane) {
  std::atomic<int> calls = 0;
  Receiver receiver([&](const Receiver::Request&) {
    return Receiver::Reply{++calls % 3 == 0 ? 503 : 200, {}};
  });
  RouteTable table = table_to(receiver.url());
  table.routes[0].lane = {"order_reference.number"};
  start(table);
  constexpr int count = 60;
  for (int i = 10; i < 10 + count; ++i) {
    ASSERT_EQ(submit("k" + std::to_string(i), order_json(std::to_string(i))).kind, AnswerKind::accepted);
  }
  ASSERT_TRUE(node->settle());
  std::vector<std::string> arrived;
  std::map<std::string, std::string> seen;
  for (const auto& request : receiver.requests()) {
    if (receiver.booked().contains(request.id) && seen.emplace(request.id, request.body).second) {
      const auto at = request.body.find("\"number\":\"") + 10;
      arrived.push_back(request.body.substr(at, 2));
    }
  }
  EXPECT_EQ(arrived.size(), static_cast<std::size_t>(count));
  EXPECT_TRUE(std::ranges::is_sorted(arrived));
}

TEST_F(EngineTest, AFolderGetsEachFileWhole) {
  const std::string out = folder.path() + "/out";
  std::filesystem::create_directory(out);
  RouteTable table = table_to("http://127.0.0.1:1/", "upper");
  FolderTarget target;
  target.path = out;
  target.file_name = "{type}-{number}-{delivery}";
  table.targets[0].where = target;
  start(table);
  const Answer answer = submit("k1", order_json("../x"));
  ASSERT_TRUE(node->settle());
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(out)) names.push_back(entry.path().filename());
  EXPECT_THAT(
      names, ElementsAre("purchase_order-___x-" + text(show(answer.message).deliveries.at(0).id) + ".upper"));
}

TEST_F(EngineTest, AStopLosesNothing) {
  Receiver receiver;
  start(table_to(receiver.url()));
  std::atomic<int> accepted = 0;
  for (int i = 0; i < 200; ++i) {
    node->engine->submit(
        Node::incoming("k" + std::to_string(i), order_json(std::to_string(i))),
        [&](const Answer& answer) { accepted += answer.kind == AnswerKind::accepted ? 1 : 0; });
  }
  node->engine->stop();
  EXPECT_EQ(submit("late", order_json("1")).kind, AnswerKind::refused);
  EXPECT_EQ(accepted, 200);
  node.reset();
  start(table_to(receiver.url()));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(receiver.booked().size(), 200U);
  EXPECT_EQ(receiver.differing(), 0U);
}

}  // namespace
}  // namespace purser::gateway
