// A value of canonical JSON by its dotted path.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace purser::gateway {

/// All scalar values at `path` ("order_reference.number"); lists are entered. Empty if there is none.
std::vector<std::string> values_at(const nlohmann::json& document, std::string_view path);

/// `*` in `pattern` stands for any text; everything else for itself. Linear in both.
bool matches(std::string_view pattern, std::string_view value);

}  // namespace purser::gateway
