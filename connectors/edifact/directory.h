// UN/EDIFACT directories as versions of a message: "D96A", "D01B".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace purser::edifact {

/// UNH S009.0052 and 0054 as one name: "D" and "96A" give "D96A"; "2" and "912" (before 1993) "2912".
std::string directory_name(std::string_view version, std::string_view release);

/// Half years since 1980 for "D96A", "S93A", "D01B"; nothing for a name that is not a directory's. [any]
std::optional<int> directory_age(std::string_view name);

/// The one of `known` that is nearest in time to `wanted`, the younger one of two equally near, since
/// directories grow; the first of `known` if `wanted` is no directory's name. Empty if `known` is. [any]
std::string_view nearest_directory(std::string_view wanted, std::span<const std::string_view> known);

}  // namespace purser::edifact
