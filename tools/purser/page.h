// Pages of lists that stop at a bound: --limit, --after, and how a person learns that there is more.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "tools/purser/command.h"

namespace purser::cli {

/// Reads --limit, from 1 to `most`, into `limit`, which stays as it is without the option. Says what is
/// wrong.
std::string read_limit(const Arguments& arguments, std::uint32_t most, std::uint32_t& limit);

/// Tells how to go on behind a page: in `json`, which is printed then, as "cursor"; else in a last line. An
/// empty cursor: it was the last page.
void end_page(const Arguments& arguments, const std::string& cursor, nlohmann::ordered_json json);

}  // namespace purser::cli
