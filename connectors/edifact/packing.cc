#include "connectors/edifact/packing.h"

#include <algorithm>

namespace purser::edifact {
namespace {

constexpr std::string_view package_segment = "XPK";
constexpr std::string_view only_package = "1";  ///< number of the CPS around lines that stand in no package

}  // namespace

bool is_packed(std::string_view message) { return message == "DESADV" || message == "RECADV"; }

Outcome PackingReader::open(std::string_view name, const Position& at) {
  segment_ = name == "CPS" ? Segment::cps : name == "LIN" ? Segment::lin : Segment::other;
  if (segment_ == Segment::cps) package_.clear();
  return next_.open(name, at);
}

Outcome PackingReader::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (segment_ == Segment::cps && where.element == 1 && where.component == 1) {
    package_ = text;
    package_at_ = at;
  }
  return next_.leaf(where, text, at);
}

Outcome PackingReader::close(const Position& at) {
  if (auto done = next_.close(at); !done) return done;
  if (segment_ != Segment::lin || package_.empty()) return {};
  if (auto done = next_.open(package_segment, package_at_); !done) return done;
  if (auto done = next_.leaf({{}, 1, 1, 1}, package_, package_at_); !done) return done;
  return next_.close(package_at_);
}

Outcome PackingWriter::open(std::string_view name, const Position& at) {
  current_ = {std::string(name), at, {}};
  return {};
}

Outcome PackingWriter::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  current_.leaves.push_back({{{}, where.element, where.component, where.repetition}, std::string(text), at});
  return {};
}

Outcome PackingWriter::close(const Position& /*at*/) { return take(std::move(current_)); }

Outcome PackingWriter::take(Segment segment) {
  if (segment.tag == "UNH") {
    if (auto done = finish(); !done) return done;
    state_ = State::before;
  } else if (segment.tag == "CPS") {
    const auto id = std::ranges::find_if(
        segment.leaves, [](const Leaf& leaf) { return leaf.where.element == 1 && leaf.where.component == 1; });
    const std::string number = id == segment.leaves.end() ? std::string() : id->text;
    state_ = number == lines_mark ? State::lines : State::packages;
    if (state_ == State::packages) packages_.push_back({number, {std::move(segment)}});
    return {};
  } else if (segment.tag == "CNT" || segment.tag == "UNT") {
    if (auto done = finish(); !done) return done;
    state_ = State::after;
  }
  if (state_ == State::packages) {
    packages_.back().segments.push_back(std::move(segment));
    return {};
  }
  if (state_ != State::lines) return put(segment);
  if (segment.tag == "LIN") {
    if (has_line_) {
      if (auto done = enter({}, line_.at); !done) return done;
    }
    line_ = std::move(segment);
    has_line_ = true;
    return {};
  }
  const bool told = segment.tag == package_segment;
  if (has_line_) {
    if (auto done = enter(told && !segment.leaves.empty() ? segment.leaves[0].text : std::string(), segment.at); !done) {
      return done;
    }
  }
  return told ? Outcome{} : put(segment);
}

Outcome PackingWriter::enter(const std::string& package, const Position& at) {
  const auto found = std::ranges::find(packages_, package, &Package::id);
  if (found != packages_.end() && package != open_package_) {
    const auto index = static_cast<std::size_t>(found - packages_.begin());
    if (index >= written_) {
      if (auto done = write_until(index + 1); !done) return done;
    } else {
      notes_.finding(make_finding("EDIFACT-0055", at, "the line stands in package " + package +
                                                          ", whose lines were complete"));
      if (auto done = put(found->segments.front()); !done) return done;
    }
    open_package_ = package;
  } else if (open_package_.empty()) {
    // A line without package: the first package takes it; without any, one is made, since a line must have one.
    if (!packages_.empty()) {
      if (auto done = write_until(1); !done) return done;
      open_package_ = packages_.front().id;
    } else {
      const std::string number = package.empty() ? std::string(only_package) : package;
      if (auto done = put({"CPS", at, {{{{}, 1, 1, 1}, number, at}}}); !done) return done;
      open_package_ = number;
    }
  }
  has_line_ = false;
  return put(line_);
}

Outcome PackingWriter::write_until(std::size_t end) {
  for (; written_ < end; ++written_) {
    for (const Segment& segment : packages_[written_].segments) {
      if (auto done = put(segment); !done) return done;
    }
  }
  return {};
}

Outcome PackingWriter::finish() {
  if (has_line_) {
    if (auto done = enter({}, line_.at); !done) return done;
  }
  if (auto done = write_until(packages_.size()); !done) return done;
  packages_.clear();
  written_ = 0;
  open_package_.clear();
  return {};
}

Outcome PackingWriter::put(const Segment& segment) {
  if (auto done = next_.open(segment.tag, segment.at); !done) return done;
  for (const Leaf& leaf : segment.leaves) {
    if (auto done = next_.leaf(leaf.where, leaf.text, leaf.at); !done) return done;
  }
  return next_.close(segment.at);
}

}  // namespace purser::edifact
