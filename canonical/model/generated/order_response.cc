// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/order_response.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess order_response_fields[] = {
    {offsetof(OrderResponse, number), nullptr},
    {offsetof(OrderResponse, issue_date), nullptr},
    {offsetof(OrderResponse, issue_time), nullptr},
    {offsetof(OrderResponse, kind), nullptr},
    {offsetof(OrderResponse, currency), nullptr},
    {offsetof(OrderResponse, note), &access_note},
    {offsetof(OrderResponse, function), nullptr},
    {offsetof(OrderResponse, uuid), nullptr},
    {offsetof(OrderResponse, copy), nullptr},
    {offsetof(OrderResponse, envelope), &access_envelope},
    {offsetof(OrderResponse, validity), &access_period},
    {offsetof(OrderResponse, buyer), &access_party},
    {offsetof(OrderResponse, seller), &access_party},
    {offsetof(OrderResponse, originator), &access_party},
    {offsetof(OrderResponse, invoicee), &access_party},
    {offsetof(OrderResponse, payer), &access_party},
    {offsetof(OrderResponse, freight_forwarder), &access_party},
    {offsetof(OrderResponse, parties), &access_party},
    {offsetof(OrderResponse, buyer_reference), nullptr},
    {offsetof(OrderResponse, sales_order_reference), &access_reference},
    {offsetof(OrderResponse, quotation_reference), &access_reference},
    {offsetof(OrderResponse, contract_reference), &access_reference},
    {offsetof(OrderResponse, requisition_reference), &access_reference},
    {offsetof(OrderResponse, order_reference), &access_reference},
    {offsetof(OrderResponse, project_reference), &access_reference},
    {offsetof(OrderResponse, references), &access_reference},
    {offsetof(OrderResponse, attachments), &access_reference},
    {offsetof(OrderResponse, tax_currency), nullptr},
    {offsetof(OrderResponse, price_currency), nullptr},
    {offsetof(OrderResponse, payment_currency), nullptr},
    {offsetof(OrderResponse, exchange_rates), &access_exchange_rate},
    {offsetof(OrderResponse, delivery), &access_delivery},
    {offsetof(OrderResponse, other_deliveries), &access_delivery},
    {offsetof(OrderResponse, terms), &access_delivery_terms},
    {offsetof(OrderResponse, payment_means), &access_payment_means},
    {offsetof(OrderResponse, payment_terms), &access_payment_terms},
    {offsetof(OrderResponse, transports), &access_transport},
    {offsetof(OrderResponse, allowances), &access_allowance_charge},
    {offsetof(OrderResponse, charges), &access_allowance_charge},
    {offsetof(OrderResponse, tax_subtotals), &access_tax_subtotal},
    {offsetof(OrderResponse, totals), &access_totals},
    {offsetof(OrderResponse, accounting), &access_accounting},
    {offsetof(OrderResponse, partial_allowed), nullptr},
    {offsetof(OrderResponse, accountant), &access_party},
    {offsetof(OrderResponse, supplier_accountant), &access_party},
    {offsetof(OrderResponse, dates), &access_typed_date},
    {offsetof(OrderResponse, amounts), &access_typed_amount},
    {offsetof(OrderResponse, packages), &access_package},
    {offsetof(OrderResponse, measures), &access_measure},
    {offsetof(OrderResponse, destination_country), nullptr},
    {offsetof(OrderResponse, rejection_notes), nullptr},
    {offsetof(OrderResponse, contract_references), &access_reference},
    {offsetof(OrderResponse, version), nullptr},
    {offsetof(OrderResponse, invoice_reference), &access_reference},
    {offsetof(OrderResponse, line_count), nullptr},
    {offsetof(OrderResponse, extensions), &access_extension},
    {offsetof(OrderResponse, response), nullptr},
    {offsetof(OrderResponse, rejection_note), nullptr},
    {offsetof(OrderResponse, answered_order), &access_reference},
    {offsetof(OrderResponse, order_change_reference), &access_reference},
    {offsetof(OrderResponse, gross_weight), &access_quantity},
    {offsetof(OrderResponse, net_weight), &access_quantity},
    {offsetof(OrderResponse, net_net_weight), &access_quantity},
    {offsetof(OrderResponse, gross_volume), &access_quantity},
    {offsetof(OrderResponse, net_volume), &access_quantity},
    {offsetof(OrderResponse, package_count), nullptr},
    {offsetof(OrderResponse, customer_reference), nullptr},
    {offsetof(OrderResponse, lines), &access_order_line},
};

}  // namespace


const DocumentAccess& access(const OrderResponse*) {
  static constexpr DocumentAccess tables{DocumentType::order_response, order_response_fields};
  return tables;
}

}  // namespace purser::model
