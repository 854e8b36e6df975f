// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/bank_statement.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess balance_fields[] = {
    {offsetof(Balance, type), nullptr},
    {offsetof(Balance, amount), nullptr},
    {offsetof(Balance, currency), nullptr},
    {offsetof(Balance, date), nullptr},
    {offsetof(Balance, time), nullptr},
    {offsetof(Balance, description), nullptr},
    {offsetof(Balance, credit_line), nullptr},
    {offsetof(Balance, credit_line_included), nullptr},
    {offsetof(Balance, credit_lines), &access_typed_amount},
};

constexpr FieldAccess statement_entry_fields[] = {
    {offsetof(StatementEntry, reference), nullptr},
    {offsetof(StatementEntry, amount), nullptr},
    {offsetof(StatementEntry, currency), nullptr},
    {offsetof(StatementEntry, booking_date), nullptr},
    {offsetof(StatementEntry, value_date), nullptr},
    {offsetof(StatementEntry, status), nullptr},
    {offsetof(StatementEntry, reversal), nullptr},
    {offsetof(StatementEntry, transaction_code), nullptr},
    {offsetof(StatementEntry, proprietary_code), nullptr},
    {offsetof(StatementEntry, account_reference), nullptr},
    {offsetof(StatementEntry, description), nullptr},
    {offsetof(StatementEntry, booking_time), nullptr},
    {offsetof(StatementEntry, transactions), &access_statement_transaction},
    {offsetof(StatementEntry, charges), &access_allowance_charge},
    {offsetof(StatementEntry, batch_count), nullptr},
    {offsetof(StatementEntry, batch_id), nullptr},
    {offsetof(StatementEntry, batch_message_id), nullptr},
    {offsetof(StatementEntry, original_amount), nullptr},
    {offsetof(StatementEntry, original_currency), nullptr},
    {offsetof(StatementEntry, exchange_rate), &access_exchange_rate},
    {offsetof(StatementEntry, interest), nullptr},
    {offsetof(StatementEntry, additional), nullptr},
    {offsetof(StatementEntry, supplementary), nullptr},
    {offsetof(StatementEntry, proprietary_issuer), nullptr},
    {offsetof(StatementEntry, amounts), &access_typed_amount},
    {offsetof(StatementEntry, availability), &access_typed_amount},
    {offsetof(StatementEntry, number), nullptr},
    {offsetof(StatementEntry, extensions), &access_extension},
};

constexpr FieldAccess statement_transaction_fields[] = {
    {offsetof(StatementTransaction, end_to_end_id), nullptr},
    {offsetof(StatementTransaction, instruction_id), nullptr},
    {offsetof(StatementTransaction, transaction_id), nullptr},
    {offsetof(StatementTransaction, mandate_id), nullptr},
    {offsetof(StatementTransaction, creditor_id), nullptr},
    {offsetof(StatementTransaction, amount), nullptr},
    {offsetof(StatementTransaction, currency), nullptr},
    {offsetof(StatementTransaction, debtor), &access_party},
    {offsetof(StatementTransaction, debtor_account), &access_financial_account},
    {offsetof(StatementTransaction, creditor), &access_party},
    {offsetof(StatementTransaction, creditor_account), &access_financial_account},
    {offsetof(StatementTransaction, ultimate_debtor), &access_party},
    {offsetof(StatementTransaction, ultimate_creditor), &access_party},
    {offsetof(StatementTransaction, remittance_text), nullptr},
    {offsetof(StatementTransaction, remittance), &access_settled_document},
    {offsetof(StatementTransaction, creditor_reference), nullptr},
    {offsetof(StatementTransaction, purpose), nullptr},
    {offsetof(StatementTransaction, return_reason), &access_status_reason},
    {offsetof(StatementTransaction, charges), &access_allowance_charge},
    {offsetof(StatementTransaction, transaction_code), nullptr},
    {offsetof(StatementTransaction, proprietary_code), nullptr},
    {offsetof(StatementTransaction, instructed_amount), nullptr},
    {offsetof(StatementTransaction, instructed_currency), nullptr},
    {offsetof(StatementTransaction, exchange_rate), &access_exchange_rate},
    {offsetof(StatementTransaction, message_id), nullptr},
    {offsetof(StatementTransaction, payment_information_id), nullptr},
    {offsetof(StatementTransaction, account_servicer_reference), nullptr},
    {offsetof(StatementTransaction, uetr), nullptr},
    {offsetof(StatementTransaction, additional), nullptr},
    {offsetof(StatementTransaction, cheque), nullptr},
    {offsetof(StatementTransaction, clearing_reference), nullptr},
    {offsetof(StatementTransaction, references), &access_reference},
    {offsetof(StatementTransaction, dates), &access_typed_date},
    {offsetof(StatementTransaction, agents), &access_financial_account},
    {offsetof(StatementTransaction, taxes), &access_tax_subtotal},
    {offsetof(StatementTransaction, amounts), &access_typed_amount},
    {offsetof(StatementTransaction, extensions), &access_extension},
};

constexpr FieldAccess bank_statement_fields[] = {
    {offsetof(BankStatement, number), nullptr},
    {offsetof(BankStatement, issue_date), nullptr},
    {offsetof(BankStatement, issue_time), nullptr},
    {offsetof(BankStatement, kind), nullptr},
    {offsetof(BankStatement, currency), nullptr},
    {offsetof(BankStatement, note), &access_note},
    {offsetof(BankStatement, function), nullptr},
    {offsetof(BankStatement, uuid), nullptr},
    {offsetof(BankStatement, copy), nullptr},
    {offsetof(BankStatement, envelope), &access_envelope},
    {offsetof(BankStatement, account), &access_financial_account},
    {offsetof(BankStatement, owner), &access_party},
    {offsetof(BankStatement, servicer), &access_party},
    {offsetof(BankStatement, sequence), nullptr},
    {offsetof(BankStatement, legal_sequence), nullptr},
    {offsetof(BankStatement, period), &access_period},
    {offsetof(BankStatement, opening), &access_balance},
    {offsetof(BankStatement, closing), &access_balance},
    {offsetof(BankStatement, balances), &access_balance},
    {offsetof(BankStatement, entry_count), nullptr},
    {offsetof(BankStatement, credit_total), nullptr},
    {offsetof(BankStatement, debit_total), nullptr},
    {offsetof(BankStatement, page), nullptr},
    {offsetof(BankStatement, last_page), nullptr},
    {offsetof(BankStatement, message_id), nullptr},
    {offsetof(BankStatement, related_account), &access_financial_account},
    {offsetof(BankStatement, created), nullptr},
    {offsetof(BankStatement, extensions), &access_extension},
    {offsetof(BankStatement, entries), &access_statement_entry},
};

}  // namespace

const GroupAccess access_balance = group_access<Balance>(spec::group_balance, balance_fields);
const GroupAccess access_statement_entry = group_access<StatementEntry>(spec::group_statement_entry, statement_entry_fields);
const GroupAccess access_statement_transaction = group_access<StatementTransaction>(spec::group_statement_transaction, statement_transaction_fields);

const DocumentAccess& access(const BankStatement*) {
  static constexpr DocumentAccess tables{DocumentType::bank_statement, bank_statement_fields};
  return tables;
}

}  // namespace purser::model
