// What one partner does differently, applied to a table before it is compiled.
#pragma once

#include "canonical/map/table.h"

namespace purser::map {

/// Adds, replaces and removes rows as the overlay's deviations say. A deviation that finds no row is an
/// error.
void apply_overlay(const TableFile& file, Problems& problems, Table& table);

}  // namespace purser::map
