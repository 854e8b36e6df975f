// What stands between the XML of an invoice or order and its table.
#pragma once

#include <memory>

#include "connectors/table/xml_format.h"

namespace purser::ubl {

/// Reads an invoice's elements in a credit note as the credit note's own (UBL-0020), and the other way round;
/// judges by the syntax rules where the request's settings name their pack: {"rules": ["en16931", "peppol"]}.
/// Orders and their responses are judged only. Null where there is nothing to do. [any]
std::unique_ptr<map::SyntaxSink> invoice_filter(const table::XmlDocument& document,
                                                const plugin::Request& request, map::SyntaxSink& next,
                                                DocumentSink& notes);

}  // namespace purser::ubl
