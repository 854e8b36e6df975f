#include "canonical/value/date.h"

namespace purser {
namespace {

/// Reads exactly `count` digits at `at`; -1 if there are not that many.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// The offset in minutes of "Z" or "+hh:mm" (ISO 8601; 14:00 is the largest in use). Empty if it is neither.
std::optional<std::int16_t> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::int16_t{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  int hours = digits(text, 1, 2);
  int minutes = digits(text, 4, 2);
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60) return std::nullopt;
  int total = hours * 60 + minutes;
  return static_cast<std::int16_t>(text[0] == '-' ? -total : total);
}

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
            static_cast<std::uint8_t>(day)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

void append_number(std::string& out, unsigned value, int width) {
  char buffer[10];
  for (int i = width - 1; i >= 0; --i) {
    buffer[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  out.append(buffer, static_cast<std::size_t>(width));
}

}  // namespace

bool is_valid(Date date) {
  constexpr std::uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  int last = days[date.month - 1] + (date.month == 2 && leap ? 1 : 0);
  return date.day <= last;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && !parse_offset(text.substr(10))) return std::nullopt;
  return make_date(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

std::optional<Date> parse_date_compact(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  return make_date(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2));
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  int hour = digits(text, 0, 2);
  int minute = digits(text, 3, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  Time time{static_cast<std::uint8_t>(hour), static_cast<std::uint8_t>(minute), 0, 0, Time::no_offset};
  std::string_view rest = text.substr(5);
  if (rest.starts_with(':')) {
    int second = digits(rest, 1, 2);
    if (second < 0 || second > 60) return std::nullopt;
    time.second = static_cast<std::uint8_t>(second);
    rest.remove_prefix(3);
    if (rest.starts_with('.')) {
      std::size_t length = 1;
      std::uint32_t unit = 100'000'000;  // nanoseconds of the first decimal
      for (; length < rest.size() && rest[length] >= '0' && rest[length] <= '9'; ++length) {
        if (unit == 0) return std::nullopt;  // finer than a nanosecond would be lost
        time.nanosecond += static_cast<std::uint32_t>(rest[length] - '0') * unit;
        unit /= 10;
      }
      if (length == 1) return std::nullopt;
      rest.remove_prefix(length);
    }
  }
  if (rest.empty()) return time;
  auto offset = parse_offset(rest);
  if (!offset) return std::nullopt;
  time.offset_minutes = *offset;
  return time;
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  if (text.size() < 16 || text[10] != 'T') return std::nullopt;
  auto date = parse_date(text.substr(0, 10));
  auto time = parse_time(text.substr(11));
  if (!date || !time) return std::nullopt;
  return DateTime{*date, *time};
}

std::string text(Date date) {
  std::string out;
  append_to(out, date);
  return out;
}

std::string text(const Time& time) {
  std::string out;
  append_to(out, time);
  return out;
}

std::string text(const DateTime& at) {
  std::string out;
  append_to(out, at.date);
  out += 'T';
  append_to(out, at.time);
  return out;
}

void append_to(std::string& out, Date date) {
  append_number(out, static_cast<unsigned>(date.year), 4);
  out += '-';
  append_number(out, date.month, 2);
  out += '-';
  append_number(out, date.day, 2);
}

void append_to(std::string& out, const Time& time) {
  append_number(out, time.hour, 2);
  out += ':';
  append_number(out, time.minute, 2);
  out += ':';
  append_number(out, time.second, 2);
  if (time.nanosecond != 0) {
    out += '.';
    append_number(out, time.nanosecond, 9);
    while (out.back() == '0') out.pop_back();
  }
  if (time.offset_minutes == Time::no_offset) return;
  if (time.offset_minutes == 0) {
    out += 'Z';
    return;
  }
  unsigned minutes =
      static_cast<unsigned>(time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes);
  out += time.offset_minutes < 0 ? '-' : '+';
  append_number(out, minutes / 60, 2);
  out += ':';
  append_number(out, minutes % 60, 2);
}

}  // namespace purser
