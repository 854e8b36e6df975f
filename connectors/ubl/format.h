// The UBL documents this connector knows, and which table serves each.
#pragma once

#include "connectors/table/xml_format.h"

namespace purser::ubl {

/// OASIS UBL 2.0 to 2.4: the tables follow the layout of 2.4, which accepts what older ones allow. [any]
const table::XmlFormat& format();

}  // namespace purser::ubl
