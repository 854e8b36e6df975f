// What a canonical document says of its interchange, seen as its events go by.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "canonical/event/event.h"
#include "connectors/reader/edifact_envelope.h"

namespace purser::edifact {

/// Remembers the envelope, and the first identifier of buyer and seller as the last resort for sender and
/// recipient. Looks at the header only: streamed lists come last. [serial]
class EnvelopeWatch {
 public:
  void begin(const DocumentDescriptor& document);
  void see(std::span<const Event> batch);
  /// UNB as the document tells; values it does not tell are empty, those an interchange cannot carry, too.
  [[nodiscard]] Interchange interchange() const;
  [[nodiscard]] const std::string& message_reference() const { return message_reference_; }

 private:
  void field(const Event& event);
  void envelope_field(std::string_view group, std::string_view name, const Event& event);

  const DocumentDescriptor* document_ = nullptr;
  bool header_ = true;
  std::vector<const FieldDescriptor*> open_;
  Interchange told_;
  std::string message_reference_;
  Party buyer_, seller_;
};

}  // namespace purser::edifact
