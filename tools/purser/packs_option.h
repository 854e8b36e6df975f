// The option --pack.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "plugins/line/request.h"
#include "tools/purser/command.h"

namespace purser::cli {

/// The packs that --pack names, separated by commas; an unknown one is an error that names those there are.
std::expected<std::vector<std::string>, std::string> packs_of(const Arguments& arguments);

/// Settings for a connector with the packs put in, {"rules": ["en16931"]}, if it takes them: it judges what
/// only the source can tell.
std::string with_packs(const std::string& settings, const std::vector<std::string>& packs,
                       const plugin::ConnectorInfo& about);

}  // namespace purser::cli
