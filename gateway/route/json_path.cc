#include "gateway/route/json_path.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

// More would make a lane or a match out of a whole list of lines.
constexpr std::size_t max_values = 100;

void skip_blanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
}

// The length of the string that `rest` begins with.
std::size_t string_length(std::string_view rest) {
  for (std::size_t at = 1;; ++at) {
    at = rest.find('"', at);
    if (at == std::string_view::npos) return rest.size();
    std::size_t escapes = 0;
    while (rest[at - 1 - escapes] == '\\') ++escapes;  // ends at the opening quote
    if (escapes % 2 == 0) return at + 1;
  }
}

std::size_t value_length(std::string_view rest) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < rest.size();) {
    switch (rest[at]) {
      case '"':
        at += string_length(rest.substr(at));
        if (depth == 0) return at;
        continue;
      case '{':
      case '[':
        ++depth;
        break;
      case '}':
      case ']':
        if (depth == 0) return at;
        if (--depth == 0) return at + 1;
        break;
      case ',':
      case ':':
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        if (depth == 0) return at;
        break;
      default:
        break;
    }
    ++at;
  }
  return rest.size();
}

// The value that comes next in a list or object whose bracket has been taken; empty at its end.
std::string_view take_value(std::string_view& rest) {
  skip_blanks(rest);
  if (rest.starts_with(',') || rest.starts_with(':')) {
    rest.remove_prefix(1);
    skip_blanks(rest);
  }
  const std::string_view value = rest.substr(0, value_length(rest));
  rest.remove_prefix(value.size());
  return value;
}

std::string text_of(std::string_view scalar) {
  if (!scalar.starts_with('"')) return std::string(scalar);
  if (scalar.find('\\') == std::string_view::npos && scalar.size() >= 2)
    return std::string(scalar.substr(1, scalar.size() - 2));
  const auto parsed = nlohmann::json::parse(scalar, nullptr, false);
  return parsed.is_string() ? parsed.get<std::string>() : std::string();
}

void collect(std::string_view at, std::string_view path, std::vector<std::string>& out) {
  if (at.starts_with('[')) {
    at.remove_prefix(1);
    while (out.size() < max_values) {
      const std::string_view element = take_value(at);
      if (element.empty()) return;
      collect(element, path, out);
    }
    return;
  }
  if (path.empty()) {
    if (!at.starts_with('{') && at != "null" && out.size() < max_values) out.push_back(text_of(at));
    return;
  }
  if (!at.starts_with('{')) return;
  at.remove_prefix(1);
  const std::string_view name = path.substr(0, path.find('.'));
  for (std::string_view key; !(key = take_value(at)).empty();) {
    const std::string_view value = take_value(at);
    if (key.size() != name.size() + 2 || key.substr(1, name.size()) != name) continue;
    return collect(value, path.size() == name.size() ? std::string_view() : path.substr(name.size() + 1),
                   out);
  }
}

}  // namespace

std::vector<std::string> values_at(std::string_view canonical, std::string_view path) {
  std::vector<std::string> out;
  skip_blanks(canonical);
  collect(canonical, path, out);
  return out;
}

bool matches(std::string_view pattern, std::string_view value) {
  std::size_t p = 0;
  std::size_t v = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (v < value.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = v;
    } else if (p < pattern.size() && pattern[p] == value[v]) {
      ++p;
      ++v;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      v = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace purser::gateway
