// What stands between the XML and the tables, both ways: the header's credentials, and items out of their
// portions.
#pragma once

#include "canonical/event/document_sink.h"
#include "connectors/cxml/header.h"
#include "connectors/table/xml_format.h"

namespace purser::cxml {

table::SyntaxFilter reading_filter(DocumentSink& notes);
table::SyntaxFilter writing_filter(DocumentSink& notes, HeaderFacts facts = {});

}  // namespace purser::cxml
