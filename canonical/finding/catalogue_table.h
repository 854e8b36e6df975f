// The whole catalogue of findings, for those who list it.
#pragma once

#include <span>

#include "canonical/finding/finding.h"

namespace purser {

/// All entries, sorted by code. [any]
std::span<const CatalogueEntry> catalogue();

}  // namespace purser
