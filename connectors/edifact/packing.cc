#include "connectors/edifact/packing.h"

#include <algorithm>
#include <array>

namespace purser::edifact {

using table::HeldSegment;

namespace {

constexpr std::string_view only_package = "1";  ///< number of the CPS around lines that stand in no package

// A group is marked by 0138, the position of a security segment, which no table writes.
constexpr Packing packages = {"CPS", "LIN", "XPK", 1, "lines", true};
constexpr Packing groups = {"UCF", "UCM", "XGR", 9, "0", false};
constexpr std::array<std::pair<std::string_view, const Packing*>, 3> packed = {
    {{"DESADV", &packages}, {"RECADV", &packages}, {"CONTRL", &groups}}};

}  // namespace

const Packing* packing_of(std::string_view message) {
  const auto found = std::ranges::find(packed, message, &std::pair<std::string_view, const Packing*>::first);
  return found == packed.end() ? nullptr : found->second;
}

Outcome PackingReader::open(std::string_view name, const Position& at) {
  segment_ = name == packing_.package ? Segment::package
             : name == packing_.line  ? Segment::line
                                      : Segment::other;
  if (segment_ == Segment::package) package_.clear();
  return next_.open(name, at);
}

Outcome PackingReader::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (segment_ == Segment::package && where.element == 1 && where.component == 1) {
    package_ = text;
    package_at_ = at;
  }
  return next_.leaf(where, text, at);
}

Outcome PackingReader::close(const Position& at) {
  if (auto done = next_.close(at); !done) return done;
  if (segment_ != Segment::line || package_.empty()) return {};
  if (auto done = next_.open(packing_.name, package_at_); !done) return done;
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

void PackingWriter::take_package(HeldSegment segment) {
  std::string id;
  state_ = State::packages;
  for (const HeldSegment::Leaf& leaf : segment.leaves) {
    if (leaf.where.component != 1) continue;
    if (leaf.where.element == 1) id = leaf.text;
    if (leaf.where.element == packing_.mark_element && leaf.text == packing_.mark) state_ = State::lines;
  }
  if (state_ == State::packages) packages_.push_back({std::move(id), {std::move(segment)}});
}

Outcome PackingWriter::take(HeldSegment segment) {
  if (segment.tag == "UNH") {
    if (auto done = finish(); !done) return done;
    state_ = State::before;
  } else if (segment.tag == packing_.package) {
    take_package(std::move(segment));
    return {};
  } else if (segment.tag == "CNT" || segment.tag == "UNT") {
    if (auto done = finish(); !done) return done;
    state_ = State::after;
  }
  if (state_ == State::packages) {
    packages_.back().segments.push_back(std::move(segment));
    return {};
  }
  if (state_ != State::lines) return segment.give(next_);
  if (segment.tag == packing_.line) {
    if (has_line_) {
      if (auto done = enter({}, line_.at); !done) return done;
    }
    line_ = std::move(segment);
    has_line_ = true;
    return {};
  }
  const bool told = segment.tag == packing_.name;
  if (has_line_) {
    if (auto done =
            enter(told && !segment.leaves.empty() ? segment.leaves[0].text : std::string(), segment.at);
        !done) {
      return done;
    }
  }
  return told ? Outcome{} : segment.give(next_);
}

/// Its index; of several with one name the first whose lines are not complete.
std::size_t PackingWriter::find(const std::string& package) const {
  const auto open = packages_.begin() + static_cast<std::ptrdiff_t>(written_ == 0 ? 0 : written_ - 1);
  auto found = std::find_if(open, packages_.end(), [&](const Package& one) { return one.id == package; });
  if (found == packages_.end()) found = std::ranges::find(packages_, package, &Package::id);
  return static_cast<std::size_t>(found - packages_.begin());
}

Outcome PackingWriter::enter(const std::string& package, const Position& at) {
  const std::size_t index = find(package);
  if (index < packages_.size() && package != open_package_) {
    if (index >= written_) {
      if (auto done = write_until(index + 1); !done) return done;
    } else {
      notes_.finding(make_finding("EDIFACT-0055", at,
                                  "the line stands in package " + package + ", whose lines were complete"));
      if (auto done = packages_[index].segments.front().give(next_); !done) return done;
    }
    open_package_ = package;
  } else if (open_package_.empty()) {
    // A line without package: the first package takes it; without any, one is made, since a line must have
    // one.
    if (!packages_.empty()) {
      if (auto done = write_until(1); !done) return done;
      open_package_ = packages_.front().id;
    } else if (packing_.demanded) {
      const std::string number = package.empty() ? std::string(only_package) : package;
      const HeldSegment made{std::string(packing_.package), at, {{{{}, 1, 1, 1}, number, at}}};
      if (auto done = made.give(next_); !done) return done;
      open_package_ = number;
    }
  }
  has_line_ = false;
  return line_.give(next_);
}

Outcome PackingWriter::write_until(std::size_t end) {
  for (; written_ < end; ++written_) {
    for (const HeldSegment& segment : packages_[written_].segments) {
      if (auto done = segment.give(next_); !done) return done;
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

}  // namespace purser::edifact
