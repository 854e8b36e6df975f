#include "gateway/route/json_path.h"

#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

// More would make a lane or a match out of a whole list of lines.
constexpr std::size_t max_values = 100;

void collect(const nlohmann::json& at, std::string_view path, std::vector<std::string>& out) {
  if (out.size() >= max_values) return;
  if (at.is_array()) {
    for (const auto& element : at) collect(element, path, out);
    return;
  }
  if (path.empty()) {
    if (at.is_string()) {
      out.push_back(at.get<std::string>());
    } else if (at.is_primitive() && !at.is_null()) {
      out.push_back(at.dump());
    }
    return;
  }
  const std::size_t dot = path.find('.');
  const std::string name(path.substr(0, dot));
  const auto found = at.is_object() ? at.find(name) : at.end();
  if (found == at.end()) return;
  collect(*found, dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1), out);
}

}  // namespace

std::vector<std::string> values_at(const nlohmann::json& document, std::string_view path) {
  std::vector<std::string> out;
  collect(document, path, out);
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
