#include "canonical/event/document_checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "canonical/event/recorded_events.h"
#include "canonical/spec/code_list.h"

namespace purser {
namespace {

bool is_blank(std::string_view text) {
  if (!text.empty() && static_cast<unsigned char>(text[0]) > ' ') return false;
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

DocumentChecker::DocumentChecker(FindingOutput findings) : findings_(std::move(findings)) {}

Outcome DocumentChecker::push(std::span<const Event> batch) {
  for (std::size_t at = follow(batch); at < batch.size(); at += 1 + follow(batch.subspan(at + 1))) {
    const Event& event = batch[at];
    if (line_.follows()) go_on();
    switch (event.kind) {
      case EventKind::field:
        if (!frames_.empty()) value(event);
        break;
      case EventKind::begin_group:
        if (!frames_.empty()) begin_group(event);
        break;
      case EventKind::begin_document: {
        const DocumentDescriptor* document = find_document(static_cast<DocumentType>(event.number));
        frames_.clear();
        if (document != nullptr) frames_.push_back({document->root, nullptr, {}, 0, 0, 0});
        break;
      }
      case EventKind::end_group:
      case EventKind::end_document:
        if (!frames_.empty()) end_group(event);
        break;
    }
  }
  return {};
}

void DocumentChecker::begin_group(const Event& event) {
  const FieldDescriptor* field = frames_.back().group->find(event.number);
  if (field == nullptr || field->group == nullptr) return;
  const std::uint32_t index = note(frames_.back(), *field);
  if (frames_.size() == 1) {
    line_field_ = field;
    line_index_ = index;
    line_good_ = true;
    if (line_.begin(event, field)) return;
  } else if (line_.notes()) {
    line_.note(event, field);
  }
  frames_.push_back({field->group, field, {}, index, 0, 0});
}

/// How many events at the beginning are good because they come as in the group before.
std::size_t DocumentChecker::follow(std::span<const Event> batch) {
  std::size_t count = 0;
  for (; count < batch.size() && line_.follows(); ++count) {
    const Event& event = batch[count];
    const LineShape::Step* step = line_.next(event);
    if (step == nullptr || (event.kind == EventKind::field && !is_good(event, *step->field))) break;
    if (line_.advance() && line_filled_) frames_.back().seen.insert(line_field_->number);
  }
  return count;
}

/// The group that followed another one goes on otherwise: its frames are made.
void DocumentChecker::go_on() {
  std::uint32_t index = line_index_;
  for (const LineShape::Step& step : line_.leave()) {
    if (step.field == nullptr) {
      leave_group();
      continue;
    }
    if (frames_.size() > 1) index = note(frames_.back(), *step.field);
    if (step.field->group == nullptr)
      frames_.back().seen.insert(step.field->number);
    else
      frames_.push_back({step.field->group, step.field, {}, index, 0, 0});
  }
}

std::uint32_t DocumentChecker::note(Frame& frame, const FieldDescriptor& field) {
  frame.last_index = frame.last == field.number ? frame.last_index + 1 : 1;
  frame.last = field.number;
  return frame.last_index;
}

DocumentChecker::Known::Known(const CodeList& of, std::string_view code) : list(&of), size(code.size()) {
  const char* at = code.data();
  if (size >= sizeof first) {
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + size - sizeof last, sizeof last);
    return;
  }
  if (size >= 4) {
    std::uint32_t begin = 0, end = 0;
    std::memcpy(&begin, at, sizeof begin);
    std::memcpy(&end, at + size - sizeof end, sizeof end);
    first = std::uint64_t{end} << 32 | begin;
  } else {
    const auto byte = [at](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])}; };
    first = byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
  }
}

bool DocumentChecker::is_code(const CodeList& list, std::string_view code) {
  if (code.empty() || code.size() > Known::most) return list.contains(code);
  const Known asked(list, code);
  const std::uint64_t mixed = asked.first ^ asked.last * 31 ^ reinterpret_cast<std::uintptr_t>(&list);
  Known& known = known_[mixed * 0x9E3779B97F4A7C15U >> (64 - Known::bits)];
  if (known == asked) return true;
  if (!list.contains(code)) return false;
  known = asked;
  return true;
}

bool DocumentChecker::is_good(const Event& event, const FieldDescriptor& field) {
  if (field.type != ScalarType::text && field.type != ScalarType::code) return true;
  return !is_blank(event.value.bytes) && (field.codes == nullptr || is_code(*field.codes, event.value.bytes));
}

void DocumentChecker::value(const Event& event) {
  const FieldDescriptor* field = frames_.back().group->find(event.number);
  if (field == nullptr) return;
  std::uint32_t index = note(frames_.back(), *field);
  frames_.back().seen.insert(field->number);
  if (line_.notes()) line_.note(event, field);
  if (is_good(event, *field)) return;
  const std::string_view bytes = event.value.bytes;
  if (is_blank(bytes)) {
    Finding finding = make_finding("MODEL-0004", event.at, fmt::format("'{}' is empty", field->name));
    finding.path = path(field, index);
    findings_(std::move(finding));
    return;
  }
  Finding finding =
      make_finding(field->codes->complete() ? "MODEL-0002" : "MODEL-0003", event.at,
                   fmt::format("'{}' is not in the list of {}", shown(bytes), field->codes->title()));
  finding.path = path(field, index);
  finding.expected = fmt::format("a code of {}, state {}", field->codes->source(), field->codes->date());
  findings_(std::move(finding));
}

void DocumentChecker::end_group(const Event& event) {
  const Frame& frame = frames_.back();
  if (!frame.seen.covers(frame.group->required)) {
    line_good_ = false;
    for (const FieldDescriptor& field : frame.group->fields) {
      if (!field.required || frame.seen.has(field.number)) continue;
      Finding finding = make_finding("MODEL-0001", event.at, fmt::format("'{}' has no value", field.name));
      finding.path = path(&field, 0);
      finding.expected = field.description;
      findings_(std::move(finding));
    }
  }
  const bool filled = leave_group();
  if (!line_.notes()) return;
  line_.note(event, nullptr);
  if (frames_.size() != 1) return;
  line_filled_ = filled;
  line_.end_note(line_good_);
}

/// True if it has a value: a group that is there with nothing in it is none.
bool DocumentChecker::leave_group() {
  const Frame& frame = frames_.back();
  const FieldDescriptor* field = frame.field;
  const bool empty = FieldSet().covers(frame.seen);
  frames_.pop_back();
  if (!empty && field != nullptr) frames_.back().seen.insert(field->number);
  return !empty;
}

std::string DocumentChecker::path(const FieldDescriptor* leaf, std::uint32_t index) const {
  std::string path;
  auto add = [&path](const FieldDescriptor& field, std::uint32_t at) {
    if (!path.empty()) path += '.';
    path += field.name;
    if (field.repeated && at != 0) path += fmt::format("[{}]", at);
  };
  for (const Frame& frame : frames_)
    if (frame.field != nullptr) add(*frame.field, frame.index);
  if (leaf != nullptr) add(*leaf, index);
  return path;
}

}  // namespace purser
