#include "connectors/ubl/rules/syntax_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "plugins/sdk/embedded.h"

namespace purser::ubl {

namespace rule_files {
std::span<const sdk::EmbeddedFile> embedded_files();  // generated
}

namespace {

std::string_view trimmed(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r");
  return start == std::string_view::npos ? std::string_view{}
                                         : text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> all;
  int depth = 0;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] == '[') ++depth;
    if (at < text.size() && text[at] == ']') --depth;
    if (at == text.size() || (text[at] == mark && depth == 0)) {
      all.emplace_back(text.substr(from, at - from));
      from = at + 1;
    }
  }
  return all;
}

/// The next word, blanks inside [ ] belonging to it.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  int depth = 0;
  std::size_t end = 0;
  for (; end < text.size() && (depth > 0 || text[end] != ' '); ++end) {
    if (text[end] == '[') ++depth;
    if (text[end] == ']') --depth;
  }
  const auto word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

Predicate predicate_of(std::string_view text) {
  Predicate out;
  if (text.starts_with("not ")) {
    out.negated = true;
    text.remove_prefix(4);
  }
  const auto equals = text.find('=');
  std::string_view path = text.substr(0, equals);
  if (equals != std::string_view::npos) {
    out.kind = path.ends_with('!') ? Predicate::Kind::unequal : Predicate::Kind::equal;
    if (path.ends_with('!')) path.remove_suffix(1);
    out.values = split(text.substr(equals + 1), '|');
  }
  for (const std::string& part : split(path, '/')) {
    if (part.starts_with('@'))
      out.attribute = part.substr(1);
    else if (part != ".")
      out.elements.push_back(part);
  }
  return out;
}

SyntaxPath path_of(std::string_view text) {
  SyntaxPath out;
  if (text.starts_with("//")) {
    out.anywhere = true;
    text.remove_prefix(2);
  } else if (text.starts_with('/')) {
    text.remove_prefix(1);
  }
  for (const std::string& part : split(text, '/')) {
    if (part.starts_with('@')) {
      out.attribute = part.substr(1);
      continue;
    }
    SyntaxStep step;
    std::string_view rest = part;
    const auto bracket = std::min(rest.find('['), rest.size());
    step.name = rest.substr(0, bracket);
    if (bracket < rest.size())
      step.predicates.push_back(predicate_of(rest.substr(bracket + 1, rest.size() - bracket - 2)));
    out.steps.push_back(std::move(step));
  }
  return out;
}

constexpr std::array<std::pair<std::string_view, Form>, 13> forms = {{{"never", Form::never},
                                                                      {"once", Form::once},
                                                                      {"twice", Form::twice},
                                                                      {"single", Form::single},
                                                                      {"has", Form::has},
                                                                      {"must", Form::must},
                                                                      {"equal", Form::equal},
                                                                      {"codes", Form::codes},
                                                                      {"list", Form::list},
                                                                      {"decimals", Form::decimals},
                                                                      {"date", Form::date},
                                                                      {"filled", Form::filled},
                                                                      {"same", Form::same}}};

/// What follows the path: values, exceptions, contexts. Empty if all is well.
std::string tail(std::string_view rest, SyntaxRule& rule) {
  if (rule.form == Form::codes) rule.values = split(take_word(rest), '|');
  if (rule.form == Form::same) rule.values = {std::string(take_word(rest))};
  if (rule.form == Form::list) {
    rule.codes = find_code_list(take_word(rest));
    if (rule.codes == nullptr) return "no such code list";
  }
  while (!rest.empty()) {
    const auto word = take_word(rest);
    if (word == "in") {
      for (const std::string& context : split(take_word(rest), '|')) {
        rule.contexts.push_back(path_of(context));
        rule.contexts.back().anywhere = !context.starts_with('/');
      }
    } else if (word == "but") {
      rule.except = take_word(rest);
    } else if (word == "without" && rule.form == Form::list) {
      rule.values = split(take_word(rest), '|');
    } else if (word == "given") {
      rule.given = take_word(rest);
    } else if (word == "of") {
      rule.of = take_word(rest);
    } else if (word == "not-of") {
      rule.not_of = take_word(rest);
    } else if (word == "unlike" && take_word(rest) == "seller") {
      rule.unlike_seller = true;
    } else {
      return fmt::format("'{}' is not expected", word);
    }
  }
  return {};
}

std::string row_of(std::string_view line, SyntaxRule& rule) {
  const auto colon = line.find(" : ");
  if (colon != std::string_view::npos) rule.statement = trimmed(line.substr(colon + 3));
  std::string_view rest = trimmed(line.substr(0, colon));
  rule.id = take_word(rest);
  const auto severity = take_word(rest);
  if (severity != "fatal" && severity != "warning") return "fatal or warning expected";
  rule.severity = severity == "fatal" ? Severity::error : Severity::warning;
  rule.what = rest;
  auto word = take_word(rest);
  if (word == "Invoice" || word == "CreditNote" || word == "Order" || word == "OrderResponse") {
    rule.root = word;
    word = take_word(rest);
  }
  const auto form = std::ranges::find(forms, word, &std::pair<std::string_view, Form>::first);
  if (form == forms.end()) return fmt::format("'{}' is not one of the forms", word);
  rule.form = form->second;
  const auto path = take_word(rest);
  if (path.empty()) return "a path expected";
  rule.path = path_of(path);
  if (rule.statement.empty()) rule.statement = fmt::format("An invoice does not use {}.", path);
  return tail(rest, rule);
}

}  // namespace

std::expected<std::vector<SyntaxRule>, std::string> read_syntax_rules(std::string_view name,
                                                                      std::string_view text) {
  std::vector<SyntaxRule> all;
  std::string pack;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("pack ")) {
      pack = trimmed(line.substr(5));
      continue;
    }
    if (pack.empty()) return std::unexpected(fmt::format("{}:{}: 'pack NAME' expected first", name, number));
    SyntaxRule rule;
    rule.pack = pack;
    if (const auto fault = row_of(line, rule); !fault.empty())
      return std::unexpected(fmt::format("{}:{}: {}", name, number, fault));
    all.push_back(std::move(rule));
  }
  return all;
}

const std::vector<SyntaxRule>& syntax_rules() {
  static const std::vector<SyntaxRule> all = [] {
    std::vector<SyntaxRule> rules;
    for (const auto& file : rule_files::embedded_files()) {
      auto read = read_syntax_rules(file.name, file.text);
      if (!read) throw std::logic_error(read.error());
      rules.insert(rules.end(), read->begin(), read->end());
    }
    return rules;
  }();
  return all;
}

}  // namespace purser::ubl
