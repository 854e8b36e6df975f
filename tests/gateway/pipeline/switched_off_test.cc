// A target that is switched off: nothing goes, nothing is lost, nobody keeps what it would get.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "tests/gateway/pipeline/engine_fixture.h"
#include "tests/gateway/pipeline/receiver.h"

namespace purser::gateway {
namespace {

using SwitchedOffTest = EngineTest;

TEST_F(SwitchedOffTest, ADisabledTargetHoldsAndAnEnabledOneDelivers) {
  Receiver receiver;
  RouteTable off = table_to(receiver.url());
  off.targets[0].enabled = false;
  start(off);
  const Answer answer = submit("k1", order_json("1"));
  EXPECT_EQ(answer.state, MessageState::delivering);
  EXPECT_EQ(show(answer.message).deliveries.at(0).state, DeliveryState::due) << "claimed by nobody";
  ASSERT_TRUE(Node::wait([&] { return node->engine->is_idle(); }));
  EXPECT_TRUE(receiver.requests().empty());
  node->engine->stop();
  node.reset();
  start(table_to(receiver.url()));
  ASSERT_TRUE(node->settle());
  EXPECT_EQ(show(answer.message).summary.state, MessageState::delivered);
}

// Long before the lease ends: whoever looks for them finds them waiting, and a target that is on again gets them.
TEST_F(SwitchedOffTest, ATargetThatIsSwitchedOffGivesBackWhatItHeld) {
  std::promise<void> answer_now;
  const std::shared_future<void> may_answer = answer_now.get_future().share();
  std::atomic<int> calls = 0;
  Receiver receiver([&](const Receiver::Request&) {
    if (++calls == 1) may_answer.wait();
    return Receiver::Reply{};
  });
  RouteTable table = table_to(receiver.url());
  table.targets[0].concurrency = 1;
  start(table);
  std::vector<MessageId> messages;
  for (int i = 1; i <= 4; ++i)
    messages.push_back(submit("k" + std::to_string(i), order_json(std::to_string(i))).message);
  ASSERT_TRUE(Node::wait([&] { return calls == 1; }));
  RouteTable off = table;
  off.targets[0].enabled = false;
  node->router.swap(share(off));
  answer_now.set_value();
  const auto in = [&](DeliveryState state) {
    return std::ranges::count_if(
        messages, [&](MessageId id) { return show(id).deliveries.at(0).state == state; });
  };
  // What was on its way arrives.
  ASSERT_TRUE(Node::wait([&] { return in(DeliveryState::due) == 3 && in(DeliveryState::delivered) == 1; }));
  EXPECT_TRUE(Node::wait([&] { return node->engine->is_idle(); }));
  node->router.swap(share(table));
  node->engine->wake();
  ASSERT_TRUE(Node::wait([&] { return in(DeliveryState::delivered) == 4; }));
  EXPECT_EQ(receiver.requests().size(), 4U) << "none twice";
}

}  // namespace
}  // namespace purser::gateway
