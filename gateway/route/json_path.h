// A value of canonical JSON by its dotted path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace purser::gateway {

/// All scalar values at `path` ("order_reference.number") of a whole JSON object, as text; lists are entered.
/// Empty if there is none. Reads no further than the path leads and keeps nothing: routes ask this of every
/// document. `canonical` is trusted to be JSON; of what is none, something or nothing is found. [any]
std::vector<std::string> values_at(std::string_view canonical, std::string_view path);

/// `*` in `pattern` stands for any text; everything else for itself. Linear in both.
bool matches(std::string_view pattern, std::string_view value);

}  // namespace purser::gateway
