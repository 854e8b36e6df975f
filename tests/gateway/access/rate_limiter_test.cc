#include "gateway/access/rate_limiter.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

Rate rate(std::uint32_t requests, std::uint32_t burst) { return {requests, milliseconds(1000), burst}; }

TEST(RateLimiter, LetsABurstThroughAndThenTheRate) {
  RateLimiter limiter;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.take("a", rate(10, 5), microseconds(0)).allowed) << i;
  auto refused = limiter.take("a", rate(10, 5), microseconds(0));
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0U);
  EXPECT_EQ(refused.wait, microseconds(100'000));
  EXPECT_FALSE(limiter.take("a", rate(10, 5), microseconds(99'999)).allowed);
  EXPECT_TRUE(limiter.take("a", rate(10, 5), microseconds(100'000)).allowed);
  EXPECT_FALSE(limiter.take("a", rate(10, 5), microseconds(100'000)).allowed);
  EXPECT_TRUE(limiter.take("b", rate(10, 5), microseconds(0)).allowed) << "another's bucket";
}

TEST(RateLimiter, NeverGivesMoreThanTheRateInTheLongRun) {
  RateLimiter limiter;
  int allowed = 0;
  for (int ms = 0; ms < 10'000; ++ms) {
    if (limiter.take("a", rate(50, 10), milliseconds(ms)).allowed) ++allowed;
  }
  EXPECT_GE(allowed, 500);
  EXPECT_LE(allowed, 510);
}

TEST(RateLimiter, LookingTakesNothing) {
  RateLimiter limiter;
  EXPECT_EQ(limiter.look("a", rate(10, 5), microseconds(0)).remaining, 5U);
  EXPECT_EQ(limiter.take("a", rate(10, 5), microseconds(0)).remaining, 4U);
  EXPECT_EQ(limiter.look("a", rate(10, 5), microseconds(0)).remaining, 4U);
  EXPECT_TRUE(limiter.take("a", Rate{}, microseconds(0)).allowed) << "no rate, no limit";
}

TEST(RateLimiter, ManyNamesDoNotGrowItAndDoNotFreeTheBusy) {
  RateLimiter limiter;
  while (limiter.take("busy", rate(1, 2), microseconds(0)).allowed) {
  }
  for (std::size_t i = 0; i < 8 * RateLimiter::max_names_a_shard; ++i)
    limiter.take("x" + std::to_string(i), rate(1'000'000, 1), microseconds(static_cast<std::int64_t>(i)));
  EXPECT_FALSE(limiter.take("busy", rate(1, 2), milliseconds(500)).allowed);
}

TEST(RateLimiter, CountsADay) {
  RateLimiter limiter;
  const std::chrono::sys_days today{std::chrono::days(20'000)};
  EXPECT_TRUE(limiter.take_daily("a", 2, today));
  EXPECT_TRUE(limiter.take_daily("a", 2, today));
  EXPECT_FALSE(limiter.take_daily("a", 2, today));
  EXPECT_TRUE(limiter.take_daily("b", 2, today));
  EXPECT_TRUE(limiter.take_daily("a", 2, today + std::chrono::days(1)));
  EXPECT_TRUE(limiter.take_daily("a", 0, today));
}

}  // namespace
}  // namespace purser::gateway
