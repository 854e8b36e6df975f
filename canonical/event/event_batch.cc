#include "canonical/event/event_batch.h"

#include <cstring>

namespace purser {

EventBatch::EventBatch(EventSink& sink)
    : sink_(sink),
      events_(std::make_unique<std::array<Event, capacity>>()),
      text_(std::make_unique_for_overwrite<std::array<char, storage>>()) {}

Outcome EventBatch::add(const Event& event) {
  std::size_t size = event.value.bytes.size();
  if (count_ == capacity || size > storage - used_)
    if (Outcome good = flush(); !good) return good;
  if (size > storage) return sink_.push({&event, 1});
  Event& copy = (*events_)[count_++];
  copy = event;
  if (size != 0) {
    std::memcpy(text_->data() + used_, event.value.bytes.data(), size);
    copy.value.bytes = {text_->data() + used_, size};
    used_ += size;
  }
  return {};
}

Outcome EventBatch::flush() {
  std::size_t count = count_;
  count_ = 0;
  used_ = 0;
  if (count == 0) return {};
  return sink_.push(std::span(*events_).first(count));
}

}  // namespace purser
