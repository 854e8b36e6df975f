// Source paths: `a/b[c=X]/@d`, `NAD[3035=SE].C082.3039#2`, `"Heading"`, `column(3)`.
#include <algorithm>

#include "canonical/map/table.h"

namespace purser::map {
namespace {

class PathParser {
 public:
  PathParser(std::string_view syntax, std::string_view text, const Place& place, Problems& problems)
      : edi_(syntax != "xml" && syntax != "delimited"),
        delimited_(syntax == "delimited"),
        text_(text),
        place_(place),
        problems_(problems),
        syntax_(syntax) {}

  bool parse(PathText& into) {
    into.text = std::string(text_);
    into.column = place_.column;
    if (text_ == ".") return true;
    do {
      StepText step;
      if (!parse_step(step)) return false;
      into.steps.push_back(std::move(step));
    } while (separator());
    return at_ == text_.size() ||
           fail("'" + std::string(text_.substr(at_)) + "' in a path", "'/' or the end");
  }

 private:
  bool separator() {
    if (at_ >= text_.size() || (text_[at_] != '/' && !(edi_ && text_[at_] == '.'))) return false;
    ++at_;
    return true;
  }

  bool parse_step(StepText& step) {
    step.column = place_.column + static_cast<std::uint32_t>(at_);
    if (delimited_ && text_.substr(at_).starts_with('"')) {
      step.heading = true;
      return quoted(step.name);
    }
    if (text_.substr(at_).starts_with('@')) {
      step.attribute = true;
      ++at_;
    }
    const std::string_view stops = edi_ ? "/[].@#=!" : "/[]#=!";
    const std::size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
    step.name = std::string(text_.substr(at_, end - at_));
    at_ = end;
    if (step.name.empty()) return fail("an empty step in a path", "a name");
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '[') {
        if (!predicate(step)) return false;
      } else if (edi_ && c == '@') {
        if (!number(step.place)) return false;
      } else if (c == '#') {
        if (!number(step.occurrence)) return false;
        step.onward = at_ < text_.size() && text_[at_] == '+';
        at_ += step.onward ? 1 : 0;
      } else {
        break;
      }
    }
    return true;
  }

  bool number(std::uint32_t& value) {
    const std::size_t end = std::min(text_.find_first_not_of("0123456789", at_ + 1), text_.size());
    if (!parse_count(text_.substr(at_ + 1, end - at_ - 1), value) || value == 0 || value > 9999) {
      return fail("no number behind '" + std::string(1, text_[at_]) + "'", "1 to 9999");
    }
    at_ = end;
    return true;
  }

  bool quoted(std::string& into) {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      into += text_[at_];
    }
    if (at_ == text_.size()) return fail("a quote that is not closed", "'\"'");
    ++at_;
    return true;
  }

  /// The end of a predicate's inside, from its '['.
  std::size_t closing() const {
    std::size_t depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '"') {
        for (++i; i < text_.size() && text_[i] != '"'; ++i) i += text_[i] == '\\' ? 1U : 0U;
        continue;
      }
      depth += text_[i] == '[' ? 1U : 0U;
      if (text_[i] == ']' && --depth == 0) return i;
    }
    return text_.size();
  }

  /// Where the operator stands: the first '=' or '!=' outside brackets and quotes.
  static std::size_t operator_at(std::string_view inside) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == '"') {
        for (++i; i < inside.size() && inside[i] != '"'; ++i) i += inside[i] == '\\' ? 1U : 0U;
      } else if (inside[i] == '[') {
        ++depth;
      } else if (inside[i] == ']') {
        --depth;
      } else if (depth == 0 && inside[i] == '=') {
        return i;
      }
    }
    return inside.size();
  }

  bool predicate(StepText& step) {
    constexpr std::size_t deepest = 8;  // predicates within predicates; nobody needs more than two
    const std::size_t end = closing();
    std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    PredicateText found;
    found.column = place_.column + static_cast<std::uint32_t>(at_ + 1);
    if (std::count(text_.begin(), text_.end(), '[') > static_cast<std::ptrdiff_t>(deepest * 4)) {
      return fail("too many predicates", "fewer");
    }
    std::size_t equal = operator_at(inside);
    std::uint32_t skipped = 0;
    if (equal == inside.size()) {
      found.kind = inside.starts_with('!') ? PredicateKind::absent : PredicateKind::present;
      if (found.kind == PredicateKind::absent) skipped = 1;
    } else {
      const bool negative = equal > 0 && inside[equal - 1] == '!';
      found.kind = negative ? PredicateKind::unequal : PredicateKind::equal;
      if (!values(inside.substr(equal + 1), found)) return false;
      equal -= negative ? 1 : 0;
    }
    const Place place{place_.file, place_.line, found.column + skipped};
    if (!parse_path(syntax_, inside.substr(skipped, equal - skipped), place, problems_, found.path))
      return false;
    step.predicates.push_back(std::move(found));
    at_ = std::min(end + 1, text_.size());
    return true;
  }

  bool values(std::string_view text, PredicateText& into) {
    if (text.starts_with('/')) {
      into.root_path = std::string(text.substr(1));
      return true;
    }
    while (true) {
      std::string value;
      if (text.starts_with('"')) {
        std::size_t i = 1;
        for (; i < text.size() && text[i] != '"'; ++i) {
          if (text[i] == '\\' && i + 1 < text.size()) ++i;
          value += text[i];
        }
        text.remove_prefix(std::min(i + 1, text.size()));
      } else {
        const std::size_t end = std::min(text.find('|'), text.size());
        value = std::string(text.substr(0, end));
        text.remove_prefix(end);
      }
      if (value.empty()) return fail("a predicate without value", "[path=VALUE]; [path] asks for presence");
      into.values.push_back(std::move(value));
      if (text.empty()) return true;
      if (text[0] != '|') return fail("'" + std::string(text) + "' behind a value", "'|' or ']'");
      text.remove_prefix(1);
    }
  }

  bool fail(std::string message, std::string expected) {
    problems_.add("MAP-0109", {place_.file, place_.line, place_.column + static_cast<std::uint32_t>(at_)},
                  std::move(message), std::move(expected));
    return false;
  }

  bool edi_, delimited_;
  std::string_view text_;
  Place place_;
  Problems& problems_;
  std::string_view syntax_;
  std::size_t at_ = 0;
};

}  // namespace

bool parse_path(std::string_view syntax, std::string_view text, const Place& place, Problems& problems,
                PathText& into) {
  return PathParser(syntax, text, place, problems).parse(into);
}

}  // namespace purser::map
