// Amounts that a format demands and a document leaves to arithmetic.
#pragma once

#include <memory>

#include "canonical/event/event.h"

namespace purser::table {

/// What a format demands.
struct Demand {
  bool line_amounts = false;  ///< `net_amount` of an invoice's lines
  bool discounts = false;     ///< `price.discount` beside a gross price
  bool tax = false;           ///< `totals.tax`
  bool gross = false;         ///< `totals.gross`
  bool payable = false;       ///< `totals.payable`
  bool sum_in_front = false;  ///< `totals.line_net`, of orders, too: lines are held back until it is known
};

/// Stands before the encoder of a table. Into invoices it puts what is demanded and the document does not
/// say:
///  - a line's net amount: quantity × price ÷ base quantity + charges - allowances (EN 16931, clause 6.4.2),
///    half up to two decimals (BR-DEC-23);
///  - a price's discount: gross price - price (BT-147);
///  - the tax: the sum of the subtotals (BR-CO-14);
///  - gross and payable amount, one from the other with `prepaid` and `rounding` (BR-CO-16);
///  - and into orders and changes of orders, too, the sum of the lines.
/// What cannot be computed stays open: the table then says what is missing. At most max_held_events are held;
/// of a longer document the sum stays open. Streamed lists come last, as encoders have it. The result lives
/// as long as `next`. [serial]
std::unique_ptr<EventSink> fill_derived(EventSink& next, Demand demand);

inline constexpr std::size_t max_held_events = 2'000'000;  // some 50,000 lines, 200 MB

}  // namespace purser::table
