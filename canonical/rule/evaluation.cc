#include "canonical/rule/evaluation.h"

#include <algorithm>

namespace purser::rule {

TotalValues::Entry* TotalValues::entry(const std::string& key) {
  for (const Recent& recent : recent_) {
    if (recent.entry != nullptr && recent.key == key) return recent.entry;
  }
  auto found = entries_.find(key);
  if (found == entries_.end()) {
    if (entries_.size() >= max_keys) return nullptr;
    found = entries_.try_emplace(key).first;
  }
  Recent& oldest = recent_[next_++ % recent_.size()];
  oldest.key = key;
  oldest.entry = &found->second;
  return oldest.entry;
}

const TotalValues::Entry* TotalValues::find(const std::string& key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

void TotalValues::clear() {
  entries_.clear();
  for (Recent& recent : recent_) recent.entry = nullptr;
}

Evaluation::Evaluation(const Program& program, const HeldTree& header)
    : program_(program),
      header_(header),
      totals_(program.totals.size()),
      counted_(program.totals.size()),
      remembered_(program.lists.size()) {}

void Evaluation::begin_document() {
  for (TotalValues& total : totals_) total.clear();
}

/// The keys of a total for the element, null if its condition does not hold.
const std::string* Evaluation::key_of(std::size_t index, const Scope& scope) {
  const Total& total = program_.totals[index];
  if (total.condition != none) {
    Counted& like = counted_[total.same_condition];
    if (like.asked != element_) {
      like.asked = element_;
      like.counts = holds(total.condition, scope);
    }
    if (!like.counts) return nullptr;
  }
  Counted& like = counted_[total.same_keys];
  if (like.keyed != element_) {
    like.keyed = element_;
    key(total.keys, scope, '\1', like.key);
  }
  return &like.key;
}

void Evaluation::count_element(Index list, const HeldTree& element) {
  Scope scope{&element, HeldTree::root, nullptr};
  scope.context = &scope;
  ++element_;
  for (std::size_t i = 0; i < totals_.size(); ++i) {
    if (program_.totals[i].list != list) continue;
    const std::string* const found = key_of(i, scope);
    TotalValues::Entry* entry = found == nullptr ? nullptr : totals_[i].entry(*found);
    if (entry == nullptr) continue;
    walk(program_.totals[i].value, scope, [&](const HeldTree& tree, NodeIndex node) {
      ++entry->count;
      const Value value = value_of(tree[node]);
      if (value.kind != Value::Kind::number) return false;
      const auto sum = add(entry->sum, value.number);
      entry->exact = entry->exact && sum.has_value();
      if (sum) entry->sum = *sum;
      return false;
    });
  }
}

/// The keys' values as bytes. What has no value equals nothing: both sides bring their own `nothing`.
void Evaluation::key(const std::vector<Index>& parts, const Scope& scope, char nothing, std::string& into) {
  into.clear();
  for (const Index part : parts) {
    const Value found = value(part, scope);
    if (found.kind == Value::Kind::text) {
      into += found.text;
    } else if (found.kind == Value::Kind::number) {
      const Number number = found.number.normalized();
      const Number::Wide coefficient = number.coefficient();
      into.append(reinterpret_cast<const char*>(&coefficient), sizeof coefficient);
      into += static_cast<char>(number.scale());
    } else if (found.kind == Value::Kind::boolean) {
      into += found.boolean ? '1' : '0';
    } else {
      into += nothing;
    }
    into += '\0';
  }
}

void Evaluation::read(const HeldNode& node, Value& into) {
  into.kind = Value::Kind::number;
  switch (node.value.type) {
    case ScalarType::text:
    case ScalarType::code:
      into.kind = node.leaf ? Value::Kind::text : Value::Kind::nothing;
      into.text = node.value.bytes;
      break;
    case ScalarType::decimal:
      into.number = Number(node.value.decimal);
      break;
    case ScalarType::integer:
      into.number = Number(node.value.integer, 0);
      break;
    case ScalarType::boolean:
      into.kind = Value::Kind::boolean;
      into.boolean = node.value.boolean;
      break;
    case ScalarType::date: {
      const Date& date = node.value.when.date;
      into.number = Number(date.year * 10000 + date.month * 100 + date.day, 0);
      break;
    }
    default:
      into.kind = Value::Kind::nothing;
  }
}

Value Evaluation::first(const Path& path, const Scope& scope) {
  Value found;
  walk(path, scope, [&](const HeldTree& tree, NodeIndex node) {
    read(tree[node], found);
    return found.kind != Value::Kind::nothing;
  });
  return found;
}

bool Evaluation::holds(Index index, const Scope& scope) {
  const Code& code = program_.codes[index];
  switch (code.op) {
    case Op::truth:
      return true;
    case Op::falsehood:
      return false;
    case Op::both:
      return holds(code.a, scope) && holds(code.b, scope);
    case Op::either:
      return holds(code.a, scope) || holds(code.b, scope);
    case Op::opposite:
      return !holds(code.a, scope);
    case Op::exists:
      return walk(program_.paths[code.a], scope, [](const HeldTree&, NodeIndex) { return true; });
    case Op::filled:
      return walk(program_.paths[code.a], scope,
                  [](const HeldTree& tree, NodeIndex node) { return tree[node].filled; });
    case Op::any:
    case Op::all: {
      const bool wanted = code.op == Op::any;
      const bool found = walk(program_.paths[code.a], scope, [&](const HeldTree& tree, NodeIndex node) {
        return holds(code.b, {&tree, node, scope.context}) == wanted;
      });
      return found == wanted;
    }
    case Op::equal:
    case Op::unequal:
    case Op::less:
    case Op::at_most:
    case Op::greater:
    case Op::at_least:
      return compares(code, scope);
    default: {
      const Value found = value(index, scope);
      return found.kind == Value::Kind::boolean && found.boolean;
    }
  }
}

bool Evaluation::ordered(Op op, const Value& left, const Value& right) {
  if (left.kind != right.kind || left.kind == Value::Kind::nothing) return false;
  if (left.kind == Value::Kind::text && (op == Op::equal || op == Op::unequal))
    return (left.text == right.text) == (op == Op::equal);
  std::strong_ordering order = std::strong_ordering::equal;
  if (left.kind == Value::Kind::number)
    order = compare(left.number, right.number);
  else if (left.kind == Value::Kind::text)
    order = left.text <=> right.text;
  else
    order = static_cast<int>(left.boolean) <=> static_cast<int>(right.boolean);
  switch (op) {
    case Op::equal:
      return order == 0;
    case Op::unequal:
      return order != 0;
    case Op::less:
      return order < 0;
    case Op::at_most:
      return order <= 0;
    case Op::greater:
      return order > 0;
    default:
      return order >= 0;
  }
}

/// Two paths that lead to many values compare where any two values do.
bool Evaluation::compares(const Code& code, const Scope& scope) {
  const auto many = [&](Index side) {
    const Code& operand = program_.codes[side];
    return operand.op == Op::path && program_.paths[operand.a].many ? &program_.paths[operand.a] : nullptr;
  };
  const Path* left = many(code.a);
  const Path* right = many(code.b);
  if (left == nullptr && right == nullptr)
    return ordered(code.op, value(code.a, scope), value(code.b, scope));
  const auto with_right = [&](const Value& one) {
    if (right == nullptr) return ordered(code.op, one, value(code.b, scope));
    return walk(*right, scope, [&](const HeldTree& tree, NodeIndex node) {
      return ordered(code.op, one, value_of(tree[node]));
    });
  };
  if (left == nullptr) return with_right(value(code.a, scope));
  return walk(*left, scope,
              [&](const HeldTree& tree, NodeIndex node) { return with_right(value_of(tree[node])); });
}

std::string_view Evaluation::kept(std::string text) { return texts_.emplace_back(std::move(text)); }

}  // namespace purser::rule
