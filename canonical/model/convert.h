// Structs of the model to canonical events and back, for whoever wants a document whole in memory.
#pragma once

#include <vector>

#include "canonical/event/event.h"
#include "canonical/model/access.h"

namespace purser::model {

/// Pushes the document's events in order of declaration, streamed lists last as declared. `document` is the
/// struct that belongs to `tables`. Positions are empty.
Outcome to_events(const DocumentAccess& tables, const void* document, EventSink& sink);

template <class Document>
Outcome to_events(const Document& document, EventSink& sink) {
  return to_events(access(&document), &document, sink);
}

/// Fills a struct from events, in any batches. The stream must keep to its contract (EventChecker); a
/// document of another type is refused as invalid. What stands in the struct before is added to, so start
/// with a fresh one. Memory grows with the document: bound it before. [serial]
class StructBuilder : public EventSink {
 public:
  template <class Document>
  explicit StructBuilder(Document& target) : StructBuilder(access(&target), &target) {}
  StructBuilder(const DocumentAccess& tables, void* target) : tables_(tables), target_(target) {}
  Outcome push(std::span<const Event> batch) override;
  [[nodiscard]] bool complete() const { return complete_; }  ///< end_document has come

 private:
  struct Frame {
    const GroupDescriptor* group;
    std::span<const FieldAccess> fields;
    std::byte* at;
  };
  Outcome take(const Event& event);

  const DocumentAccess& tables_;
  void* target_;
  std::vector<Frame> frames_;
  bool complete_ = false;
};

}  // namespace purser::model
