// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/requisition.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess approval_fields[] = {
    {offsetof(Approval, by), nullptr},
    {offsetof(Approval, decision), nullptr},
    {offsetof(Approval, date), nullptr},
    {offsetof(Approval, time), nullptr},
    {offsetof(Approval, note), nullptr},
    {offsetof(Approval, limit), nullptr},
};

constexpr FieldAccess requisition_fields[] = {
    {offsetof(Requisition, number), nullptr},
    {offsetof(Requisition, issue_date), nullptr},
    {offsetof(Requisition, issue_time), nullptr},
    {offsetof(Requisition, kind), nullptr},
    {offsetof(Requisition, currency), nullptr},
    {offsetof(Requisition, note), &access_note},
    {offsetof(Requisition, function), nullptr},
    {offsetof(Requisition, uuid), nullptr},
    {offsetof(Requisition, copy), nullptr},
    {offsetof(Requisition, envelope), &access_envelope},
    {offsetof(Requisition, requester), &access_party},
    {offsetof(Requisition, buyer), &access_party},
    {offsetof(Requisition, seller), &access_party},
    {offsetof(Requisition, originator), &access_party},
    {offsetof(Requisition, approver), &access_party},
    {offsetof(Requisition, parties), &access_party},
    {offsetof(Requisition, status), nullptr},
    {offsetof(Requisition, priority), nullptr},
    {offsetof(Requisition, needed_by), nullptr},
    {offsetof(Requisition, justification), nullptr},
    {offsetof(Requisition, contract_reference), &access_reference},
    {offsetof(Requisition, project_reference), &access_reference},
    {offsetof(Requisition, quotation_reference), &access_reference},
    {offsetof(Requisition, catalogue_reference), &access_reference},
    {offsetof(Requisition, references), &access_reference},
    {offsetof(Requisition, attachments), &access_reference},
    {offsetof(Requisition, delivery), &access_delivery},
    {offsetof(Requisition, accounting), &access_accounting},
    {offsetof(Requisition, accountings), &access_accounting},
    {offsetof(Requisition, totals), &access_totals},
    {offsetof(Requisition, approvals), &access_approval},
    {offsetof(Requisition, extensions), &access_extension},
    {offsetof(Requisition, validity), &access_period},
    {offsetof(Requisition, price_currency), nullptr},
    {offsetof(Requisition, line_count), nullptr},
    {offsetof(Requisition, submission_due), nullptr},
    {offsetof(Requisition, other_deliveries), &access_delivery},
    {offsetof(Requisition, terms), &access_delivery_terms},
    {offsetof(Requisition, destination_country), nullptr},
    {offsetof(Requisition, contract_references), &access_reference},
    {offsetof(Requisition, session), nullptr},
    {offsetof(Requisition, action), nullptr},
    {offsetof(Requisition, return_url), nullptr},
    {offsetof(Requisition, shop_url), nullptr},
    {offsetof(Requisition, quote_status), nullptr},
    {offsetof(Requisition, selected_item), &access_item},
    {offsetof(Requisition, charges), &access_allowance_charge},
    {offsetof(Requisition, tax_subtotals), &access_tax_subtotal},
    {offsetof(Requisition, sales_order_reference), &access_reference},
    {offsetof(Requisition, lines), &access_order_line},
};

}  // namespace

const GroupAccess access_approval = group_access<Approval>(spec::group_approval, approval_fields);

const DocumentAccess& access(const Requisition*) {
  static constexpr DocumentAccess tables{DocumentType::requisition, requisition_fields};
  return tables;
}

}  // namespace purser::model
