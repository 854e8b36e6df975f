#include "gateway/access/shared/shared_buckets.h"

#include <gtest/gtest.h>

#include "tests/gateway/access/shared/private_redis.h"

namespace purser::gateway {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;

constexpr Rate ten_a_minute{10, minutes(1), 10};

/// A node: its limiter and what keeps it together with the others.
struct Member {
  explicit Member(const Clock& the_clock) : clock(the_clock), shared(limiter, the_clock) {}
  int take(int calls, const Rate& rate = ten_a_minute) {
    int allowed = 0;
    for (int i = 0; i < calls; ++i)
      allowed += limiter.take("key:shop", rate, clock.monotonic()).allowed ? 1 : 0;
    return allowed;
  }
  const Clock& clock;
  RateLimiter limiter;
  SharedBuckets shared;
};

class SharedBucketsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!PrivateRedis::installed()) GTEST_SKIP() << "Redis is not installed";
    ASSERT_TRUE(redis.start());
    ASSERT_TRUE(exchange(here));  // from now on what is taken is noted
    ASSERT_TRUE(exchange(there));
  }
  testing::AssertionResult exchange(Member& member) {
    const auto done = member.shared.exchange(server);
    return done ? testing::AssertionSuccess() : testing::AssertionFailure() << done.error();
  }

  PrivateRedis redis{"not a secret"};
  BucketServer server{"127.0.0.1", redis.port(), {}, "not a secret", "test:"};
  SystemClock clock;
  Member here{clock}, there{clock};
};

TEST_F(SharedBucketsTest, ARateHoldsOverAllNodes) {
  EXPECT_EQ(here.take(6), 6);
  ASSERT_TRUE(exchange(here));
  EXPECT_EQ(there.take(1), 1);
  ASSERT_TRUE(exchange(there));
  EXPECT_EQ(there.take(10), 3) << "of ten, seven were taken";
  ASSERT_TRUE(exchange(there));
  EXPECT_EQ(here.take(10), 4) << "until it hears of it, it counts for itself";
  ASSERT_TRUE(exchange(here));
  EXPECT_EQ(here.limiter.look("key:shop", ten_a_minute, clock.monotonic()).remaining, 0U);
  EXPECT_EQ(here.take(1), 0);
}

TEST_F(SharedBucketsTest, WhatWasTakenTooMuchIsPaidBack) {
  EXPECT_EQ(here.take(10), 10);
  EXPECT_EQ(there.take(10), 10) << "at the same moment";
  ASSERT_TRUE(exchange(here));
  ASSERT_TRUE(exchange(there));
  const auto wait = there.limiter.look("key:shop", ten_a_minute, clock.monotonic()).wait;
  EXPECT_GT(wait, minutes(1)) << "twenty calls of ten a minute";
  EXPECT_LE(wait, minutes(1) + std::chrono::seconds(6));
}

TEST_F(SharedBucketsTest, TheDayIsCountedTogether) {
  const auto today = std::chrono::floor<std::chrono::days>(clock.now());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(here.limiter.take_daily("key:shop", 4, today));
  ASSERT_TRUE(exchange(here));
  EXPECT_TRUE(there.limiter.take_daily("key:shop", 4, today));
  ASSERT_TRUE(exchange(there));
  EXPECT_FALSE(there.limiter.take_daily("key:shop", 4, today));
}

TEST_F(SharedBucketsTest, WithoutTheServerEachHoldsTheRateByItselfAndGoesOnAfterwards) {
  redis.kill();
  EXPECT_EQ(here.take(10), 10);
  const auto failed = here.shared.exchange(server);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().find("127.0.0.1"), std::string::npos) << failed.error();
  EXPECT_EQ(here.take(1), 0);
  ASSERT_TRUE(redis.start());
  ASSERT_TRUE(exchange(here));
  EXPECT_EQ(there.take(2), 2);
  EXPECT_FALSE(exchange(there)) << "over a connection that was cut";
  EXPECT_EQ(there.take(1), 1);
  ASSERT_TRUE(exchange(there)) << "over a new one";
}

TEST_F(SharedBucketsTest, AWrongPasswordIsSaid) {
  auto wrong = server;
  wrong.password = "another";
  const auto failed = here.shared.exchange(wrong);
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().find("WRONGPASS"), std::string::npos) << failed.error();
  EXPECT_EQ(failed.error().find("another"), std::string::npos) << "no secrets in messages";
}

TEST_F(SharedBucketsTest, ThousandsOfBucketsGoInOneExchange) {
  for (int i = 0; i < 2'000; ++i)
    EXPECT_TRUE(here.limiter.take("address:" + std::to_string(i), ten_a_minute, clock.monotonic()).allowed);
  ASSERT_TRUE(exchange(here));
  for (int i = 0; i < 2'000; ++i)
    there.limiter.take("address:" + std::to_string(i), ten_a_minute, clock.monotonic());
  ASSERT_TRUE(exchange(there));
  for (int i = 0; i < 2'000; ++i)
    EXPECT_EQ(there.limiter.look("address:" + std::to_string(i), ten_a_minute, clock.monotonic()).remaining,
              8U);
}

}  // namespace
}  // namespace purser::gateway
