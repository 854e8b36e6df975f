// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/purchase_order.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess purchase_order_fields[] = {
    {offsetof(PurchaseOrder, number), nullptr},
    {offsetof(PurchaseOrder, issue_date), nullptr},
    {offsetof(PurchaseOrder, issue_time), nullptr},
    {offsetof(PurchaseOrder, kind), nullptr},
    {offsetof(PurchaseOrder, currency), nullptr},
    {offsetof(PurchaseOrder, note), &access_note},
    {offsetof(PurchaseOrder, function), nullptr},
    {offsetof(PurchaseOrder, uuid), nullptr},
    {offsetof(PurchaseOrder, copy), nullptr},
    {offsetof(PurchaseOrder, envelope), &access_envelope},
    {offsetof(PurchaseOrder, validity), &access_period},
    {offsetof(PurchaseOrder, buyer), &access_party},
    {offsetof(PurchaseOrder, seller), &access_party},
    {offsetof(PurchaseOrder, originator), &access_party},
    {offsetof(PurchaseOrder, invoicee), &access_party},
    {offsetof(PurchaseOrder, payer), &access_party},
    {offsetof(PurchaseOrder, freight_forwarder), &access_party},
    {offsetof(PurchaseOrder, parties), &access_party},
    {offsetof(PurchaseOrder, buyer_reference), nullptr},
    {offsetof(PurchaseOrder, sales_order_reference), &access_reference},
    {offsetof(PurchaseOrder, quotation_reference), &access_reference},
    {offsetof(PurchaseOrder, contract_reference), &access_reference},
    {offsetof(PurchaseOrder, requisition_reference), &access_reference},
    {offsetof(PurchaseOrder, order_reference), &access_reference},
    {offsetof(PurchaseOrder, project_reference), &access_reference},
    {offsetof(PurchaseOrder, references), &access_reference},
    {offsetof(PurchaseOrder, attachments), &access_reference},
    {offsetof(PurchaseOrder, tax_currency), nullptr},
    {offsetof(PurchaseOrder, price_currency), nullptr},
    {offsetof(PurchaseOrder, payment_currency), nullptr},
    {offsetof(PurchaseOrder, exchange_rates), &access_exchange_rate},
    {offsetof(PurchaseOrder, delivery), &access_delivery},
    {offsetof(PurchaseOrder, other_deliveries), &access_delivery},
    {offsetof(PurchaseOrder, terms), &access_delivery_terms},
    {offsetof(PurchaseOrder, payment_means), &access_payment_means},
    {offsetof(PurchaseOrder, payment_terms), &access_payment_terms},
    {offsetof(PurchaseOrder, transports), &access_transport},
    {offsetof(PurchaseOrder, allowances), &access_allowance_charge},
    {offsetof(PurchaseOrder, charges), &access_allowance_charge},
    {offsetof(PurchaseOrder, tax_subtotals), &access_tax_subtotal},
    {offsetof(PurchaseOrder, totals), &access_totals},
    {offsetof(PurchaseOrder, accounting), &access_accounting},
    {offsetof(PurchaseOrder, partial_allowed), nullptr},
    {offsetof(PurchaseOrder, accountant), &access_party},
    {offsetof(PurchaseOrder, supplier_accountant), &access_party},
    {offsetof(PurchaseOrder, dates), &access_typed_date},
    {offsetof(PurchaseOrder, amounts), &access_typed_amount},
    {offsetof(PurchaseOrder, packages), &access_package},
    {offsetof(PurchaseOrder, measures), &access_measure},
    {offsetof(PurchaseOrder, destination_country), nullptr},
    {offsetof(PurchaseOrder, version), nullptr},
    {offsetof(PurchaseOrder, contract_references), &access_reference},
    {offsetof(PurchaseOrder, transaction_conditions), &access_note},
    {offsetof(PurchaseOrder, line_count), nullptr},
    {offsetof(PurchaseOrder, extensions), &access_extension},
    {offsetof(PurchaseOrder, customer_reference), nullptr},
    {offsetof(PurchaseOrder, framework_reference), &access_reference},
    {offsetof(PurchaseOrder, response_requested), nullptr},
    {offsetof(PurchaseOrder, catalogue_reference), &access_reference},
    {offsetof(PurchaseOrder, lines), &access_order_line},
};

}  // namespace


const DocumentAccess& access(const PurchaseOrder*) {
  static constexpr DocumentAccess tables{DocumentType::purchase_order, purchase_order_fields};
  return tables;
}

}  // namespace purser::model
