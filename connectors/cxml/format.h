// The cXML messages this connector knows, and which table serves each.
#pragma once

#include "connectors/table/xml_format.h"

namespace purser::cxml {

/// cXML 1.2. Every message has the root cXML; its table is called cXML.MESSAGE. [any]
const table::XmlFormat& format();

}  // namespace purser::cxml
