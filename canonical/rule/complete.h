// Fills in of an invoice what follows from its lines, and says what contradicts.
#pragma once

#include <cstdint>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/model/generated/invoice.h"

namespace purser::rule {

/// Both are in use; the sums may differ by a hundredth for each line.
enum class TaxRounding : std::uint8_t {
  by_document,  ///< tax of a rate from the sum of what it taxes: EN 16931
  by_line       ///< tax of each line rounded, then added up
};

/// Net amounts of lines, amounts of allowances and charges, the tax breakdown, totals, what was paid before
/// and what is to be paid. Amounts are rounded commercially (ties away from zero) to the currency's minor
/// unit, at most two decimals. What is stated stays; where it differs from what follows there is
/// COMPLETE-0001, and what comes after is computed from what follows. What cannot be derived is
/// COMPLETE-0002. [any]
std::vector<Finding> complete(model::Invoice& invoice, TaxRounding way = TaxRounding::by_document);

}  // namespace purser::rule
