// What a target's format has no place for stands among the findings of the document.
#include "gateway/pipeline/lost_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/pipeline/understand.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Whether it is written ahead or, with more deliveries than that, at the first attempt.
TEST(LostValues, WhatTheFormatHasNoPlaceForIsTold) {
  for (const std::size_t deliveries : {std::size_t{1}, max_written_ahead + 1}) {
    Receiver receiver;
    RouteTable table = table_to(receiver.url(), "upper");
    table.routes[0].format = R"({"message":"lossy"})";
    for (std::size_t i = 1; i < deliveries; ++i) {
      table.targets.push_back(table.targets[0]);
      table.targets.back().name += std::to_string(i);
      table.routes.push_back(table.routes[0]);
      table.routes.back().name += std::to_string(i);
      table.routes.back().target = table.targets.back().name;
    }
    const TemporaryFolder folder;
    SystemFiles files;
    Node node(folder.path(), std::make_shared<const RouteTable>(std::move(table)), files);
    const Answer answer = node.engine->submit_and_wait(Node::incoming("k1", order_json("4711")));
    ASSERT_TRUE(node.settle());
    const auto view = node.opened.journal->show(answer.message).value_or(MessageView{});
    EXPECT_EQ(view.summary.state, MessageState::delivered);
    ASSERT_EQ(view.documents.size(), 1U);
    std::vector<std::string> told;
    for (const Finding& finding : view.documents[0].findings) {
      if (finding.code == "DELIVER-0017" && finding.message.starts_with("erp: "))
        told.push_back(finding.path + " " + finding.message);
    }
    EXPECT_THAT(told, ElementsAre(AllOf(HasSubstr("lines[1].note erp: \"first\""), HasSubstr("and 1 more")),
                                  HasSubstr("buyer.name erp: \"Nordwind\"")));
    EXPECT_EQ(view.documents[0].findings.size(), 2 * deliveries);
  }
}

TEST(LostValues, AreBoundedAndCountedBeyond) {
  Written written;
  for (std::size_t i = 0; i < max_lost_fields + 5; ++i)
    written.losses.push_back({{}, "field" + std::to_string(i), "x"});
  written.losses_dropped = 7;
  const auto told = lost_values("erp", "x12", written);
  ASSERT_EQ(told.size(), max_lost_fields + 1);
  EXPECT_EQ(told.back().message, "erp: 12 values of further fields have no place in x12");
  EXPECT_TRUE(lost_values("erp", "x12", Written{}).empty());
}

}  // namespace
}  // namespace purser::gateway
