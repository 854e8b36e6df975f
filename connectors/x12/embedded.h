// The tables and layouts inside the shared library (purser_embed).
#pragma once

#include <span>

#include "plugins/sdk/embedded.h"

namespace purser::x12 {

std::span<const sdk::EmbeddedFile> embedded_files();

}  // namespace purser::x12
