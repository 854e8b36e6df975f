// What one partner does differently, applied to a table before it is compiled.
#pragma once

#include <span>

#include "canonical/map/table.h"

namespace purser::map {

/// Adds, replaces and removes rows as the overlay's deviations say. A deviation that finds no row is an
/// error.
void apply_overlay(const TableFile& file, Problems& problems, Table& table);

/// A partner's overlays come together, whatever the message: true for one whose first line names another
/// table that is in the library. One that names no table at all is not for another: applying it says what is
/// wrong.
bool is_for_another_table(const TableFile& file, const Table& table, std::span<const TableFile> library);

}  // namespace purser::map
