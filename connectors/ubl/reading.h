// Reads one UBL document: finds out what it is by its root element, then lets its table do the rest.
#pragma once

#include <span>
#include <string>

#include "canonical/event/bytes.h"
#include "canonical/event/document_sink.h"
#include "connectors/ubl/programs.h"

namespace purser::ubl {

/// What a file seems to be, by its first bytes; null if no UBL document. `*enveloped` tells whether it comes
/// in a StandardBusinessDocument. [any]
const Document* detect(std::string_view prefix, bool* enveloped);

/// Reads a file of one document into `out`. Findings UBL-nnnn, XML-nnnn and those of the table go there, too;
/// a Status is returned where reading could not go on. [any], as long as `out` is used by this call alone.
Outcome read(Programs& programs, std::span<const std::string> overlays, ByteSource& in, DocumentSink& out);

}  // namespace purser::ubl
