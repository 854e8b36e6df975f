#include "tests/scenario/kill/booking.h"

#include <gtest/gtest.h>

#include <set>

#include "gateway/audit/audit.h"
#include "gateway/journal/sqlite_journal.h"

namespace purser::gateway {

void expect_booked_once(Receiver& receiver, int count) {
  std::multiset<std::string> numbers;
  for (const auto& [id, body] : receiver.booked()) {
    const auto at = body.find("\"number\":\"") + 10;
    numbers.insert(body.substr(at, body.find('"', at) - at));
  }
  for (int i = 1; i <= count; ++i) EXPECT_EQ(numbers.count(std::to_string(i)), 1U) << "order " << i;
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(count));
  EXPECT_EQ(receiver.differing(), 0U) << "a repeat must send the same bytes";
}

void expect_all_booked_once(Receiver& receiver, const std::string& folder, int count) {
  expect_booked_once(receiver, count);
  SystemFiles files;
  SystemClock clock;
  const auto opened = open_sqlite_journal(
      {.folder = folder, .clock = clock, .files = files, .create = false, .read_only = true});
  ASSERT_TRUE(opened) << opened.error().message;
  const auto figures = opened->journal->figures();
  ASSERT_TRUE(figures);
  EXPECT_EQ(figures->delivered, static_cast<std::uint64_t>(count));
  EXPECT_EQ(figures->admitted + figures->delivering + figures->parked + figures->deliveries_open, 0U);
  const auto faults = check_journal(folder, files);
  ASSERT_TRUE(faults);
  for (const JournalFault& fault : *faults) ADD_FAILURE() << fault.where << ": " << fault.what;
  const auto verdict = verify_audit(folder);
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->first_wrong, 0) << verdict->what;
}

}  // namespace purser::gateway
