#pragma once

#include "canonical/event/document_sink.h"

namespace purser {

/// Passes a document's events on and drops what is said about them. For reading a stored document again: what
/// was wrong with it was found when it came in. Borrows where they go. [serial]
class EventsOnly : public DocumentSink {
 public:
  explicit EventsOnly(EventSink& next) : next_(next) {}
  Outcome push(std::span<const Event> batch) override { return next_.push(batch); }
  void finding(Finding) override {}
  void loss(Loss) override {}

 private:
  EventSink& next_;
};

}  // namespace purser
