// Paths of a check, and totals over streamed lists.
#include <fmt/format.h>

#include <algorithm>

#include "canonical/rule/compiler.h"

namespace purser::rule {

Index Compiler::keep(Path path) {
  out_.paths.push_back(std::move(path));
  return static_cast<Index>(out_.paths.size() - 1);
}

/// `seller.name`, `/currency`, `this.rate`, `up.number`, `.`, `lines[…].net_amount`.
Compiler::Place Compiler::place() {
  const std::size_t from = at_;
  const bool outermost = scopes_.size() == 1;
  Origin origin = Origin::item;
  Index start = scopes_.back();
  if (take("/")) {
    origin = Origin::root;
    start = 0;
  } else if (is("this") || is("up")) {
    origin = is("this") ? Origin::context : Origin::parent;
    ++at_;
    start = origin == Origin::context ? scopes_.front() : out_.watches[start].parent;
    if (start == none) fail("the document has nothing around it");
    if (!take(".")) return {keep({origin, false, start, {}})};
  } else if (take(".")) {
    return {keep({origin, false, start, {}})};
  }
  if (token().kind != TokenKind::name) fail(fmt::format("a field expected before '{}'", token().text));
  // For a line `/lines` are those that went by, itself included.
  if (start == 0 && (origin == Origin::root || !in_stream(scopes_.front()))) {
    const Index list = watch_of(0, token().text);
    if (out_.watches[list].field->streamed) {
      ++at_;
      return total(list);
    }
  }
  const Index path = keep(steps_from(origin, start));
  if (outermost && subject_ == none) {
    subject_ = path;
    subject_path_.clear();
    for (const Step& step : out_.paths[path].steps) {
      if (!subject_path_.empty()) subject_path_ += '.';
      subject_path_ += out_.watches[step.watch].field->name;
    }
    if (origin == Origin::root) subject_path_ = "/" + subject_path_;
  }
  (void)from;
  return {path};
}

Path Compiler::steps_from(Origin origin, Index start) {
  Path path;
  path.origin = origin;
  Index watch = start;
  do {
    if (token().kind != TokenKind::name) fail(fmt::format("a field expected before '{}'", token().text));
    watch = watch_of(watch, token().text);
    ++at_;
    Step step{out_.watches[watch].slot, watch, none};
    if (take("[")) step.condition = condition(watch);
    path.many = path.many || out_.watches[watch].field->repeated;
    path.steps.push_back(step);
  } while (take("."));
  path.watch = watch;
  return path;
}

/// What stands in [ ], up to and with the ].
Index Compiler::condition(Index watch) {
  scopes_.push_back(watch);
  const Index code = boolean(expression());
  scopes_.pop_back();
  expect("]");
  return code;
}

Index Compiler::aggregate(Op held, Op streamed) {
  const Place found = place();
  if (found.total == none) return make(held, found.path);
  if (streamed == Op::truth) fail("this cannot be told over streamed lines");
  return make(streamed, found.total, found.keys);
}

/// A total over the streamed list whose name was just read.
Compiler::Place Compiler::total(Index list) {
  Total total;
  total.list = list;
  std::vector<Index> keys;
  total.signature = std::string(out_.watches[list].field->name) + ":";
  if (take("[")) total_conditions(list, total, keys);
  const std::vector<Index> outer = std::exchange(scopes_, {list});
  const std::size_t from = at_;
  total.value = Path{Origin::item, false, list, {}};
  if (take(".")) total.value = steps_from(Origin::item, list);
  total.signature += "|" + words(from, at_);
  scopes_ = outer;
  Index index = none;
  for (std::size_t i = 0; i < out_.totals.size(); ++i) {
    if (out_.totals[i].signature == total.signature) index = static_cast<Index>(i);
  }
  if (index == none) {
    index = static_cast<Index>(out_.totals.size());
    out_.totals.push_back(std::move(total));
  }
  out_.keys.push_back(std::move(keys));
  return {none, index, static_cast<Index>(out_.keys.size() - 1)};
}

/// Conditions that compare with a constant or with `this` become keys: one walk over the lines then answers
/// for every category and every rate. All others say which lines count at all.
void Compiler::total_conditions(Index list, Total& total, std::vector<Index>& keys) {
  const std::vector<Index> outer = scopes_;
  std::string filters;
  for (bool more = true; more;) {
    std::size_t end = at_, equals = 0;
    for (int depth = 0; depth > 0 || (tokens_[end].text != "]" && tokens_[end].text != "and"); ++end) {
      const Token& word = tokens_[end];
      if (word.kind == TokenKind::end) fail("']' expected");
      if (word.kind == TokenKind::text) continue;
      if (word.text == "(" || word.text == "[") ++depth;
      if (word.text == ")" || word.text == "]") --depth;
      if (depth == 0 && word.text == "=") equals = end;
    }
    const Token& right = tokens_[equals + 1];
    const bool key = equals != 0 && (right.kind == TokenKind::text || right.kind == TokenKind::number ||
                                     right.text == "this");
    const std::size_t from = at_;
    scopes_ = {list};
    if (key) {
      total.keys.push_back(sum());
      total.signature += words(from, equals) + "=";
      total.key_words += words(from, equals) + "=";
      if (at_ != equals) fail("a field expected before '='");
      ++at_;
      scopes_ = outer;
      keys.push_back(sum());
    } else {
      const Index code = boolean(negation());
      total.condition = total.condition == none ? code : make(Op::both, total.condition, code);
      filters += words(from, at_) + "&";
    }
    scopes_ = outer;
    more = take("and");
  }
  total.signature += "?" + filters;
  total.condition_words = filters;
  expect("]");
}

}  // namespace purser::rule
