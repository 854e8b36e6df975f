#include "canonical/rule/token.h"

#include <fmt/format.h>

namespace purser::rule {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::expected<std::vector<Token>, std::string> tokens_of(std::string_view check) {
  std::vector<Token> all;
  for (std::size_t at = 0; at < check.size();) {
    const char c = check[at];
    if (c == ' ') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    if (letter(c)) {
      while (end < check.size() && (letter(check[end]) || digit(check[end]))) ++end;
      all.push_back({TokenKind::name, std::string(check.substr(at, end - at))});
    } else if (digit(c)) {
      while (end < check.size() &&
             (digit(check[end]) || (check[end] == '.' && end + 1 < check.size() && digit(check[end + 1]))))
        ++end;
      all.push_back({TokenKind::number, std::string(check.substr(at, end - at))});
    } else if (c == '\'') {
      end = check.find('\'', at + 1);
      if (end == std::string_view::npos) return std::unexpected("a text without its closing quote");
      all.push_back({TokenKind::text, std::string(check.substr(at + 1, end - at - 1))});
      ++end;
    } else {
      constexpr std::string_view marks = "=<>!+-*/()[],.|";
      if (marks.find(c) == std::string_view::npos)
        return std::unexpected(fmt::format("'{}' means nothing here", c));
      const std::string_view two = check.substr(at, 2);
      if (two == "<=" || two == ">=" || two == "!=") ++end;
      all.push_back({TokenKind::mark, std::string(check.substr(at, end - at))});
    }
    at = end;
  }
  all.emplace_back();
  return all;
}

}  // namespace purser::rule
