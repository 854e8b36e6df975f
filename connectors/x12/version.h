// Versions of X12 as versions of a table: "004010".
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace purser::x12 {

/// "004010" of "004010VICS" or "005010X231A1". [any]
std::string_view table_version(std::string_view convention);

/// The youngest of `known` (ascending) that is not younger than `wanted`, since versions grow; else the
/// oldest. Empty if `known` is. [any]
std::string_view nearest_version(std::string_view wanted, std::span<const std::string_view> known);

/// ISA12 of an interchange whose groups have this version: "00401" of "004010". [any]
std::string interchange_version(std::string_view version);

}  // namespace purser::x12
