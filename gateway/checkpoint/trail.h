// The audit trail, wherever the journal is.
#pragma once

#include <string>

#include "gateway/checkpoint/checkpoint.h"

namespace purser::gateway {

/// Walks the trail in the data folder, or in the database of that connection string if it is not empty. Works
/// beside running gateways. [any]
TrailWalk walk_trail(const std::string& folder, const std::string& postgres);

}  // namespace purser::gateway
