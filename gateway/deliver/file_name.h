// The name of a delivered file.
#pragma once

#include <string>
#include <string_view>

#include "gateway/deliver/transport.h"

namespace purser::gateway {

/// FolderTarget::file_name with its marks replaced. Values of the document are reduced to letters, digits,
/// '-' and
/// '_'. The same delivery gives the same name, so that a repeat replaces the file. An empty extension is the
/// format's own.
std::string file_name_of(std::string_view pattern, std::string_view extension, const Shipment& shipment);

}  // namespace purser::gateway
