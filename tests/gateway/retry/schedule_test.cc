#include "gateway/retry/schedule.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

/// Always the largest or the smallest of what is asked for.
class Extreme final : public Random {
 public:
  explicit Extreme(std::uint8_t byte) : byte_(byte) {}
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = byte_;
  }

 private:
  std::uint8_t byte_;
};

using std::chrono::milliseconds;
using std::chrono::seconds;
constexpr Instant start = std::chrono::sys_days(std::chrono::year(2026) / 11 / 20);

TEST(Schedule, WaitsLieBetweenNothingAndAGrowingCeiling) {
  SystemRandom random;
  const RetrySchedule schedule{milliseconds(100), milliseconds(1000), 20, seconds(3600), seconds(60)};
  const milliseconds ceilings[] = {milliseconds(100), milliseconds(200),  milliseconds(400),
                                   milliseconds(800), milliseconds(1000), milliseconds(1000)};
  for (std::uint32_t made = 1; made <= std::size(ceilings); ++made) {
    for (int i = 0; i < 200; ++i) {
      const auto due = next_attempt(schedule, made, start, start, std::nullopt, random);
      ASSERT_TRUE(due);
      EXPECT_GT(*due, start);
      EXPECT_LE(*due - start, ceilings[made - 1]);
    }
  }
}

TEST(Schedule, GivesUpAfterItsBudgetOrDeadline) {
  Extreme random(0);
  const RetrySchedule schedule{milliseconds(100), milliseconds(1000), 3, seconds(10), seconds(60)};
  EXPECT_TRUE(next_attempt(schedule, 2, start, start, std::nullopt, random));
  EXPECT_FALSE(next_attempt(schedule, 3, start, start, std::nullopt, random));
  EXPECT_FALSE(next_attempt(schedule, 1, start, start + seconds(10), std::nullopt, random));
}

TEST(Schedule, HonoursRetryAfterUpToItsCap) {
  Extreme random(0);
  const RetrySchedule schedule{milliseconds(100), milliseconds(1000), 3, seconds(3600), seconds(60)};
  EXPECT_GE(*next_attempt(schedule, 1, start, start, seconds(7), random), start + seconds(7));
  EXPECT_LT(*next_attempt(schedule, 1, start, start, seconds(100'000), random), start + seconds(62));
}

TEST(Schedule, ManyAttemptsDoNotOverflow) {
  SystemRandom random;
  const RetrySchedule schedule{milliseconds(60'000), milliseconds(7'200'000), 1'000, seconds(1'000'000),
                               seconds(60)};
  const auto due = next_attempt(schedule, 900, start, start, std::nullopt, random);
  ASSERT_TRUE(due);
  EXPECT_GT(*due, start);
  EXPECT_LE(*due - start, milliseconds(7'200'000));
}

TEST(Schedule, IsKnownByName) {
  EXPECT_TRUE(named_schedule("default"));
  EXPECT_GT(named_schedule("patient")->deadline, named_schedule("eager")->deadline);
  EXPECT_FALSE(named_schedule("often"));
}

TEST(RandomTest, BelowIsUniformEnough) {
  SystemRandom random;
  int counts[5] = {};
  for (int i = 0; i < 5000; ++i) ++counts[random.below(5)];
  for (const int count : counts) EXPECT_GT(count, 700);
}

}  // namespace
}  // namespace purser::gateway
