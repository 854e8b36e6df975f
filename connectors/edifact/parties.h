// Who a document is between, seen as its events go by.
#pragma once

#include <span>
#include <vector>

#include "canonical/event/event.h"
#include "connectors/reader/edifact_envelope.h"

namespace purser::edifact {

/// Remembers the first identifier of buyer and seller: the last resort for sender and recipient. [serial]
class PartyWatch {
 public:
  void begin(const DocumentDescriptor& document);
  void see(std::span<const Event> batch);
  /// As UNB names them; empty where the document does not tell. The seller sends invoices, responses and
  /// ship notices, the buyer the others.
  [[nodiscard]] const Party& sender() const;
  [[nodiscard]] const Party& recipient() const;

 private:
  Party* party_here();

  const DocumentDescriptor* document_ = nullptr;
  std::vector<const GroupDescriptor*> open_;  ///< null below what is of no interest
  std::vector<std::string_view> names_;
  Party buyer_, seller_;
};

}  // namespace purser::edifact
