#include "gateway/settings/quantity.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <span>
#include <vector>

#include <fmt/format.h>

namespace purser::gateway {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr std::array<Unit, 5> time_units{
    {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
constexpr std::array<Unit, 5> size_units{
    {{"", 1}, {"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};
constexpr std::uint64_t most = std::uint64_t{1} << 50;  // a petabyte, 35,000 years: no setting means more

std::optional<std::uint64_t> number_with_unit(std::string_view text, std::span<const Unit> units) {
  std::uint64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  for (const auto& unit : units) {
    if (unit.name == text && number <= most / unit.factor) return number * unit.factor;
  }
  return std::nullopt;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                              c == '.';
                     }) &&
         text.front() != '.' && text.front() != '-';
}

bool is_url(std::string_view text) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    auto rest = text.substr(scheme.size());
    auto authority = rest.substr(0, rest.find('/'));
    return !authority.empty() && text.find_first_of(" \t\r\n\"<>\\") == std::string_view::npos &&
           authority.find('@') == std::string_view::npos;
  }
  return false;
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

bool is_secret(std::string_view text) {
  for (std::string_view store : {"secret://file/", "secret://env/", "secret://store/", "secret://vault/"}) {
    if (text.starts_with(store)) return text.size() > store.size();
  }
  return false;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

// What `ssh-keygen -l` shows: SHA256: and 32 bytes in Base64 without padding.
bool is_host_key(std::string_view text) {
  constexpr std::string_view prefix = "SHA256:";
  constexpr std::size_t digits = 43;
  return text.starts_with(prefix) && text.size() == prefix.size() + digits &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                                prefix.size()) == std::string_view::npos;
}

struct Form {
  std::string_view name;
  bool (*fits)(std::string_view);
  const char* looks_like;
};
constexpr std::array<Form, 13> forms{{
    {"name", is_name, "lower case letters, digits, - and _, at most 64"},
    {"duration", [](std::string_view t) { return parse_duration(t).has_value(); },
     "a duration such as 250 ms, 10 s, 5 min, 24 h or 7 d"},
    {"size", [](std::string_view t) { return parse_size(t).has_value(); },
     "a size such as 512 KiB, 64 MiB or 1 GiB"},
    {"listen", [](std::string_view t) { return parse_listen(t).has_value(); },
     "ADDRESS:PORT such as 127.0.0.1:8080 or [::1]:8080"},
    {"host_port", [](std::string_view t) { return parse_host_port(t).has_value(); },
     "HOST:PORT such as redis.internal:6379 or [::1]:6379"},
    {"secret", is_secret,
     "secret://file/PATH, secret://env/NAME, secret://store/NAME or secret://vault/MOUNT/PATH#FIELD"},
    {"url", is_url, "an http:// or https:// address without user name"},
    {"host", is_host, "the name of a host in lower case, without port"},
    {"sha256", is_sha256, "64 hexadecimal digits in lower case"},
    {"host_key", is_host_key, "SHA256:… as `ssh-keygen -l` shows it"},
    {"remote_path",
     [](std::string_view t) {
       return t.starts_with('/') && t.find_first_of("\"\r\n") == std::string_view::npos;
     },
     "a path that begins with /, without quotation marks"},
    {"moment", [](std::string_view t) { return parse_moment(t).has_value(); },
     "a moment in UTC such as 2027-01-31 or 2027-01-31T12:00:00Z"},
    {"file_name",
     [](std::string_view t) {
       return t.find("{delivery}") != std::string_view::npos && t.find('/') == std::string_view::npos;
     },
     "a file name that contains {delivery}, without /"},
}};

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  auto number = number_with_unit(text, time_units);
  if (!number) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(*number));
}

std::optional<std::uint64_t> parse_size(std::string_view text) { return number_with_unit(text, size_units); }

std::optional<std::chrono::sys_seconds> parse_moment(std::string_view text) {
  constexpr std::string_view day_form = "dddd-dd-dd";
  constexpr std::string_view whole_form = "dddd-dd-ddTdd:dd:ddZ";
  auto form = text.size() == day_form.size() ? day_form : whole_form;
  if (text.size() != form.size()) return std::nullopt;
  std::array<int, 6> numbers{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != 'd') {
      if (text[i] != form[i]) return std::nullopt;
      ++at;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      numbers[at] = numbers[at] * 10 + (text[i] - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year(numbers[0]),
                                        std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[2]))};
  if (!day.ok() || numbers[3] > 23 || numbers[4] > 59 || numbers[5] > 59) return std::nullopt;
  return std::chrono::sys_days(day) + std::chrono::hours(numbers[3]) + std::chrono::minutes(numbers[4]) +
         std::chrono::seconds(numbers[5]);
}

std::string moment_text(std::chrono::sys_seconds at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::optional<std::pair<std::string, std::uint16_t>> parse_host_port(std::string_view text) {
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto host = text.substr(0, colon);
  auto digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (host.starts_with('[') && host.ends_with(']'))
    return std::pair(std::string(host.substr(1, host.size() - 2)), port);
  if (host.find_first_of(":[]/@ ") != std::string_view::npos) return std::nullopt;
  return std::pair(std::string(host), port);
}

std::optional<std::pair<std::string, std::uint16_t>> parse_listen(std::string_view text) {
  auto out = parse_host_port(text);
  std::array<unsigned char, 16> bytes{};
  const int family = text.starts_with('[') ? AF_INET6 : AF_INET;
  if (!out || inet_pton(family, out->first.c_str(), bytes.data()) != 1) return std::nullopt;
  return out;
}

const char* form_expected(std::string_view form, std::string_view text) {
  for (const auto& known : forms) {
    if (known.name == form) return known.fits(text) ? nullptr : known.looks_like;
  }
  assert(false && "the schema names a form that the checker does not know");
  return nullptr;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  a = a.substr(0, 64);
  b = b.substr(0, 64);
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

}  // namespace purser::gateway
