// A connector's settings against its own schema.
#pragma once

#include <string>

#include "canonical/finding/finding.h"

namespace purser::plugin {

/// Whether `schema` is a JSON Schema this host can check with; HOST-0007. Empty is fine. [any]
Report check_schema(const std::string& schema);

/// Empty if `settings` (empty: none) fits; HOST-0009 with the path of each value that does not. [any]
Report check_settings(const std::string& schema, const std::string& settings);

}  // namespace purser::plugin
