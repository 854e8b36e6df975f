// Operators and functions of a check, from the loosest binding to the tightest.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "canonical/rule/check_digit.h"
#include "canonical/rule/compiler.h"

namespace purser::rule {

Index Compiler::make(Op op, Index a, Index b, Index c) {
  out_.codes.push_back({op, a, b, c});
  if (out_.codes.size() >= none) fail("too many rules in one program");
  return static_cast<Index>(out_.codes.size() - 1);
}

/// A path where a condition is wanted asks whether there is something.
Index Compiler::boolean(Index code) {
  if (out_.codes[code].op == Op::path) out_.codes[code].op = Op::exists;
  return code;
}

/// `if A then B`, `A or B`.
Index Compiler::expression() {
  if (take("if")) {
    const Index when = boolean(expression());
    expect("then");
    const Index then = boolean(expression());
    return make(Op::either, make(Op::opposite, when), then);
  }
  Index left = conjunction();
  while (take("or")) {
    left = boolean(left);
    const Index right = boolean(conjunction());
    left = make(Op::either, left, right);
  }
  return left;
}

Index Compiler::conjunction() {
  Index left = negation();
  while (take("and")) {
    left = boolean(left);
    const Index right = boolean(negation());
    left = make(Op::both, left, right);
  }
  return left;
}

Index Compiler::negation() {
  if (take("not")) return make(Op::opposite, boolean(negation()));
  return comparison();
}

Index Compiler::comparison() {
  const Index left = sum();
  constexpr std::array<std::pair<std::string_view, Op>, 6> operators = {{{"=", Op::equal},
                                                                         {"!=", Op::unequal},
                                                                         {"<=", Op::at_most},
                                                                         {">=", Op::at_least},
                                                                         {"<", Op::less},
                                                                         {">", Op::greater}}};
  for (const auto& [mark, op] : operators) {
    if (!take(mark)) continue;
    if (op == Op::unequal && token().kind == TokenKind::text && token().text.empty() &&
        out_.codes[left].op == Op::path) {
      ++at_;
      out_.codes[left].op = Op::filled;
      return left;
    }
    const Index right = sum();
    return make(op, left, right);
  }
  if (take("in")) return membership(left, false);
  if (is("not") && tokens_[at_ + 1].text == "in") {
    at_ += 2;
    return membership(left, true);
  }
  if (take("matches")) {
    if (token().kind != TokenKind::text) fail("a pattern in quotes expected");
    auto pattern = Pattern::compile(token().text);
    if (!pattern) fail(pattern.error());
    ++at_;
    out_.patterns.push_back(*std::move(pattern));
    return make(Op::matches, left, static_cast<Index>(out_.patterns.size() - 1));
  }
  return left;
}

/// `in iso4217`, `in 'unece-rec20'`, `in ('30', '58')`.
Index Compiler::membership(Index value, bool negative) {
  Index found = none;
  if (take("(")) {
    std::vector<std::string> members;
    do {
      if (token().kind != TokenKind::text) fail("codes in quotes expected");
      members.push_back(token().text);
      ++at_;
    } while (take(","));
    expect(")");
    std::ranges::sort(members);
    out_.sets.push_back(std::move(members));
    found = make(Op::in_set, value, static_cast<Index>(out_.sets.size() - 1));
  } else {
    const CodeList* list = find_code_list(token().text);
    if (list == nullptr) fail(fmt::format("there is no code list '{}'", token().text));
    ++at_;
    const auto known = std::ranges::find(out_.lists, list);
    const auto index = static_cast<Index>(known - out_.lists.begin());
    if (known == out_.lists.end()) out_.lists.push_back(list);
    found = make(Op::in_list, value, index);
  }
  return negative ? make(Op::opposite, found) : found;
}

Index Compiler::sum() {
  Index left = product();
  while (is("+") || is("-")) {
    const Op op = is("+") ? Op::plus : Op::minus;
    ++at_;
    const Index right = product();
    left = make(op, left, right);
  }
  return left;
}

Index Compiler::product() {
  Index left = primary();
  while (is("*") || is("/")) {
    const Op op = is("*") ? Op::times : Op::over;
    ++at_;
    const Index right = primary();
    left = make(op, left, right);
  }
  return left;
}

Index Compiler::constant(const Token& token) {
  if (token.kind == TokenKind::number) {
    const auto value = Decimal::parse(token.text);
    if (!value) fail(fmt::format("'{}' is not a number", token.text));
    out_.numbers.emplace_back(*value);
    return make(Op::number, static_cast<Index>(out_.numbers.size() - 1));
  }
  out_.texts.push_back(token.text);
  return make(Op::text, static_cast<Index>(out_.texts.size() - 1));
}

Index Compiler::primary() {
  if (take("(")) {
    const Index inside = expression();
    expect(")");
    return inside;
  }
  if (take("-")) return make(Op::negative, primary());
  if (token().kind == TokenKind::number || token().kind == TokenKind::text) {
    const Token word = token();
    ++at_;
    return constant(word);
  }
  if (token().kind == TokenKind::name && tokens_[at_ + 1].text == "(" &&
      tokens_[at_ + 1].kind == TokenKind::mark) {
    const std::string name = token().text;
    at_ += 2;
    const Index result = function(name);
    expect(")");
    return result;
  }
  if (take("true")) return make(Op::truth);
  if (take("false")) return make(Op::falsehood);
  const Place found = place();
  if (found.total != none) {  // a condition: is there any?
    const Index counted = make(Op::total_count, found.total, found.keys);
    return make(Op::greater, counted, constant({TokenKind::number, "0"}));
  }
  return make(Op::path, found.path);
}

Index Compiler::function(const std::string& name) {
  if (name == "exists") {
    const Place found = place();
    if (found.total == none) return make(Op::exists, found.path);
    const Index counted = make(Op::total_count, found.total, found.keys);
    return make(Op::greater, counted, constant({TokenKind::number, "0"}));
  }
  if (name == "count") return aggregate(Op::count, Op::total_count);
  if (name == "sum") return aggregate(Op::sum, Op::total_sum);
  if (name == "unique") return aggregate(Op::unique, Op::truth);
  if (name == "any" || name == "all") {
    const Place found = place();
    if (found.path == none) fail(fmt::format("{} over streamed lines: use exists(lines[…])", name));
    expect(",");
    scopes_.push_back(out_.paths[found.path].watch);
    const Index inner = boolean(expression());
    scopes_.pop_back();
    return make(name == "any" ? Op::any : Op::all, found.path, inner);
  }
  const Index value = expression();
  if (name == "abs") return make(Op::absolute, value);
  if (name == "scale") return make(Op::decimals, value);
  if (name == "length") return make(Op::length, value);
  if (name == "upper") return make(Op::upper, value);
  if (name == "number") return make(Op::as_number, value);
  expect(",");
  if (name == "contains") return make(Op::contains, value, expression());
  if (name == "starts") return make(Op::starts, value, expression());
  if (name == "ends") return make(Op::ends, value, expression());
  if (name == "valid") {
    const auto scheme = find_check_digit(token().text);
    if (!scheme) fail(fmt::format("no check digit scheme '{}'", token().text));
    ++at_;
    return make(Op::valid, value, static_cast<Index>(*scheme));
  }
  const auto small = [&] {
    if (token().kind != TokenKind::number) fail("a number expected");
    return static_cast<Index>(std::stoul(tokens_[at_++].text));
  };
  if (name == "round") return make(Op::rounded, value, small());
  if (name == "part") {
    const Index from = small();
    expect(",");
    return make(Op::part, value, from, small());
  }
  if (name == "piece") {
    const Index separator = constant(token());
    ++at_;
    expect(",");
    return make(Op::piece, value, separator, small());
  }
  fail(fmt::format("there is no function '{}'", name));
}

}  // namespace purser::rule
