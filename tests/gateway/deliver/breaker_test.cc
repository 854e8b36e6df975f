#include "gateway/deliver/breaker.h"

#include <gtest/gtest.h>

#include "gateway/deliver/pace.h"

namespace purser::gateway {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

BreakerSettings settings() { return {.failures = 3, .rest = seconds(5), .longest_rest = seconds(15)}; }

TEST(Breaker, OpensAfterFailuresInARow) {
  Breaker breaker(settings());
  EXPECT_FALSE(breaker.failed(seconds(1)));
  EXPECT_FALSE(breaker.failed(seconds(1)));
  breaker.arrived();
  EXPECT_FALSE(breaker.failed(seconds(2)));
  EXPECT_FALSE(breaker.failed(seconds(2)));
  EXPECT_TRUE(breaker.lets_pass(seconds(2)));
  EXPECT_TRUE(breaker.failed(seconds(2)));
  EXPECT_FALSE(breaker.lets_pass(seconds(6)));
  EXPECT_TRUE(breaker.lets_pass(seconds(7)));
}

TEST(Breaker, OneProbeDecides) {
  Breaker breaker(settings());
  for (int i = 0; i < 3; ++i) breaker.failed(seconds(0));
  ASSERT_TRUE(breaker.lets_pass(seconds(5)));
  breaker.sent();
  EXPECT_FALSE(breaker.lets_pass(seconds(6))) << "the probe is still under way";
  EXPECT_TRUE(breaker.failed(seconds(6)));
  EXPECT_FALSE(breaker.lets_pass(seconds(15))) << "the rest doubles";
  ASSERT_TRUE(breaker.lets_pass(seconds(16)));
  breaker.sent();
  breaker.failed(seconds(16));
  EXPECT_FALSE(breaker.lets_pass(seconds(30)));
  ASSERT_TRUE(breaker.lets_pass(seconds(31))) << "and never grows beyond its longest";
  breaker.sent();
  breaker.arrived();
  EXPECT_FALSE(breaker.is_open());
}

TEST(Breaker, WhatWasSentBeforeItOpenedMovesNothing) {
  Breaker breaker(settings());
  for (int i = 0; i < 3; ++i) breaker.failed(seconds(0));
  EXPECT_FALSE(breaker.failed(seconds(4)));
  EXPECT_TRUE(breaker.lets_pass(seconds(5)));
}

TEST(Breaker, AProbeThatNeverLeftIsNone) {
  Breaker breaker(settings());
  for (int i = 0; i < 3; ++i) breaker.failed(seconds(0));
  breaker.sent();
  breaker.not_sent();
  EXPECT_TRUE(breaker.lets_pass(seconds(5)));
}

TEST(Breaker, NoneWithoutALimit) {
  Breaker breaker({.failures = 0});
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(breaker.failed(seconds(0)));
  EXPECT_TRUE(breaker.lets_pass(seconds(0)));
}

TEST(Pace, SpreadsWhatItLetsThrough) {
  Pace pace;
  int passed = 0;
  for (int ms = 1'000; ms < 11'000; ++ms) passed += pace.take(10, milliseconds(ms)) ? 1 : 0;
  EXPECT_GE(passed, 100);
  EXPECT_LE(passed, 103) << "ten a second, and a quarter of a second's worth at the start";
}

TEST(Pace, ASlowOneStillMoves) {
  Pace pace;
  EXPECT_TRUE(pace.take(1, seconds(10)));
  EXPECT_FALSE(pace.take(1, milliseconds(10'900)));
  EXPECT_TRUE(pace.take(1, seconds(11)));
}

}  // namespace
}  // namespace purser::gateway
