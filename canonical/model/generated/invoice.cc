// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/invoice.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess invoice_line_fields[] = {
    {offsetof(InvoiceLine, number), nullptr},
    {offsetof(InvoiceLine, note), &access_note},
    {offsetof(InvoiceLine, object), &access_reference},
    {offsetof(InvoiceLine, quantity), &access_quantity},
    {offsetof(InvoiceLine, net_amount), nullptr},
    {offsetof(InvoiceLine, order_reference), &access_reference},
    {offsetof(InvoiceLine, accounting), &access_accounting},
    {offsetof(InvoiceLine, period), &access_period},
    {offsetof(InvoiceLine, allowances), &access_allowance_charge},
    {offsetof(InvoiceLine, charges), &access_allowance_charge},
    {offsetof(InvoiceLine, price), &access_price},
    {offsetof(InvoiceLine, tax), &access_tax},
    {offsetof(InvoiceLine, other_taxes), &access_tax},
    {offsetof(InvoiceLine, item), &access_item},
    {offsetof(InvoiceLine, references), &access_reference},
    {offsetof(InvoiceLine, despatch_reference), &access_reference},
    {offsetof(InvoiceLine, receipt_reference), &access_reference},
    {offsetof(InvoiceLine, lines), &access_invoice_line},
    {offsetof(InvoiceLine, delivery), &access_delivery},
    {offsetof(InvoiceLine, gross_amount), nullptr},
    {offsetof(InvoiceLine, tax_amount), nullptr},
    {offsetof(InvoiceLine, other_prices), &access_price},
    {offsetof(InvoiceLine, other_quantities), &access_typed_quantity},
    {offsetof(InvoiceLine, amounts), &access_typed_amount},
    {offsetof(InvoiceLine, dates), &access_typed_date},
    {offsetof(InvoiceLine, parties), &access_party},
    {offsetof(InvoiceLine, packages), &access_package},
    {offsetof(InvoiceLine, parent), nullptr},
    {offsetof(InvoiceLine, configuration), nullptr},
    {offsetof(InvoiceLine, measures), &access_measure},
    {offsetof(InvoiceLine, terms), &access_delivery_terms},
    {offsetof(InvoiceLine, payment_terms), &access_payment_terms},
    {offsetof(InvoiceLine, free_of_charge), nullptr},
    {offsetof(InvoiceLine, kind), nullptr},
    {offsetof(InvoiceLine, billing_references), &access_reference},
    {offsetof(InvoiceLine, originator), &access_party},
    {offsetof(InvoiceLine, uuid), nullptr},
    {offsetof(InvoiceLine, tax_point_date), nullptr},
    {offsetof(InvoiceLine, purpose), nullptr},
    {offsetof(InvoiceLine, other_deliveries), &access_delivery},
    {offsetof(InvoiceLine, sales_order_reference), &access_reference},
    {offsetof(InvoiceLine, locations), &access_address},
    {offsetof(InvoiceLine, transports), &access_transport},
    {offsetof(InvoiceLine, tax_subtotals), &access_tax_subtotal},
    {offsetof(InvoiceLine, correction), &access_reference},
    {offsetof(InvoiceLine, objects), &access_reference},
    {offsetof(InvoiceLine, extensions), &access_extension},
    {offsetof(InvoiceLine, other_receipt_references), &access_reference},
    {offsetof(InvoiceLine, other_despatch_references), &access_reference},
    {offsetof(InvoiceLine, other_order_references), &access_reference},
};

