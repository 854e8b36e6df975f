// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/ship_notice.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess despatch_line_fields[] = {
    {offsetof(DespatchLine, number), nullptr},
    {offsetof(DespatchLine, item), &access_item},
    {offsetof(DespatchLine, quantity), &access_quantity},
    {offsetof(DespatchLine, order_reference), &access_reference},
    {offsetof(DespatchLine, outstanding_quantity), &access_quantity},
    {offsetof(DespatchLine, outstanding_reason), nullptr},
    {offsetof(DespatchLine, oversupply_quantity), &access_quantity},
    {offsetof(DespatchLine, ordered_quantity), &access_quantity},
    {offsetof(DespatchLine, references), &access_reference},
    {offsetof(DespatchLine, packings), &access_packing},
    {offsetof(DespatchLine, note), &access_note},
    {offsetof(DespatchLine, status), nullptr},
    {offsetof(DespatchLine, parent), nullptr},
    {offsetof(DespatchLine, deliveries), &access_delivery},
    {offsetof(DespatchLine, other_quantities), &access_typed_quantity},
    {offsetof(DespatchLine, variances), &access_variance},
    {offsetof(DespatchLine, measures), &access_measure},
    {offsetof(DespatchLine, price), &access_price},
    {offsetof(DespatchLine, net_amount), nullptr},
    {offsetof(DespatchLine, amounts), &access_typed_amount},
    {offsetof(DespatchLine, dates), &access_typed_date},
    {offsetof(DespatchLine, parties), &access_party},
    {offsetof(DespatchLine, locations), &access_address},
    {offsetof(DespatchLine, shipment), &access_shipment},
    {offsetof(DespatchLine, uuid), nullptr},
    {offsetof(DespatchLine, seller_order_line), nullptr},
    {offsetof(DespatchLine, configuration), nullptr},
    {offsetof(DespatchLine, package), nullptr},
    {offsetof(DespatchLine, tax), &access_tax},
    {offsetof(DespatchLine, handling), &access_note},
    {offsetof(DespatchLine, extensions), &access_extension},
    {offsetof(DespatchLine, order_references), &access_reference},
    {offsetof(DespatchLine, sales_order_reference), &access_reference},
    {offsetof(DespatchLine, backorder_quantity), &access_quantity},
    {offsetof(DespatchLine, backorder_reason), nullptr},
};

constexpr FieldAccess ship_notice_fields[] = {
    {offsetof(ShipNotice, number), nullptr},
    {offsetof(ShipNotice, issue_date), nullptr},
    {offsetof(ShipNotice, issue_time), nullptr},
    {offsetof(ShipNotice, kind), nullptr},
    {offsetof(ShipNotice, currency), nullptr},
    {offsetof(ShipNotice, note), &access_note},
    {offsetof(ShipNotice, function), nullptr},
    {offsetof(ShipNotice, uuid), nullptr},
    {offsetof(ShipNotice, copy), nullptr},
    {offsetof(ShipNotice, envelope), &access_envelope},
    {offsetof(ShipNotice, buyer), &access_party},
    {offsetof(ShipNotice, seller), &access_party},
    {offsetof(ShipNotice, originator), &access_party},
    {offsetof(ShipNotice, despatch_party), &access_party},
    {offsetof(ShipNotice, delivery_party), &access_party},
    {offsetof(ShipNotice, carrier), &access_party},
    {offsetof(ShipNotice, freight_forwarder), &access_party},
    {offsetof(ShipNotice, ultimate_consignee), &access_party},
    {offsetof(ShipNotice, invoicee), &access_party},
    {offsetof(ShipNotice, parties), &access_party},
    {offsetof(ShipNotice, order_reference), &access_reference},
    {offsetof(ShipNotice, order_references), &access_reference},
    {offsetof(ShipNotice, sales_order_reference), &access_reference},
    {offsetof(ShipNotice, contract_reference), &access_reference},
    {offsetof(ShipNotice, references), &access_reference},
    {offsetof(ShipNotice, attachments), &access_reference},
    {offsetof(ShipNotice, delivery), &access_delivery},
    {offsetof(ShipNotice, terms), &access_delivery_terms},
    {offsetof(ShipNotice, shipment), &access_shipment},
    {offsetof(ShipNotice, packages), &access_package},
    {offsetof(ShipNotice, dates), &access_typed_date},
    {offsetof(ShipNotice, measures), &access_measure},
    {offsetof(ShipNotice, totals), &access_totals},
    {offsetof(ShipNotice, status), nullptr},
    {offsetof(ShipNotice, line_count), nullptr},
    {offsetof(ShipNotice, extensions), &access_extension},
    {offsetof(ShipNotice, despatch_date), nullptr},
    {offsetof(ShipNotice, despatch_time), nullptr},
    {offsetof(ShipNotice, structure), nullptr},
    {offsetof(ShipNotice, tax_subtotals), &access_tax_subtotal},
    {offsetof(ShipNotice, lines), &access_despatch_line},
};

}  // namespace

const GroupAccess access_despatch_line = group_access<DespatchLine>(spec::group_despatch_line, despatch_line_fields);

const DocumentAccess& access(const ShipNotice*) {
  static constexpr DocumentAccess tables{DocumentType::ship_notice, ship_notice_fields};
  return tables;
}

}  // namespace purser::model
