// The StandardBusinessDocument around what is written.
#pragma once

#include <memory>
#include <string>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"
#include "connectors/ubl/settings.h"

namespace purser::ubl {

/// What an envelope says that neither document nor settings do.
struct EnvelopeFacts {
  Settings settings;
  std::string now;       ///< "2026-11-20T12:30:05Z", where the document has no time
  std::string instance;  ///< where the document has no reference
};

/// Stands between a table and the writer. With `enveloped` it completes the header that the table wrote as
/// the root's first child, or makes one: kind of document, process (from CustomizationID and ProfileID), time
/// and reference (Peppol Business Message Envelope 1.2). A side nobody knows is finding UBL-0007. Without,
/// the header is left out and that is told once (UBL-0008).
std::unique_ptr<map::SyntaxSink> write_envelope(map::SyntaxSink& next, DocumentSink& notes,
                                                EnvelopeFacts facts);

}  // namespace purser::ubl
