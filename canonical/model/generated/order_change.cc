// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/order_change.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess order_change_fields[] = {
    {offsetof(OrderChange, number), nullptr},
    {offsetof(OrderChange, issue_date), nullptr},
    {offsetof(OrderChange, issue_time), nullptr},
    {offsetof(OrderChange, kind), nullptr},
    {offsetof(OrderChange, currency), nullptr},
    {offsetof(OrderChange, note), &access_note},
    {offsetof(OrderChange, function), nullptr},
    {offsetof(OrderChange, uuid), nullptr},
    {offsetof(OrderChange, copy), nullptr},
    {offsetof(OrderChange, envelope), &access_envelope},
    {offsetof(OrderChange, validity), &access_period},
    {offsetof(OrderChange, buyer), &access_party},
    {offsetof(OrderChange, seller), &access_party},
    {offsetof(OrderChange, originator), &access_party},
    {offsetof(OrderChange, invoicee), &access_party},
    {offsetof(OrderChange, payer), &access_party},
    {offsetof(OrderChange, freight_forwarder), &access_party},
    {offsetof(OrderChange, parties), &access_party},
    {offsetof(OrderChange, buyer_reference), nullptr},
    {offsetof(OrderChange, sales_order_reference), &access_reference},
    {offsetof(OrderChange, quotation_reference), &access_reference},
    {offsetof(OrderChange, contract_reference), &access_reference},
    {offsetof(OrderChange, requisition_reference), &access_reference},
    {offsetof(OrderChange, order_reference), &access_reference},
    {offsetof(OrderChange, project_reference), &access_reference},
    {offsetof(OrderChange, references), &access_reference},
    {offsetof(OrderChange, attachments), &access_reference},
    {offsetof(OrderChange, tax_currency), nullptr},
    {offsetof(OrderChange, price_currency), nullptr},
    {offsetof(OrderChange, payment_currency), nullptr},
    {offsetof(OrderChange, exchange_rates), &access_exchange_rate},
    {offsetof(OrderChange, delivery), &access_delivery},
    {offsetof(OrderChange, other_deliveries), &access_delivery},
    {offsetof(OrderChange, terms), &access_delivery_terms},
    {offsetof(OrderChange, payment_means), &access_payment_means},
    {offsetof(OrderChange, payment_terms), &access_payment_terms},
    {offsetof(OrderChange, transports), &access_transport},
    {offsetof(OrderChange, allowances), &access_allowance_charge},
    {offsetof(OrderChange, charges), &access_allowance_charge},
    {offsetof(OrderChange, tax_subtotals), &access_tax_subtotal},
    {offsetof(OrderChange, totals), &access_totals},
    {offsetof(OrderChange, accounting), &access_accounting},
    {offsetof(OrderChange, partial_allowed), nullptr},
    {offsetof(OrderChange, accountant), &access_party},
    {offsetof(OrderChange, supplier_accountant), &access_party},
    {offsetof(OrderChange, dates), &access_typed_date},
    {offsetof(OrderChange, amounts), &access_typed_amount},
    {offsetof(OrderChange, packages), &access_package},
    {offsetof(OrderChange, measures), &access_measure},
    {offsetof(OrderChange, destination_country), nullptr},
    {offsetof(OrderChange, cancellation_notes), nullptr},
    {offsetof(OrderChange, changed_orders), &access_reference},
    {offsetof(OrderChange, contract_references), &access_reference},
    {offsetof(OrderChange, version), nullptr},
    {offsetof(OrderChange, framework_reference), &access_reference},
    {offsetof(OrderChange, line_count), nullptr},
    {offsetof(OrderChange, extensions), &access_extension},
    {offsetof(OrderChange, sequence), nullptr},
    {offsetof(OrderChange, changed_order), &access_reference},
    {offsetof(OrderChange, order_change_reference), &access_reference},
    {offsetof(OrderChange, cancellation_note), nullptr},
    {offsetof(OrderChange, response_requested), nullptr},
    {offsetof(OrderChange, customer_reference), nullptr},
    {offsetof(OrderChange, lines), &access_order_line},
};

}  // namespace


const DocumentAccess& access(const OrderChange*) {
  static constexpr DocumentAccess tables{DocumentType::order_change, order_change_fields};
  return tables;
}

}  // namespace purser::model
