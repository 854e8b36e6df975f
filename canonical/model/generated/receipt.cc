// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/receipt.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess receipt_line_fields[] = {
    {offsetof(ReceiptLine, number), nullptr},
    {offsetof(ReceiptLine, item), &access_item},
    {offsetof(ReceiptLine, quantity), &access_quantity},
    {offsetof(ReceiptLine, short_quantity), &access_quantity},
    {offsetof(ReceiptLine, rejected_quantity), &access_quantity},
    {offsetof(ReceiptLine, reject_reason), nullptr},
    {offsetof(ReceiptLine, reject_code), nullptr},
    {offsetof(ReceiptLine, reject_action), nullptr},
    {offsetof(ReceiptLine, oversupply_quantity), &access_quantity},
    {offsetof(ReceiptLine, order_reference), &access_reference},
    {offsetof(ReceiptLine, despatch_reference), &access_reference},
    {offsetof(ReceiptLine, references), &access_reference},
    {offsetof(ReceiptLine, received_date), nullptr},
    {offsetof(ReceiptLine, note), &access_note},
    {offsetof(ReceiptLine, packings), &access_packing},
    {offsetof(ReceiptLine, location), nullptr},
    {offsetof(ReceiptLine, accounting), &access_accounting},
    {offsetof(ReceiptLine, accepted_quantity), &access_quantity},
    {offsetof(ReceiptLine, damage), nullptr},
    {offsetof(ReceiptLine, timing_complaint), nullptr},
    {offsetof(ReceiptLine, timing_complaint_code), nullptr},
    {offsetof(ReceiptLine, shortage_action), nullptr},
    {offsetof(ReceiptLine, quantity_discrepancy), nullptr},
    {offsetof(ReceiptLine, shipments), &access_shipment},
    {offsetof(ReceiptLine, parent), nullptr},
    {offsetof(ReceiptLine, measures), &access_measure},
    {offsetof(ReceiptLine, uuid), nullptr},
    {offsetof(ReceiptLine, extensions), &access_extension},
    {offsetof(ReceiptLine, order_references), &access_reference},
    {offsetof(ReceiptLine, despatch_references), &access_reference},
    {offsetof(ReceiptLine, package), nullptr},
    {offsetof(ReceiptLine, other_quantities), &access_typed_quantity},
    {offsetof(ReceiptLine, variances), &access_variance},
    {offsetof(ReceiptLine, dates), &access_typed_date},
    {offsetof(ReceiptLine, price), &access_price},
    {offsetof(ReceiptLine, net_amount), nullptr},
};

constexpr FieldAccess receipt_fields[] = {
    {offsetof(Receipt, number), nullptr},
    {offsetof(Receipt, issue_date), nullptr},
    {offsetof(Receipt, issue_time), nullptr},
    {offsetof(Receipt, kind), nullptr},
    {offsetof(Receipt, currency), nullptr},
    {offsetof(Receipt, note), &access_note},
    {offsetof(Receipt, function), nullptr},
    {offsetof(Receipt, uuid), nullptr},
    {offsetof(Receipt, copy), nullptr},
    {offsetof(Receipt, envelope), &access_envelope},
    {offsetof(Receipt, buyer), &access_party},
    {offsetof(Receipt, seller), &access_party},
    {offsetof(Receipt, originator), &access_party},
    {offsetof(Receipt, despatch_party), &access_party},
    {offsetof(Receipt, delivery_party), &access_party},
    {offsetof(Receipt, carrier), &access_party},
    {offsetof(Receipt, freight_forwarder), &access_party},
    {offsetof(Receipt, ultimate_consignee), &access_party},
    {offsetof(Receipt, invoicee), &access_party},
    {offsetof(Receipt, parties), &access_party},
    {offsetof(Receipt, order_reference), &access_reference},
    {offsetof(Receipt, order_references), &access_reference},
    {offsetof(Receipt, sales_order_reference), &access_reference},
    {offsetof(Receipt, contract_reference), &access_reference},
    {offsetof(Receipt, references), &access_reference},
    {offsetof(Receipt, attachments), &access_reference},
    {offsetof(Receipt, delivery), &access_delivery},
    {offsetof(Receipt, terms), &access_delivery_terms},
    {offsetof(Receipt, shipment), &access_shipment},
    {offsetof(Receipt, packages), &access_package},
    {offsetof(Receipt, dates), &access_typed_date},
    {offsetof(Receipt, measures), &access_measure},
    {offsetof(Receipt, totals), &access_totals},
    {offsetof(Receipt, status), nullptr},
    {offsetof(Receipt, line_count), nullptr},
    {offsetof(Receipt, extensions), &access_extension},
    {offsetof(Receipt, received_date), nullptr},
    {offsetof(Receipt, received_time), nullptr},
    {offsetof(Receipt, despatch_reference), &access_reference},
    {offsetof(Receipt, despatch_references), &access_reference},
    {offsetof(Receipt, delivery_note), &access_reference},
    {offsetof(Receipt, lines), &access_receipt_line},
};

}  // namespace

const GroupAccess access_receipt_line = group_access<ReceiptLine>(spec::group_receipt_line, receipt_line_fields);

const DocumentAccess& access(const Receipt*) {
  static constexpr DocumentAccess tables{DocumentType::receipt, receipt_fields};
  return tables;
}

}  // namespace purser::model
