#include "canonical/value/date.h"

#include <gtest/gtest.h>

namespace purser {
namespace {

TEST(Date, ReadsAndWritesIso8601) {
  EXPECT_EQ(text(*parse_date("2026-11-20")), "2026-11-20");
  EXPECT_EQ(text(*parse_date("2026-11-20Z")), "2026-11-20");
  EXPECT_EQ(text(*parse_date("2026-11-20+01:00")), "2026-11-20");
  EXPECT_EQ(text(*parse_date_compact("20240229")), "2024-02-29");
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1", "20261120",
                          "2026-11-20x", "2026-11-20+25:00", "", "2026-11-3a"})
    EXPECT_FALSE(parse_date(bad)) << bad;
  EXPECT_FALSE(parse_date_compact("19000229"));
  EXPECT_TRUE(parse_date_compact("20000229"));
}

TEST(Time, KeepsFractionAndOffset) {
  for (const char* good : {"12:30:00", "23:59:60", "12:30:05.25", "00:00:00.000000001", "12:30:05Z",
                           "12:30:05+05:30", "12:30:05-14:00"})
    EXPECT_EQ(text(*parse_time(good)), good);
  EXPECT_EQ(text(*parse_time("12:30")), "12:30:00");
  EXPECT_EQ(parse_time("12:30")->offset_minutes, Time::no_offset);
  for (const char* bad :
       {"24:00", "12:60", "12:30:61", "12:30:05.", "12:30:05.0000000001", "12:30+14:01", "1230", "12:3"})
    EXPECT_FALSE(parse_time(bad)) << bad;
}

TEST(DateTime, JoinsBoth) {
  EXPECT_EQ(text(*parse_date_time("2026-11-20T12:30:05Z")), "2026-11-20T12:30:05Z");
  EXPECT_FALSE(parse_date_time("2026-11-20 12:30:05"));
  EXPECT_FALSE(parse_date_time("2026-11-20T"));
}

}  // namespace
}  // namespace purser
