#include "connectors/cii/lines.h"

#include <algorithm>
#include <utility>

namespace purser::cii {
namespace {

constexpr std::string_view group_kind = "GROUP", detail_kind = "DETAIL";

Event field(std::uint16_t number, ScalarType type, std::string_view text, const Position& at) {
  Event event;
  event.number = number;
  event.value.type = type;
  event.value.bytes = text;
  event.at = at;
  return event;
}

}  // namespace

LineNesting::LineNesting(DocumentSink& out)
    : out_(out),
      lines_(invoice_field("lines")),
      number_(invoice_field("lines", "number")),
      parent_(invoice_field("lines", "parent")),
      kind_(invoice_field("lines", "kind")),
      nested_lines_(invoice_field("lines", "lines")) {}

Outcome LineNesting::push(std::span<const Event> batch) {
  std::size_t passed = 0;  // a run of events that are not lines goes on as it came
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const Event& event = batch[i];
    const bool top = top_.step(event);
    const bool begins = top && event.kind == EventKind::begin_group && event.number == lines_;
    if (!in_line_ && !begins) {
      if (held_.empty()) continue;
      if (auto done = flush(); !done) return done;
      passed = i;
      continue;
    }
    if (!in_line_) {
      if (i > passed) {
        if (auto done = out_.push(batch.subspan(passed, i - passed)); !done) return done;
      }
      if (held_.size() >= max_held_lines) {
        if (auto done = flush(); !done) return done;
      }
      held_.emplace_back();
      in_line_ = true;
    }
    if (auto done = take(event, top); !done) return done;
    passed = i + 1;
  }
  return passed < batch.size() ? out_.push(batch.subspan(passed)) : Outcome{};
}

Outcome LineNesting::take(const Event& event, bool top) {
  Line& line = held_.back();
  if (auto done = line.events.push({&event, 1}); !done) return done;
  if (event.kind == EventKind::field && top_.depth() == 1) {
    if (event.number == number_) line.number = event.value.bytes;
    if (event.number == parent_) line.parent = event.value.bytes;
    if (event.number == kind_) line.kind = event.value.bytes;
  }
  if (!top || event.kind != EventKind::end_group) return {};
  in_line_ = false;
  if (!line.parent.empty()) {
    place();
    return {};
  }
  if (held_.size() == 1) return {};
  Line next = std::move(held_.back());  // it begins anew: what is held is complete
  held_.pop_back();
  if (auto done = flush(); !done) return done;
  held_.push_back(std::move(next));
  return {};
}

/// Finds the parent of the line that came last, the nearest one first.
void LineNesting::place() {
  for (std::size_t i = held_.size() - 1; i-- > 0;) {
    if (held_[i].number != held_.back().parent || held_[i].level + 1 >= max_nested_lines) continue;
    held_.back().level = held_[i].level + 1;
    held_[i].lines.push_back(held_.size() - 1);
    held_.back().nested = true;
    return;
  }
}

Outcome LineNesting::flush() {
  for (std::size_t i = 0; i < held_.size(); ++i) {
    if (held_[i].nested) continue;
    if (auto done = give(i); !done) return done;
  }
  held_.clear();
  return {};
}

Outcome LineNesting::give(std::size_t index) {
  const Line& line = held_[index];
  const auto events = line.events.events();
  if (!line.nested && line.lines.empty()) return out_.push(events);
  const bool told = line.kind == (line.lines.empty() ? detail_kind : group_kind);
  std::vector<Event> kept;
  unsigned depth = 0;
  for (const Event& event : events) {
    if (event.kind == EventKind::end_group) --depth;
    const bool own = event.kind == EventKind::field && depth == 1;
    const bool dropped = own && ((event.number == parent_ && line.nested) || (event.number == kind_ && told));
    if (event.kind == EventKind::begin_group) ++depth;
    if (!dropped) kept.push_back(event);
  }
  if (line.nested) kept.front().number = nested_lines_;
  if (auto done = out_.push(std::span(kept).first(kept.size() - 1)); !done) return done;
  for (const std::size_t inner : line.lines) {
    if (auto done = give(inner); !done) return done;
  }
  return out_.push(std::span(kept).last(1));
}

LineFlattening::LineFlattening(EventSink& next)
    : next_(next),
      lines_(invoice_field("lines")),
      number_(invoice_field("lines", "number")),
      parent_(invoice_field("lines", "parent")),
      kind_(invoice_field("lines", "kind")),
      nested_lines_(invoice_field("lines", "lines")) {}

Outcome LineFlattening::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    const bool top = top_.step(event);
    if (top && event.kind == EventKind::begin_group && event.number == lines_) in_line_ = true;
    if (!in_line_) {
      if (auto done = next_.push({&event, 1}); !done) return done;
      continue;
    }
    if (auto done = held_.push({&event, 1}); !done) return done;
    if (!top || event.kind != EventKind::end_group) continue;
    in_line_ = false;
    if (auto done = give(held_.events(), {}, 0); !done) return done;
    held_.clear();
  }
  return {};
}

/// `line` is one line from its begin to its end; an empty `parent` is that of the outermost.
Outcome LineFlattening::give(std::span<const Event> line, std::string_view parent, unsigned level) {
  std::vector<Event> own;
  std::vector<std::span<const Event>> inner;
  std::string_view number;
  bool has_kind = false;
  unsigned depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Event& event = line[i];
    const bool nested = depth == 1 && event.kind == EventKind::begin_group && event.number == nested_lines_;
    if (nested && level + 1 < max_nested_lines) {
      const std::size_t begin = i;
      for (unsigned open = 0; i < line.size(); ++i) {
        if (line[i].kind == EventKind::begin_group) ++open;
        if (line[i].kind == EventKind::end_group && --open == 0) break;
      }
      inner.push_back(line.subspan(begin, i + 1 - begin));
      continue;
    }
    if (event.kind == EventKind::begin_group) ++depth;
    if (event.kind == EventKind::end_group) --depth;
    if (depth == 1 && event.kind == EventKind::field) {
      if (event.number == number_) number = event.value.bytes;
      has_kind = has_kind || event.number == kind_;
    }
    own.push_back(event);
  }
  if (inner.empty() && parent.empty()) return next_.push(line);
  const Event end = own.back();
  own.pop_back();
  own.front().number = lines_;
  if (!parent.empty()) own.push_back(field(parent_, ScalarType::text, parent, end.at));
  if (!has_kind)
    own.push_back(field(kind_, ScalarType::code, inner.empty() ? detail_kind : group_kind, end.at));
  own.push_back(end);
  if (auto done = next_.push(own); !done) return done;
  for (const auto& each : inner) {
    if (auto done = give(each, number, level + 1); !done) return done;
  }
  return {};
}

}  // namespace purser::cii
