#include "connectors/x12/annotation.h"

#include <algorithm>
#include <array>

namespace purser::x12 {
namespace {

constexpr std::array<std::string_view, 3> beginnings = {"BAK", "BCH", "BCA"};
constexpr std::array<std::string_view, 4> lines = {"PO1", "POC", "IT1", "RCD"};
constexpr std::uint16_t order_number = 3;                 ///< BAK03, BCH03, BCA03
constexpr std::uint16_t change_date = 11;                 ///< BCH11
constexpr std::uint16_t group_date = 4;                   ///< GS04
constexpr std::uint16_t control_number = 13;              ///< ISA13
constexpr std::uint16_t first_party = 5, last_party = 8;  ///< ISA05 to ISA08

}  // namespace

Annotation::Kind Annotation::kind_of(std::string_view tag) {
  const char first = tag.empty() ? '\0' : tag[0];
  if (first != 'B' && first != 'I' && first != 'P' && first != 'R' && first != 'G')
    return Kind::other;  // nearly all tags
  const auto among = [&](const auto& tags) { return std::ranges::find(tags, tag) != tags.end(); };
  return tag == "ISA"        ? Kind::interchange
         : tag == "GS"       ? Kind::group
         : among(beginnings) ? Kind::beginning
         : among(lines)      ? Kind::line
                             : Kind::other;
}

/// Most segments need nothing.
Outcome Annotation::segment(const map::Segment& whole) {
  const Kind kind = kind_of(whole.tag);
  const bool numbered = kind == Kind::line && !whole.values.empty() && whole.values[0].where.element == 1;
  if (kind != Kind::other && !numbered) return SyntaxSink::segment(whole);
  if (numbered) ++lines_;
  return next_.segment(whole);
}

Outcome Annotation::open(std::string_view name, const Position& at) {
  kind_ = kind_of(name);
  added_ = {kind_ == Kind::interchange ? "XAD" : "XNO", at, {}};
  dated_ = name != "BCH";
  if (kind_ == Kind::line) {
    ++lines_;
    numbered_ = false;
  }
  return next_.open(name, at);
}

Outcome Annotation::leaf(const map::LeafAddress& where, std::string_view text, const Position& at) {
  if (kind_ == Kind::line && !numbered_) {
    numbered_ = true;
    if (where.element != 1) {
      if (auto done = next_.leaf({{}, 1, 1, 1}, std::to_string(lines_), at); !done) return done;
    }
  } else if (kind_ == Kind::interchange && where.element >= first_party && where.element <= last_party) {
    added_.leaves.push_back(
        {{{}, static_cast<std::uint16_t>(where.element - first_party + 1), 1, 1}, std::string(text), at});
  } else if (kind_ == Kind::interchange && where.element == control_number) {
    added_.leaves.push_back({{{}, 5, 1, 1}, std::string(text), at});
  } else if (kind_ == Kind::group && where.element == group_date) {
    prepared_ = text;
  } else if (kind_ == Kind::beginning && where.element == order_number) {
    added_.leaves.push_back({{{}, 1, 1, 1}, std::string(text), at});
  } else if (kind_ == Kind::beginning && where.element == change_date) {
    dated_ = true;
  }
  return next_.leaf(where, text, at);
}

Outcome Annotation::close(const Position& at) {
  if (!dated_ && !prepared_.empty()) added_.leaves.push_back({{{}, 2, 1, 1}, prepared_, added_.at});
  if (auto done = next_.close(at); !done || added_.leaves.empty()) return done;
  const table::HeldSegment added = std::move(added_);
  added_ = {};
  return added.give(next_);
}

}  // namespace purser::x12
