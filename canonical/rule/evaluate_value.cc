// The operations of a check that give a value.
#include <algorithm>

#include "canonical/rule/check_digit.h"
#include "canonical/rule/evaluation.h"

namespace purser::rule {
namespace {

constexpr std::size_t most_kept_texts = 64;  // made while one check is computed; then the oldest may go

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The n-th piece of a text between separators; nothing where there are fewer.
Value piece(std::string_view text, std::string_view separator, Index which) {
  if (separator.empty()) return {};
  for (; which > 1; --which) {
    const auto end = text.find(separator);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + separator.size());
  }
  return Value::of(text.substr(0, text.find(separator)));
}

Value as_number(std::string_view text) {
  const auto number = Decimal::parse(text);
  return number ? Value::of(Number(*number)) : Value();
}

bool small_letter(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

Value Evaluation::value(Index index, const Scope& scope) {
  const Code& code = program_.codes[index];
  switch (code.op) {
    case Op::text:
      return Value::of(std::string_view(program_.texts[code.a]));
    case Op::number:
      return Value::of(program_.numbers[code.a]);
    case Op::path:
      return first(program_.paths[code.a], scope);
    case Op::count:
    case Op::sum:
    case Op::unique:
      return from_path(code, scope);
    case Op::total_count:
    case Op::total_sum:
      return total(code, scope);
    case Op::plus:
    case Op::minus:
    case Op::times:
    case Op::over:
    case Op::negative:
    case Op::absolute:
    case Op::rounded:
    case Op::decimals:
      return computed(code, scope);
    case Op::length:
    case Op::upper:
    case Op::part:
    case Op::piece:
    case Op::as_number:
    case Op::contains:
    case Op::starts:
    case Op::ends:
    case Op::matches:
    case Op::valid:
      return from_text(code, scope);
    case Op::in_list:
    case Op::in_set:
      return Value::of(listed(code, scope));
    default:
      return Value::of(holds(index, scope));
  }
}

Value Evaluation::computed(const Code& code, const Scope& scope) {
  const Value left = value(code.a, scope);
  if (left.kind != Value::Kind::number) return {};
  const Number& a = left.number;
  switch (code.op) {
    case Op::negative:
      return Value::of(a.negated());
    case Op::absolute:
      return Value::of(a.absolute());
    case Op::rounded:
      return Value::of(a.rounded(code.b));
    case Op::decimals:
      return Value::of(Number(a.scale(), 0));
    default:
      break;
  }
  const Value right = value(code.b, scope);
  if (right.kind != Value::Kind::number) return {};
  const Number& b = right.number;
  switch (code.op) {
    case Op::plus:
      return Value::of(add(a, b));
    case Op::minus:
      return Value::of(add(a, b.negated()));
    case Op::times:
      return Value::of(multiply(a, b));
    default:
      return Value::of(divide(a, b));
  }
}

Value Evaluation::from_path(const Code& code, const Scope& scope) {
  const Path& path = program_.paths[code.a];
  if (code.op == Op::unique) {
    std::vector<std::string_view> seen;
    walk(path, scope, [&](const HeldTree& tree, NodeIndex node) {
      seen.push_back(tree[node].value.bytes);
      return false;
    });
    std::ranges::sort(seen);
    return Value::of(std::ranges::adjacent_find(seen) == seen.end());
  }
  std::int64_t count = 0;
  std::optional<Number> sum = Number();
  walk(path, scope, [&](const HeldTree& tree, NodeIndex node) {
    ++count;
    if (code.op == Op::sum && sum) {
      const Value each = value_of(tree[node]);
      if (each.kind == Value::Kind::number) sum = add(*sum, each.number);
    }
    return false;
  });
  return code.op == Op::count ? Value::of(Number(count, 0)) : Value::of(sum);
}

Value Evaluation::total(const Code& code, const Scope& scope) {
  key(program_.keys[code.b], scope, '\2', key_);
  const TotalValues::Entry* entry = totals_[code.a].find(key_);
  if (code.op == Op::total_count)
    return Value::of(Number(entry == nullptr ? 0 : static_cast<std::int64_t>(entry->count), 0));
  if (entry == nullptr) return Value::of(Number());
  return entry->exact ? Value::of(entry->sum) : Value();
}

Value Evaluation::from_text(const Code& code, const Scope& scope) {
  const Value found = value(code.a, scope);
  if (found.kind != Value::Kind::text) return {};
  const std::string_view text = found.text;
  if (texts_.size() > most_kept_texts) texts_.erase(texts_.begin(), texts_.end() - 2);
  switch (code.op) {
    case Op::length:
      return Value::of(Number(static_cast<std::int64_t>(characters(text)), 0));
    case Op::upper: {
      if (std::ranges::none_of(text, small_letter)) return found;
      std::string upper(text);
      for (char& c : upper) c = small_letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
      return Value::of(kept(std::move(upper)));
    }
    case Op::part: {
      const std::size_t from = std::min<std::size_t>(code.b == 0 ? 0 : code.b - 1U, text.size());
      return Value::of(text.substr(from, code.c));
    }
    case Op::as_number:
      return as_number(text);
    case Op::matches:
      return Value::of(program_.patterns[code.b].matches(text));
    case Op::valid:
      return Value::of(has_valid_check_digit(static_cast<CheckDigit>(code.b), text));
    default:
      break;
  }
  const Value what = value(code.b, scope);
  if (what.kind != Value::Kind::text) return Value::of(false);
  if (code.op == Op::piece) return piece(text, what.text, code.c);
  if (code.op == Op::contains) return Value::of(text.find(what.text) != std::string_view::npos);
  return Value::of(code.op == Op::starts ? text.starts_with(what.text) : text.ends_with(what.text));
}

/// Codes are compared as they stand; blanks around them were taken off when they were read.
bool Evaluation::listed(const Code& code, const Scope& scope) {
  const Value found = value(code.a, scope);
  if (found.kind != Value::Kind::text) return false;
  if (code.op == Op::in_set)
    return std::ranges::binary_search(program_.sets[code.b], found.text, std::less<>());
  Remembered& last = remembered_[code.b];
  if (last.code != found.text || last.code.empty()) {
    last.code = found.text;
    last.found = program_.lists[code.b]->contains(found.text);
  }
  return last.found;
}

}  // namespace purser::rule
