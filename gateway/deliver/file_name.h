// The name of a delivered file.
#pragma once

#include <string>

#include "gateway/deliver/transport.h"

namespace purser::gateway {

/// FolderTarget::file_name with its marks replaced. Values of the document are reduced to letters, digits,
/// '-' and
/// '_'. The same delivery gives the same name, so that a repeat replaces the file.
std::string file_name_of(const FolderTarget& folder, const Shipment& shipment);

}  // namespace purser::gateway
