// The rule file's lines. README.md of this folder describes them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "canonical/rule/rule.h"

namespace purser::rule {
namespace {

struct Line {
  int number = 0;
  bool indented = false;
  std::string text;
};

std::string_view trimmed(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  while (!(text = trimmed(text)).empty()) {
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    all.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return all;
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(mark, at), text.size());
    all.emplace_back(trimmed(text.substr(at, end - at)));
    at = end + 1;
  }
  return all;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> all;
  int number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#') continue;
    all.push_back({number, line.front() == ' ' || line.front() == '\t', std::string(content)});
  }
  return all;
}

/// `repeat F, C = S, S; Z, Z` … `end`: the lines between once for each group of values, {F} and {C} replaced.
std::expected<std::vector<Line>, RuleFault> expanded(const std::vector<Line>& lines) {
  std::vector<Line> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].indented || !lines[i].text.starts_with("repeat ")) {
      out.push_back(lines[i]);
      continue;
    }
    const std::string& head = lines[i].text;
    const auto equals = head.find('=');
    std::size_t end = i + 1;
    while (end < lines.size() && (lines[end].indented || lines[end].text != "end")) ++end;
    if (equals == std::string::npos || end == lines.size())
      return std::unexpected(fmt::format("{}: repeat NAMES = VALUES; VALUES … end", lines[i].number));
    const auto names = split(std::string_view(head).substr(7, equals - 7), ',');
    for (const std::string& group : split(std::string_view(head).substr(equals + 1), ';')) {
      const auto values = split(group, ',');
      if (values.size() != names.size())
        return std::unexpected(fmt::format("{}: '{}' has {} values for {} names", lines[i].number, group,
                                           values.size(), names.size()));
      for (std::size_t line = i + 1; line < end; ++line) {
        Line copy = lines[line];
        for (std::size_t n = 0; n < names.size(); ++n)
          replace_all(copy.text, "{" + names[n] + "}", values[n]);
        out.push_back(std::move(copy));
      }
    }
    i = end;
  }
  return out;
}

bool name_character(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// Puts the named expressions in: a name stands in a check as `$name`. Later names may use earlier ones.
std::string with_names(std::string check, const std::vector<std::pair<std::string, std::string>>& named) {
  for (auto it = named.rbegin(); it != named.rend(); ++it) {
    const std::string wanted = "$" + it->first;
    for (std::size_t at = 0; (at = check.find(wanted, at)) != std::string::npos;) {
      const std::size_t end = at + wanted.size();
      if (end < check.size() && name_character(check[end])) {
        at = end;
        continue;
      }
      check.replace(at, wanted.size(), "(" + it->second + ")");
    }
  }
  return check;
}

class Reader {
 public:
  explicit Reader(std::string_view name) { file_.name = name; }

  std::expected<RuleFile, RuleFault> read(std::string_view text) {
    const auto lines = expanded(lines_of(text));
    if (!lines) return std::unexpected(fmt::format("{}:{}", file_.name, lines.error()));
    for (const Line& line : *lines) {
      if (auto fault = line.indented ? detail(line) : head(line); !fault.empty())
        return std::unexpected(fmt::format("{}:{}: {}", file_.name, line.number, fault));
    }
    for (Rule& rule : file_.rules) {
      if (rule.statement.empty() || rule.check.empty())
        return std::unexpected(
            fmt::format("{}:{}: {} needs a statement and a check", file_.name, rule.line, rule.id));
      rule.check = with_names(std::move(rule.check), named_);
      rule.when = with_names(std::move(rule.when), named_);
      rule.context = with_names(std::move(rule.context), named_);
    }
    return std::move(file_);
  }

 private:
  RuleFault head(const Line& line) {
    part_ = nullptr;
    const auto all = words(line.text);
    const std::string rest = line.text.size() > all[0].size()
                                 ? std::string(trimmed(std::string_view(line.text).substr(all[0].size())))
                                 : "";
    if (all[0] == "pack") return set(file_.pack, rest);
    if (all[0] == "title") return set(file_.title, rest);
    if (all[0] == "source") return set(file_.source, rest);
    if (all[0] == "in") return set(context_, rest);
    if (all[0] == "document") {
      const auto* document = find_document(std::string_view(rest));
      if (document == nullptr) return fmt::format("no document '{}'", rest);
      file_.document = document->type;
      return {};
    }
    if (all[0] == "let") {
      const auto equals = rest.find('=');
      if (equals == std::string::npos) return "let NAME = EXPRESSION";
      named_.emplace_back(std::string(trimmed(std::string_view(rest).substr(0, equals))),
                          std::string(trimmed(std::string_view(rest).substr(equals + 1))));
      part_ = &named_.back().second;
      return {};
    }
    if (all.size() < 2 || (all[1] != "fatal" && all[1] != "warning"))
      return "ID fatal|warning TERMS expected";
    Rule rule;
    rule.id = all[0];
    rule.severity = all[1] == "fatal" ? Severity::error : Severity::warning;
    for (std::size_t i = 2; i < all.size(); ++i) rule.terms += (i > 2 ? " " : "") + all[i];
    rule.context = context_;
    rule.line = line.number;
    file_.rules.push_back(std::move(rule));
    part_ = &file_.rules.back().statement;
    return {};
  }

  RuleFault set(std::string& what, const std::string& value) {
    what = value;
    part_ = &what;
    return value.empty() ? "a value is missing" : "";
  }

  RuleFault detail(const Line& line) {
    if (part_ == nullptr) return "an indented line without a rule before it";
    std::string_view text = line.text;
    if (!file_.rules.empty() && text.starts_with("check ")) {
      part_ = &file_.rules.back().check;
      text.remove_prefix(6);
    } else if (!file_.rules.empty() && text.starts_with("mend ")) {
      part_ = &file_.rules.back().mend;
      text.remove_prefix(5);
    } else if (!file_.rules.empty() && text.starts_with("instead of ")) {
      const auto when = text.find(" when ");
      if (when == std::string_view::npos) return "instead of ID when CONDITION";
      file_.rules.back().instead_of = trimmed(text.substr(11, when - 11));
      part_ = &file_.rules.back().when;
      text.remove_prefix(when + 6);
    }
    if (!part_->empty()) *part_ += ' ';
    *part_ += trimmed(text);
    return {};
  }

  RuleFile file_;
  std::string context_ = "document";
  std::vector<std::pair<std::string, std::string>> named_;
  std::string* part_ = nullptr;
};

}  // namespace

std::expected<RuleFile, RuleFault> read_rules(std::string_view name, std::string_view text) {
  return Reader(name).read(text);
}

}  // namespace purser::rule