constexpr FieldAccess invoice_fields[] = {
    {offsetof(Invoice, number), nullptr},
    {offsetof(Invoice, issue_date), nullptr},
    {offsetof(Invoice, issue_time), nullptr},
    {offsetof(Invoice, kind), nullptr},
    {offsetof(Invoice, currency), nullptr},
    {offsetof(Invoice, note), &access_note},
    {offsetof(Invoice, function), nullptr},
    {offsetof(Invoice, uuid), nullptr},
    {offsetof(Invoice, copy), nullptr},
    {offsetof(Invoice, envelope), &access_envelope},
    {offsetof(Invoice, buyer), &access_party},
    {offsetof(Invoice, seller), &access_party},
    {offsetof(Invoice, payee), &access_party},
    {offsetof(Invoice, tax_representative), &access_party},
    {offsetof(Invoice, originator), &access_party},
    {offsetof(Invoice, invoicee), &access_party},
    {offsetof(Invoice, payer), &access_party},
    {offsetof(Invoice, accountant), &access_party},
    {offsetof(Invoice, parties), &access_party},
    {offsetof(Invoice, due_date), nullptr},
    {offsetof(Invoice, tax_currency), nullptr},
    {offsetof(Invoice, tax_point_date), nullptr},
    {offsetof(Invoice, tax_point_code), nullptr},
    {offsetof(Invoice, buyer_reference), nullptr},
    {offsetof(Invoice, project_reference), &access_reference},
    {offsetof(Invoice, contract_reference), &access_reference},
    {offsetof(Invoice, order_reference), &access_reference},
    {offsetof(Invoice, sales_order_reference), &access_reference},
    {offsetof(Invoice, receipt_reference), &access_reference},
    {offsetof(Invoice, despatch_reference), &access_reference},
    {offsetof(Invoice, tender_reference), &access_reference},
    {offsetof(Invoice, object_reference), &access_reference},
    {offsetof(Invoice, preceding_invoices), &access_reference},
    {offsetof(Invoice, attachments), &access_reference},
    {offsetof(Invoice, references), &access_reference},
    {offsetof(Invoice, accounting), &access_accounting},
    {offsetof(Invoice, period), &access_period},
    {offsetof(Invoice, delivery), &access_delivery},
    {offsetof(Invoice, terms), &access_delivery_terms},
    {offsetof(Invoice, payment_means), &access_payment_means},
    {offsetof(Invoice, payment_terms), &access_payment_terms},
    {offsetof(Invoice, allowances), &access_allowance_charge},
    {offsetof(Invoice, charges), &access_allowance_charge},
    {offsetof(Invoice, totals), &access_totals},
    {offsetof(Invoice, tax_subtotals), &access_tax_subtotal},
    {offsetof(Invoice, prepayments), &access_prepayment},
    {offsetof(Invoice, exchange_rates), &access_exchange_rate},
    {offsetof(Invoice, price_currency), nullptr},
    {offsetof(Invoice, payment_currency), nullptr},
    {offsetof(Invoice, other_deliveries), &access_delivery},
    {offsetof(Invoice, transports), &access_transport},
    {offsetof(Invoice, dates), &access_typed_date},
    {offsetof(Invoice, amounts), &access_typed_amount},
    {offsetof(Invoice, packages), &access_package},
    {offsetof(Invoice, measures), &access_measure},
    {offsetof(Invoice, withheld_taxes), &access_tax_subtotal},
    {offsetof(Invoice, correction_reason), nullptr},
    {offsetof(Invoice, correction_code), nullptr},
    {offsetof(Invoice, payment_currency_alternative), nullptr},
    {offsetof(Invoice, order_references), &access_reference},
    {offsetof(Invoice, receipt_references), &access_reference},
    {offsetof(Invoice, despatch_references), &access_reference},
    {offsetof(Invoice, contract_references), &access_reference},
    {offsetof(Invoice, seller_accountant), &access_party},
    {offsetof(Invoice, accountings), &access_accounting},
    {offsetof(Invoice, line_count), nullptr},
    {offsetof(Invoice, extensions), &access_extension},
    {offsetof(Invoice, seller_sales_agent), &access_party},
    {offsetof(Invoice, quotation_reference), &access_reference},
    {offsetof(Invoice, other_periods), &access_period},
    {offsetof(Invoice, statements), &access_reference},
    {offsetof(Invoice, creditor_id), nullptr},
    {offsetof(Invoice, buying_party), &access_party},
    {offsetof(Invoice, selling_party), &access_party},
    {offsetof(Invoice, tax_defaults), &access_tax_subtotal},
    {offsetof(Invoice, lines), &access_invoice_line},
};

}  // namespace

const GroupAccess access_invoice_line = group_access<InvoiceLine>(spec::group_invoice_line, invoice_line_fields);

const DocumentAccess& access(const Invoice*) {
  static constexpr DocumentAccess tables{DocumentType::invoice, invoice_fields};
  return tables;
}

}  // namespace purser::model
