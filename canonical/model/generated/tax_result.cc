// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/tax_result.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess tax_result_fields[] = {
    {offsetof(TaxResult, number), nullptr},
    {offsetof(TaxResult, issue_date), nullptr},
    {offsetof(TaxResult, issue_time), nullptr},
    {offsetof(TaxResult, kind), nullptr},
    {offsetof(TaxResult, currency), nullptr},
    {offsetof(TaxResult, note), &access_note},
    {offsetof(TaxResult, function), nullptr},
    {offsetof(TaxResult, uuid), nullptr},
    {offsetof(TaxResult, copy), nullptr},
    {offsetof(TaxResult, envelope), &access_envelope},
    {offsetof(TaxResult, request), &access_reference},
    {offsetof(TaxResult, transaction), &access_reference},
    {offsetof(TaxResult, status), nullptr},
    {offsetof(TaxResult, reasons), &access_status_reason},
    {offsetof(TaxResult, seller), &access_party},
    {offsetof(TaxResult, buyer), &access_party},
    {offsetof(TaxResult, tax_date), nullptr},
    {offsetof(TaxResult, totals), &access_totals},
    {offsetof(TaxResult, tax_subtotals), &access_tax_subtotal},
    {offsetof(TaxResult, withheld_taxes), &access_tax_subtotal},
    {offsetof(TaxResult, clearance_id), nullptr},
    {offsetof(TaxResult, clearance_time), nullptr},
    {offsetof(TaxResult, stamp), nullptr},
    {offsetof(TaxResult, verification_uri), nullptr},
    {offsetof(TaxResult, qr_code), nullptr},
    {offsetof(TaxResult, engine), nullptr},
    {offsetof(TaxResult, addresses), &access_address},
    {offsetof(TaxResult, attachments), &access_reference},
    {offsetof(TaxResult, extensions), &access_extension},
    {offsetof(TaxResult, lines), &access_tax_line},
};

}  // namespace


const DocumentAccess& access(const TaxResult*) {
  static constexpr DocumentAccess tables{DocumentType::tax_result, tax_result_fields};
  return tables;
}

}  // namespace purser::model
