#include "canonical/event/recorded_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "canonical/value/text.h"

namespace purser {

/// Blocks that never move, so that views into them stay good while more is added.
class RecordedEvents::Storage {
 public:
  std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > block_size - used_ || blocks_.empty()) {
      std::size_t size = std::max(block_size, text.size());
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
      used_ = 0;
      if (size > block_size) {  // a block of its own; the next text starts a fresh one
        std::memcpy(blocks_.back().get(), text.data(), text.size());
        used_ = block_size;
        return {blocks_.back().get(), text.size()};
      }
    }
    char* at = blocks_.back().get() + used_;
    std::memcpy(at, text.data(), text.size());
    used_ += text.size();
    return {at, text.size()};
  }

 private:
  static constexpr std::size_t block_size = 16 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = block_size;
};

RecordedEvents::RecordedEvents() : storage_(std::make_unique<Storage>()) {}
RecordedEvents::RecordedEvents(RecordedEvents&&) noexcept = default;
RecordedEvents& RecordedEvents::operator=(RecordedEvents&&) noexcept = default;
RecordedEvents::~RecordedEvents() = default;

Outcome RecordedEvents::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    events_.push_back(event);
    events_.back().value.bytes = storage_->keep(event.value.bytes);
  }
  return {};
}

void RecordedEvents::clear() {
  events_.clear();
  storage_ = std::make_unique<Storage>();
}

Outcome replay(std::span<const Event> events, EventSink& sink, std::size_t batch) {
  while (!events.empty()) {
    std::size_t count = std::min(batch, events.size());
    if (Outcome good = sink.push(events.first(count)); !good) return good;
    events = events.subspan(count);
  }
  return {};
}

std::string text(const Scalar& value) {
  switch (value.type) {
    case ScalarType::text:
    case ScalarType::code:
      return std::string(value.bytes);
    case ScalarType::decimal:
      return value.decimal.text();
    case ScalarType::integer:
      return std::to_string(value.integer);
    case ScalarType::boolean:
      return value.boolean ? "true" : "false";
    case ScalarType::date:
      return text(value.when.date);
    case ScalarType::time:
      return text(value.when.time);
    case ScalarType::date_time:
      return text(value.when);
    case ScalarType::binary: {
      std::string out;
      append_base64(out, value.bytes);
      return out;
    }
  }
  return {};
}

std::vector<std::string> describe(std::span<const Event> events) {
  struct Frame {
    const GroupDescriptor* group;
    std::string path;
    std::uint16_t last = 0;
    int index = 0;
  };
  std::vector<std::string> lines;
  std::vector<Frame> frames;
  for (const Event& event : events) {
    if (event.kind == EventKind::begin_document) {
      const DocumentDescriptor* document = find_document(static_cast<DocumentType>(event.number));
      lines.push_back(fmt::format("document {}", document == nullptr ? "?" : document->name));
      frames.push_back({document == nullptr ? nullptr : document->root, "", 0, 0});
    } else if (event.kind == EventKind::field || event.kind == EventKind::begin_group) {
      if (frames.empty()) continue;
      Frame& frame = frames.back();
      const FieldDescriptor* field = frame.group == nullptr ? nullptr : frame.group->find(event.number);
      std::string path =
          frame.path + (field == nullptr ? fmt::format("#{}", event.number) : std::string(field->name));
      frame.index = frame.last == event.number ? frame.index + 1 : 1;
      frame.last = event.number;
      if (field != nullptr && field->repeated) path += fmt::format("[{}]", frame.index);
      if (event.kind == EventKind::field) {
        lines.push_back(path + " = " + text(event.value));
      } else {
        lines.push_back(path);
        frames.push_back({field == nullptr ? nullptr : field->group, path + ".", 0, 0});
      }
    } else if (!frames.empty()) {
      frames.pop_back();
    }
  }
  return lines;
}

}  // namespace purser
