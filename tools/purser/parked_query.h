// The options by which parked work is chosen: the same for `parked`, `release`, `replay` and `cancel`.
#pragma once

#include <expected>
#include <string>

#include "gateway/journal/query.h"
#include "tools/purser/command.h"

namespace purser::cli {

/// Fills the query. True if any option restricts it; an error says which one is off.
std::expected<bool, std::string> read_parked_query(const Arguments& arguments, gateway::ParkedQuery& query);

}  // namespace purser::cli
