// Calendar dates and times as business documents carry them: no time zone is ever guessed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace purser {

/// A date of the Gregorian calendar (ISO 8601 complete date). Always valid once parsed.
struct Date {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// A time of day with an optional offset from UTC. Seconds may be 60 only where the source said so.
struct Time {
  static constexpr std::int16_t no_offset = INT16_MIN;  ///< "local time, zone not stated"
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::uint32_t nanosecond = 0;
  std::int16_t offset_minutes = no_offset;
  friend auto operator<=>(const Time&, const Time&) = default;
};

struct DateTime {
  Date date;
  Time time;
  friend auto operator<=>(const DateTime&, const DateTime&) = default;
};

[[nodiscard]] bool is_valid(Date date);

/// "2026-11-20" (an xs:date zone suffix such as Z or +01:00 is accepted and dropped). Empty if not a date.
std::optional<Date> parse_date(std::string_view text);
/// "20261120", EDIFACT 2379 code 102 and X12 D8.
std::optional<Date> parse_date_compact(std::string_view text);
/// "12:30", "12:30:05", "12:30:05.25", each with Z or ±hh:mm or nothing.
std::optional<Time> parse_time(std::string_view text);
/// Date, 'T', time.
std::optional<DateTime> parse_date_time(std::string_view text);

std::string text(Date date);                  ///< "2026-11-20"
std::string text(const Time& time);           ///< "12:30:05" with fraction and offset as known
std::string text(const DateTime& at);         ///< joined by 'T'
void append_to(std::string& out, Date date);  ///< the same without a string of its own
void append_to(std::string& out, const Time& time);

}  // namespace purser
