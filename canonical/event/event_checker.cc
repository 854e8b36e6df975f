#include "canonical/event/event_checker.h"

#include <fmt/format.h>

#include <algorithm>

#include "canonical/finding/finding.h"
#include "canonical/value/text.h"

namespace purser {
namespace {

constexpr std::string_view out_of_place = "MODEL-0101";
constexpr std::string_view unknown_number = "MODEL-0102";
constexpr std::string_view wrong_type = "MODEL-0103";
constexpr std::string_view repeated = "MODEL-0104";
constexpr std::string_view bad_value = "MODEL-0105";
constexpr std::string_view too_much = "MODEL-0106";

bool is_valid(const Time& time) {
  return time.hour < 24 && time.minute < 60 && time.second <= 60 && time.nanosecond < 1'000'000'000 &&
         (time.offset_minutes == Time::no_offset ||
          (time.offset_minutes >= -840 && time.offset_minutes <= 840));
}

bool is_valid(const Decimal& value) {
  constexpr std::int64_t limit = 1'000'000'000'000'000'000;  // 10^Decimal::max_digits
  return value.scale() <= Decimal::max_scale && value.coefficient() < limit && value.coefficient() > -limit;
}

}  // namespace

EventChecker::EventChecker(EventSink& next, const EventLimits& limits) : next_(next), limits_(limits) {
  frames_.reserve(limits.max_depth + 1);
}

Outcome EventChecker::push(std::span<const Event> batch) {
  for (std::size_t at = follow(batch); at < batch.size(); at += 1 + follow(batch.subspan(at + 1)))
    if (!check(batch[at])) return std::unexpected(why_);
  return next_.push(batch);
}

Outcome EventChecker::finish() {
  if (frames_.empty()) return {};
  broken(out_of_place, Event{}, "the stream ends within a document");
  return std::unexpected(why_);
}

/// How many events at the beginning are good because they come as in the group before.
std::size_t EventChecker::follow(std::span<const Event> batch) {
  const std::size_t most = std::min<std::uint64_t>(batch.size(), limits_.max_events - events_);
  std::size_t count = 0;
  for (; count < most && line_.follows(); ++count) {
    const Event& event = batch[count];
    if (line_.next(event) == nullptr || (event.kind == EventKind::field && !has_good_value(event))) break;
    line_.advance();
  }
  events_ += count;
  return count;
}

bool EventChecker::check(const Event& event) {
  if (++events_ > limits_.max_events) return broken(too_much, event, "too many events in one document");
  if (line_.follows()) go_on();
  const FieldDescriptor* field = nullptr;
  switch (event.kind) {
    case EventKind::field:
      if (!enter(event, field)) return false;
      if (line_.notes()) line_.note(event, field);
      if (field->group != nullptr)
        return broken(wrong_type, event, fmt::format("'{}' is a group", field->name));
      return check_value(event, *field);
    case EventKind::begin_group:
      if (!enter(event, field)) return false;
      if (field->group == nullptr)
        return broken(wrong_type, event, fmt::format("'{}' is a value", field->name));
      return begin_group(event, *field);
    case EventKind::end_group:
      if (frames_.size() < 2) return broken(out_of_place, event, "end of a group that was not begun");
      end_group(event);
      return true;
    case EventKind::begin_document: {
      if (!frames_.empty()) return broken(out_of_place, event, "a document begins within another");
      const DocumentDescriptor* document = find_document(static_cast<DocumentType>(event.number));
      if (document == nullptr)
        return broken(unknown_number, event, fmt::format("no document {}", event.number));
      frames_.push_back({document->root, {}, 0, 0});
      return true;
    }
    case EventKind::end_document:
      if (frames_.size() != 1)
        return broken(out_of_place, event, "a document ends with groups open or without a begin");
      frames_.clear();
      events_ = 0;
      ++documents_;
      return true;
  }
  return broken(out_of_place, event, fmt::format("no event kind {}", static_cast<int>(event.kind)));
}

bool EventChecker::begin_group(const Event& event, const FieldDescriptor& field) {
  if (frames_.size() > limits_.max_depth) return broken(too_much, event, "groups are nested too deep");
  if (frames_.size() == 1 && line_.begin(event, &field)) return true;
  if (frames_.size() > 1 && line_.notes()) line_.note(event, &field);
  frames_.push_back({field.group, {}, 0, event.number});
  return true;
}

void EventChecker::end_group(const Event& event) {
  frames_.pop_back();
  if (!line_.notes()) return;
  line_.note(event, nullptr);
  if (frames_.size() == 1) line_.end_note(true);
}

/// The group that followed another one goes on otherwise: its frames are made.
void EventChecker::go_on() {
  for (const LineShape::Step& step : line_.leave()) {
    if (step.field == nullptr) {
      frames_.pop_back();
      continue;
    }
    frames_.back().seen.insert(step.field->number);
    frames_.back().last = step.field->number;
    if (step.field->group != nullptr) frames_.push_back({step.field->group, {}, 0, step.field->number});
  }
}

bool EventChecker::enter(const Event& event, const FieldDescriptor*& field) {
  if (frames_.empty()) return broken(out_of_place, event, "a value or group outside a document");
  Frame& frame = frames_.back();
  field = frame.group->find(event.number);
  if (field == nullptr)
    return broken(unknown_number, event, fmt::format("no field {} in '{}'", event.number, frame.group->name));
  if (frame.seen.has(event.number) && !(field->repeated && frame.last == event.number)) {
    return broken(repeated, event,
                  fmt::format("'{}' {}", field->name,
                              field->repeated ? "goes on after other fields" : "is given twice"));
  }
  frame.seen.insert(event.number);
  frame.last = event.number;
  return true;
}

/// Whether the value is one of its type.
bool EventChecker::has_good_value(const Event& event) const {
  const Scalar& value = event.value;
  if (value.type == ScalarType::text || value.type == ScalarType::code)
    return value.bytes.size() <= limits_.max_bytes &&
           find_invalid_text(value.bytes) == std::string_view::npos;
  switch (value.type) {
    case ScalarType::binary:
      return value.bytes.size() <= limits_.max_bytes;
    case ScalarType::decimal:
      return is_valid(value.decimal);
    case ScalarType::date:
      return purser::is_valid(value.when.date);
    case ScalarType::time:
      return is_valid(value.when.time);
    case ScalarType::date_time:
      return purser::is_valid(value.when.date) && is_valid(value.when.time);
    default:
      return true;
  }
}

bool EventChecker::check_value(const Event& event, const FieldDescriptor& field) {
  const ScalarType type = event.value.type;
  if (type != field.type) return broken(wrong_type, event, fmt::format("'{}' has another type", field.name));
  if (has_good_value(event)) return true;
  const bool textual = type == ScalarType::text || type == ScalarType::code;
  if ((textual || type == ScalarType::binary) && event.value.bytes.size() > limits_.max_bytes)
    return broken(too_much, event, textual ? "a text is too long" : "binary content is too long");
  return broken(bad_value, event, fmt::format("the value of '{}' is malformed", field.name));
}

bool EventChecker::broken(std::string_view code, const Event& event, std::string what) {
  if (line_.follows()) go_on();
  std::string message = fmt::format("{} (event {}", what, events_);
  if (!frames_.empty()) message += " in " + path();
  if (event.at.line != 0) message += fmt::format(", source line {}", event.at.line);
  why_ = Status{StatusClass::defect, std::string(code), message + ")"};
  return false;
}

std::string EventChecker::path() const {
  std::string path(frames_.front().group->name);
  for (std::size_t i = 1; i < frames_.size(); ++i) {
    path += '.';
    path += frames_[i - 1].group->find(frames_[i].number)->name;
  }
  return path;
}

}  // namespace purser
