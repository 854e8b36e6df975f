// The configuration as one text that may be shown around.
#pragma once

#include <string>

#include "canonical/finding/finding.h"

namespace purser::gateway {

/// What the files of a folder say together, as JSON: the entries of each section from whichever file, those
/// of tenants by their qualified names (message/tenant.h). References to secrets are shown; in place of a
/// secret that stands in a file itself, and of any header of a target that does, there is "(not shown)".
/// `report` has what is wrong with the shape; of a file that cannot be read nothing is shown.
std::string show_settings(const std::string& folder, Report& report);

}  // namespace purser::gateway
