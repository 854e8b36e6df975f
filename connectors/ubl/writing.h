// Writes one canonical document as UBL.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "connectors/ubl/programs.h"

namespace purser::ubl {

/// Takes the events of one document, streamed lists last, and writes it. Not thread safe.
class Writing : public EventSink {
 public:
  virtual Outcome finish() = 0;
};

/// `message` is a root element's name, or empty: then the document's type decides, and for an invoice its
/// kind (credit notes become CreditNote). Everything named must outlive the result.
std::unique_ptr<Writing> write(Programs& programs, std::string_view message,
                               std::span<const std::string> overlays, ByteSink& out, DocumentSink& notes);

}  // namespace purser::ubl
