#include "gateway/attention/moment.h"

#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

constexpr Instant now = std::chrono::sys_days(std::chrono::year(2026) / 9 / 30) + std::chrono::hours(23);

TEST(Moment, IsReadAsPeopleWriteIt) {
  struct Case {
    const char* text;
    const char* moment;  ///< null: none
  };
  const Case cases[] = {{"2026-09-30", "2026-09-30T00:00:00.000000Z"},
                        {"2026-09-30T22:00", "2026-09-30T22:00:00.000000Z"},
                        {"2026-09-30 22:00", "2026-09-30T22:00:00.000000Z"},
                        {"2026-09-30T22:00:05Z", "2026-09-30T22:00:05.000000Z"},
                        {"2026-09-30T22:00:05.250Z", "2026-09-30T22:00:05.000000Z"},
                        {"2026-10-01T00:30+02:00", "2026-09-30T22:30:00.000000Z"},
                        {"2026-09-30T18:30-04:00", "2026-09-30T22:30:00.000000Z"},
                        {"22:15", "2026-09-30T22:15:00.000000Z"},
                        {"90m", "2026-09-30T21:30:00.000000Z"},
                        {"3h", "2026-09-30T20:00:00.000000Z"},
                        {"2d", "2026-09-28T23:00:00.000000Z"},
                        {"", nullptr},
                        {"yesterday", nullptr},
                        {"2026-02-30", nullptr},
                        {"2026-9-3", nullptr},
                        {"24:00", nullptr},
                        {"22:60", nullptr},
                        {"2026-09-30T22:00X", nullptr},
                        {"-3h", nullptr},
                        {"99999999999999999999d", nullptr},
                        {"3w", nullptr}};
  for (const Case& one : cases) {
    const auto moment = parse_moment(one.text, now);
    ASSERT_EQ(moment.has_value(), one.moment != nullptr) << one.text;
    if (moment) {
      EXPECT_EQ(text(*moment), one.moment) << one.text;
    }
  }
}

}  // namespace
}  // namespace purser::gateway
