// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/remittance.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess remittance_fields[] = {
    {offsetof(Remittance, number), nullptr},
    {offsetof(Remittance, issue_date), nullptr},
    {offsetof(Remittance, issue_time), nullptr},
    {offsetof(Remittance, kind), nullptr},
    {offsetof(Remittance, currency), nullptr},
    {offsetof(Remittance, note), &access_note},
    {offsetof(Remittance, function), nullptr},
    {offsetof(Remittance, uuid), nullptr},
    {offsetof(Remittance, copy), nullptr},
    {offsetof(Remittance, envelope), &access_envelope},
    {offsetof(Remittance, payer), &access_party},
    {offsetof(Remittance, payee), &access_party},
    {offsetof(Remittance, payment_date), nullptr},
    {offsetof(Remittance, payment_reference), &access_reference},
    {offsetof(Remittance, payment_means), &access_payment_means},
    {offsetof(Remittance, payer_account), &access_financial_account},
    {offsetof(Remittance, payee_account), &access_financial_account},
    {offsetof(Remittance, total), nullptr},
    {offsetof(Remittance, debit_total), nullptr},
    {offsetof(Remittance, credit_total), nullptr},
    {offsetof(Remittance, adjustments), &access_allowance_charge},
    {offsetof(Remittance, references), &access_reference},
    {offsetof(Remittance, attachments), &access_reference},
    {offsetof(Remittance, exchange_rates), &access_exchange_rate},
    {offsetof(Remittance, parties), &access_party},
    {offsetof(Remittance, extensions), &access_extension},
    {offsetof(Remittance, totals), &access_totals},
    {offsetof(Remittance, tax_subtotals), &access_tax_subtotal},
    {offsetof(Remittance, ultimate_payee), &access_party},
    {offsetof(Remittance, payer_reference), nullptr},
    {offsetof(Remittance, payee_reference), nullptr},
    {offsetof(Remittance, line_count), nullptr},
    {offsetof(Remittance, period), &access_period},
    {offsetof(Remittance, other_periods), &access_period},
    {offsetof(Remittance, invoice_reference), &access_reference},
    {offsetof(Remittance, credit_note_reference), &access_reference},
    {offsetof(Remittance, gross_total), nullptr},
    {offsetof(Remittance, discount_total), nullptr},
    {offsetof(Remittance, adjustment_total), nullptr},
    {offsetof(Remittance, payment_number), nullptr},
    {offsetof(Remittance, lines), &access_settled_document},
};

}  // namespace


const DocumentAccess& access(const Remittance*) {
  static constexpr DocumentAccess tables{DocumentType::remittance, remittance_fields};
  return tables;
}

}  // namespace purser::model
