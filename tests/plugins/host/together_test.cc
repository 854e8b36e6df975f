// Documents that are handed over together: each as if it had come alone, whatever its neighbours do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/host/harness.h"

namespace purser::plugin::test {
namespace {

std::vector<WholeDocument> documents(const std::vector<std::string>& texts) {
  std::vector<WholeDocument> all;
  for (const std::string& text : texts) {
    WholeDocument& document = all.emplace_back();
    document.request.tenant = "tenant " + std::to_string(all.size());
    document.bytes = text;
  }
  return all;
}

class TogetherTest : public ::testing::Test {
 protected:
  /// With one worker: whoever holds it too long is noticed.
  std::shared_ptr<Connector> one_worker(const std::string& name) {
    ConnectorConfig config = config_for(name, Isolation::worker);
    config.workers = 1;
    config.limits.wall = std::chrono::milliseconds(20'000);
    return load(config, services);
  }
  Services services;
};

/// Wants nothing.
class Full : public RecordedDocument {
 public:
  Outcome push(std::span<const Event> /*batch*/) override {
    return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0001", "full"});
  }
};

TEST_F(TogetherTest, EachIsReadForItsOwnTenant) {
  const auto connector = one_worker("lines");
  const std::vector<std::string> texts = {"next icn 9\nrequest\norder 1\nend\n", "fail X-1\n",
                                          "next icn 9\nrequest\norder 3\nline 1 2.50\nend\n"};
  const auto handed = connector->hand_over(documents(texts));
  ASSERT_TRUE(handed);
  for (int i = 0; i < 3; ++i) {
    RecordedDocument out;
    const Outcome done = handed->decode(out);
    EXPECT_EQ(done.has_value(), i != 1) << i;
    if (i == 1) {
      EXPECT_EQ(done.error().code, "X-1");
      continue;
    }
    ASSERT_EQ(out.losses.losses().size(), 2U);
    EXPECT_EQ(out.losses.losses()[0].value, "1") << "each tenant has numbers of its own";
    EXPECT_THAT(out.losses.losses()[1].value, ::testing::HasSubstr("tenant " + std::to_string(i + 1)));
    EXPECT_EQ(out.events.events().size(), i == 0 ? 3U : 7U);
  }
}

TEST_F(TogetherTest, OneThatKillsTheWorkerHarmsNoOther) {
  const auto connector = one_worker("leftover");
  const std::vector<std::string> texts(4, "early");
  const auto handed = connector->hand_over(documents(texts));
  ASSERT_TRUE(handed);
  for (int i = 0; i < 4; ++i) {
    RecordedDocument out;
    const Outcome done = handed->decode(out);
    EXPECT_TRUE(done) << i << done.error().message;
    EXPECT_EQ(out.events.events().size(), 3U) << i;
  }
  EXPECT_TRUE(services.logged("HOST-CRASH"));
}

TEST_F(TogetherTest, OneThatKillsASecondWorkerIsToBlame) {
  const auto connector = one_worker("crashes");
  const std::vector<std::string> texts(2);
  const auto handed = connector->hand_over(documents(texts));
  ASSERT_TRUE(handed);
  for (int i = 0; i < 2; ++i) {
    RecordedDocument out;
    const Outcome done = handed->decode(out);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "HOST-CRASH");
    EXPECT_EQ(done.error().what, StatusClass::defect);
  }
}

TEST_F(TogetherTest, OneThatIsNotWantedStopsNoOther) {
  const auto connector = one_worker("lines");
  const std::vector<std::string> texts(2, "order 1\nlines 2000\nend\n");
  const auto handed = connector->hand_over(documents(texts));
  ASSERT_TRUE(handed);
  Full full;
  EXPECT_EQ(handed->decode(full).error().code, "JOURNAL-0001");
  RecordedDocument out;
  EXPECT_TRUE(handed->decode(out));
  EXPECT_EQ(out.events.events().size(), 8'003U);
}

TEST_F(TogetherTest, WhatIsDroppedLeavesTheWorkerToOthers) {
  const auto connector = one_worker("lines");
  const std::vector<std::string> texts(4, "order 1\nlines 2000\nend\n");
  auto handed = connector->hand_over(documents(texts));
  ASSERT_TRUE(handed);
  RecordedDocument first;
  EXPECT_TRUE(handed->decode(first));
  handed.reset();
  RecordedDocument out;
  EXPECT_EQ(decode(*connector, "order 5\nline 1 2.50\nend\n", out), "");
  EXPECT_EQ(out.events.events().size(), 7U);
}

TEST_F(TogetherTest, IsOfNoUseWhereNobodyWaits) {
  const auto in_process = load(config_for("lines", Isolation::in_process), services);
  const std::vector<std::string> texts(2, "order 1\nend\n");
  EXPECT_FALSE(in_process->hand_over(documents(texts)));
  auto wrong = documents(texts);
  wrong[1].request.settings = "{";
  EXPECT_FALSE(one_worker("lines")->hand_over(std::move(wrong))) << "each alone gets its finding";
}

}  // namespace
}  // namespace purser::plugin::test
