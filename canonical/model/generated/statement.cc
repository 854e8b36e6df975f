// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/statement.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess statement_line_fields[] = {
    {offsetof(StatementLine, number), nullptr},
    {offsetof(StatementLine, note), &access_note},
    {offsetof(StatementLine, uuid), nullptr},
    {offsetof(StatementLine, brought_forward), nullptr},
    {offsetof(StatementLine, debit_amount), nullptr},
    {offsetof(StatementLine, credit_amount), nullptr},
    {offsetof(StatementLine, balance), nullptr},
    {offsetof(StatementLine, purpose), nullptr},
    {offsetof(StatementLine, payment_means), &access_payment_means},
    {offsetof(StatementLine, payment_terms), &access_payment_terms},
    {offsetof(StatementLine, buyer), &access_party},
    {offsetof(StatementLine, seller), &access_party},
    {offsetof(StatementLine, originator), &access_party},
    {offsetof(StatementLine, invoicee), &access_party},
    {offsetof(StatementLine, invoicer), &access_party},
    {offsetof(StatementLine, payee), &access_party},
    {offsetof(StatementLine, period), &access_period},
    {offsetof(StatementLine, other_periods), &access_period},
    {offsetof(StatementLine, invoices), &access_reference},
    {offsetof(StatementLine, credit_notes), &access_reference},
    {offsetof(StatementLine, debit_notes), &access_reference},
    {offsetof(StatementLine, reminders), &access_reference},
    {offsetof(StatementLine, references), &access_reference},
    {offsetof(StatementLine, exchange_rate), &access_exchange_rate},
    {offsetof(StatementLine, allowances), &access_allowance_charge},
    {offsetof(StatementLine, charges), &access_allowance_charge},
    {offsetof(StatementLine, payments), &access_prepayment},
    {offsetof(StatementLine, extensions), &access_extension},
};

constexpr FieldAccess statement_fields[] = {
    {offsetof(Statement, number), nullptr},
    {offsetof(Statement, issue_date), nullptr},
    {offsetof(Statement, issue_time), nullptr},
    {offsetof(Statement, kind), nullptr},
    {offsetof(Statement, currency), nullptr},
    {offsetof(Statement, note), &access_note},
    {offsetof(Statement, function), nullptr},
    {offsetof(Statement, uuid), nullptr},
    {offsetof(Statement, copy), nullptr},
    {offsetof(Statement, envelope), &access_envelope},
    {offsetof(Statement, seller), &access_party},
    {offsetof(Statement, buyer), &access_party},
    {offsetof(Statement, buying_party), &access_party},
    {offsetof(Statement, selling_party), &access_party},
    {offsetof(Statement, originator), &access_party},
    {offsetof(Statement, payee), &access_party},
    {offsetof(Statement, debit_total), nullptr},
    {offsetof(Statement, credit_total), nullptr},
    {offsetof(Statement, balance), nullptr},
    {offsetof(Statement, line_count), nullptr},
    {offsetof(Statement, period), &access_period},
    {offsetof(Statement, payment_means), &access_payment_means},
    {offsetof(Statement, payment_terms), &access_payment_terms},
    {offsetof(Statement, allowances), &access_allowance_charge},
    {offsetof(Statement, charges), &access_allowance_charge},
    {offsetof(Statement, tax_subtotals), &access_tax_subtotal},
    {offsetof(Statement, totals), &access_totals},
    {offsetof(Statement, extensions), &access_extension},
    {offsetof(Statement, lines), &access_statement_line},
};

}  // namespace

const GroupAccess access_statement_line = group_access<StatementLine>(spec::group_statement_line, statement_line_fields);

const DocumentAccess& access(const Statement*) {
  static constexpr DocumentAccess tables{DocumentType::statement, statement_fields};
  return tables;
}

}  // namespace purser::model
