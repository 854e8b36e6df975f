// What of a document its target's format has no place for, said in the delivery's history.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/translate/translator.h"

namespace purser::gateway {

/// Fields told one by one for a delivery; of further ones the last finding tells how many values there are.
inline constexpr std::size_t max_lost_fields = 20;

/// DELIVER-0017 for each field with values that were not written, with the path and value of the first of
/// them and how many more there are. Linear in the number of losses. [any]
std::vector<Finding> lost_values(std::string_view target, std::string_view format, const Written& written);

}  // namespace purser::gateway
