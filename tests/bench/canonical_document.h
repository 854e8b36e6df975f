// Canonical documents made for measuring: always the same, with what a usual one carries.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace purser::bench {

/// The canonical JSON of a document of this type ("invoice", "purchase_order") with so many lines.
std::string canonical_json(std::string_view document, std::size_t lines);

}  // namespace purser::bench
