// The documents of the CII connector, and which table serves each.
#pragma once

#include "connectors/table/xml_format.h"

namespace purser::cii {

/// UN/CEFACT Cross Industry Invoice, D16B and what later releases keep of it. [any]
const table::XmlFormat& format();

}  // namespace purser::cii
