#include "gateway/attention/moment.h"

#include <charconv>
#include <chrono>

namespace purser::gateway {
namespace {

/// Takes a text apart from its front.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` of them.
  std::optional<int> number(std::size_t digits) {
    int value = 0;
    if (rest_.size() < digits) return std::nullopt;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + digits, value);
    if (error != std::errc() || end != rest_.data() + digits || rest_.front() == '-') return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::seconds> read_time(Reader& in) {
  const auto hours = in.number(2);
  if (!hours || *hours > 23 || !in.take(':')) return std::nullopt;
  const auto minutes = in.number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::chrono::seconds time = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  if (!in.take(':')) return time;
  const auto seconds = in.number(2);
  if (!seconds || *seconds > 59) return std::nullopt;
  if (in.take('.')) {
    while (in.number(1)) {  // parts of a second decide nothing here
    }
  }
  return time + std::chrono::seconds(*seconds);
}

std::optional<std::chrono::sys_days> read_day(Reader& in) {
  const auto year = in.number(4);
  if (!year || !in.take('-')) return std::nullopt;
  const auto month = in.number(2);
  if (!month || !in.take('-')) return std::nullopt;
  const auto day = in.number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

// What has to be taken away to get UTC.
std::optional<std::chrono::seconds> read_offset(Reader& in) {
  if (in.at_end() || in.take('Z') || in.take('z')) return std::chrono::seconds(0);
  const bool east = in.take('+');
  // A plus that was not escaped in a query is a blank.
  if (!east && !in.take('-') && !in.take(' ')) return std::nullopt;
  const auto hours = in.number(2);
  if (!hours || !in.take(':')) return std::nullopt;
  const auto minutes = in.number(2);
  if (!minutes) return std::nullopt;
  const std::chrono::seconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return east ? offset : -offset;
}

std::optional<Instant> read_age(std::string_view text, Instant now) {
  constexpr std::int64_t longest = 100'000;  // of any unit: no overflow, and nobody means it
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end + 1 != text.data() + text.size() || count < 0 || count > longest) return std::nullopt;
  switch (*end) {
    case 'm':
      return now - std::chrono::minutes(count);
    case 'h':
      return now - std::chrono::hours(count);
    case 'd':
      return now - std::chrono::days(count);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Instant> parse_moment(std::string_view text, Instant now) {
  if (text.empty()) return std::nullopt;
  if (const auto age = read_age(text, now)) return age;
  if (text.size() > 2 && text[2] == ':') {
    Reader in(text);
    const auto time = read_time(in);
    if (!time || !in.at_end()) return std::nullopt;
    return Instant(std::chrono::floor<std::chrono::days>(now)) + *time;
  }
  Reader in(text);
  const auto day = read_day(in);
  if (!day) return std::nullopt;
  if (in.at_end()) return Instant(*day);
  if (!in.take('T') && !in.take('t') && !in.take(' ')) return std::nullopt;
  const auto time = read_time(in);
  if (!time) return std::nullopt;
  const auto offset = read_offset(in);
  if (!offset || !in.at_end()) return std::nullopt;
  return Instant(*day) + *time - *offset;
}

}  // namespace purser::gateway
