#include "gateway/api/prefer.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "canonical/value/text.h"

namespace purser::gateway {
namespace {

constexpr std::string_view blanks = " \t";

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
    const auto name = lowered(trimmed(one.substr(0, equals), blanks));
    if (name == "respond-async") out.async = true;
    if (name == "wait" && equals != std::string_view::npos && !wait)
      wait = seconds_of(trimmed(one.substr(equals + 1), blanks));
  }
  out.wait = wait.value_or(std::chrono::seconds(0));
  return out;
}

}  // namespace purser::gateway
