#include "gateway/api/prefer.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace purser::gateway {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range && !text.starts_with('-')) return most_wait;
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return std::min(std::chrono::seconds(number), most_wait);
}

}  // namespace

std::string Preference::applied(bool in_time) const {
  const auto waited = wait.count() > 0 ? "wait=" + std::to_string(wait.count()) : std::string();
  if (in_time || !async) return waited;
  return waited.empty() ? "respond-async" : "respond-async, " + waited;
}

Preference preference_of(std::string_view field) {
  Preference out;
  std::optional<std::chrono::seconds> wait;
  while (!field.empty()) {
    const auto end = std::min(field.find(','), field.size());
    auto one = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    one = one.substr(0, one.find(';'));  // no parameters are known
    const auto equals = one.find('=');
    const auto name = lower(trimmed(one.substr(0, equals)));
    if (name == "respond-async") out.async = true;
    if (name == "wait" && equals != std::string_view::npos && !wait)
      wait = seconds_of(trimmed(one.substr(equals + 1)));
  }
  out.wait = wait.value_or(std::chrono::seconds(0));
  return out;
}

}  // namespace purser::gateway
