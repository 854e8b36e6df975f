// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/tax_request.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess tax_request_fields[] = {
    {offsetof(TaxRequest, number), nullptr},
    {offsetof(TaxRequest, issue_date), nullptr},
    {offsetof(TaxRequest, issue_time), nullptr},
    {offsetof(TaxRequest, kind), nullptr},
    {offsetof(TaxRequest, currency), nullptr},
    {offsetof(TaxRequest, note), &access_note},
    {offsetof(TaxRequest, function), nullptr},
    {offsetof(TaxRequest, uuid), nullptr},
    {offsetof(TaxRequest, copy), nullptr},
    {offsetof(TaxRequest, envelope), &access_envelope},
    {offsetof(TaxRequest, seller), &access_party},
    {offsetof(TaxRequest, buyer), &access_party},
    {offsetof(TaxRequest, purpose), nullptr},
    {offsetof(TaxRequest, transaction), &access_reference},
    {offsetof(TaxRequest, order_reference), &access_reference},
    {offsetof(TaxRequest, tax_date), nullptr},
    {offsetof(TaxRequest, tax_country), nullptr},
    {offsetof(TaxRequest, from), &access_address},
    {offsetof(TaxRequest, to), &access_address},
    {offsetof(TaxRequest, place_of_order), &access_address},
    {offsetof(TaxRequest, exemption), &access_reference},
    {offsetof(TaxRequest, usage), nullptr},
    {offsetof(TaxRequest, totals), &access_totals},
    {offsetof(TaxRequest, allowances), &access_allowance_charge},
    {offsetof(TaxRequest, charges), &access_allowance_charge},
    {offsetof(TaxRequest, reporting_period), &access_period},
    {offsetof(TaxRequest, exchange_rates), &access_exchange_rate},
    {offsetof(TaxRequest, references), &access_reference},
    {offsetof(TaxRequest, parties), &access_party},
    {offsetof(TaxRequest, tax_currency), nullptr},
    {offsetof(TaxRequest, prices_include_tax), nullptr},
    {offsetof(TaxRequest, extensions), &access_extension},
    {offsetof(TaxRequest, lines), &access_tax_line},
    {offsetof(TaxRequest, location), nullptr},
};

}  // namespace


const DocumentAccess& access(const TaxRequest*) {
  static constexpr DocumentAccess tables{DocumentType::tax_request, tax_request_fields};
  return tables;
}

}  // namespace purser::model
