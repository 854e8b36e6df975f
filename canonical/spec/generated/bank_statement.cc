// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/spec/generated/tables.h"

namespace purser::spec {
namespace {

constexpr FieldDescriptor root_fields[] = {
    {"number", 1, false, true, false, ScalarType::text, nullptr, "", nullptr,
     "Number of the document"},
    {"issue_date", 2, false, true, false, ScalarType::date, nullptr, "", nullptr,
     "When it was issued"},
    {"issue_time", 3, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Time of issue"},
    {"kind", 4, false, false, false, ScalarType::code, nullptr, "untdid1001", &list_untdid1001,
     "Kind of document"},
    {"currency", 5, false, false, false, ScalarType::code, nullptr, "iso4217", &list_iso4217,
     "Currency of the amounts"},
    {"note", 6, true, false, false, ScalarType::text, &group_note, "", nullptr,
     "Free text"},
    {"function", 7, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Original, copy, cancellation … (UNTDID 1225)"},
    {"uuid", 8, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Universally unique identifier"},
    {"copy", 9, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "A copy of the document"},
    {"envelope", 10, false, false, false, ScalarType::text, &group_envelope, "", nullptr,
     "The interchange it came in"},
    {"account", 11, false, true, false, ScalarType::text, &group_financial_account, "", nullptr,
     "The account"},
    {"owner", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Whose account it is"},
    {"servicer", 13, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Bank that keeps it"},
    {"sequence", 14, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Number of the statement"},
    {"legal_sequence", 15, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Legal number of the statement"},
    {"period", 16, false, false, false, ScalarType::text, &group_period, "", nullptr,
     "What it covers"},
    {"opening", 17, false, false, false, ScalarType::text, &group_balance, "", nullptr,
     "Opening balance"},
    {"closing", 18, false, false, false, ScalarType::text, &group_balance, "", nullptr,
     "Closing balance"},
    {"balances", 19, true, false, false, ScalarType::text, &group_balance, "", nullptr,
     "Further balances"},
    {"entry_count", 20, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Number of entries"},
    {"credit_total", 21, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of credits"},
    {"debit_total", 22, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of debits"},
    {"page", 23, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Page"},
    {"last_page", 24, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "It is the last page"},
    {"message_id", 25, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Message identification"},
    {"related_account", 26, false, false, false, ScalarType::text, &group_financial_account, "", nullptr,
     "Related account"},
    {"created", 27, false, false, false, ScalarType::date_time, nullptr, "", nullptr,
     "When it was made"},
    {"extensions", 28, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"entries", 29, true, false, true, ScalarType::text, &group_statement_entry, "", nullptr,
     "Entries"},
};
constexpr FieldSet root_required{2054U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
constexpr std::uint8_t root_by_name[] = {10, 18, 17, 8, 26, 20, 4, 21, 28, 19, 9, 27, 6, 1, 2, 3, 23, 14, 24, 5, 0, 16, 11, 22, 15, 25, 13, 12, 7};
constexpr GroupDescriptor root{"bank_statement", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "statement"},
    {"account.id", "account"},
    {"entries.account_reference", "payment"},
    {"entries.transactions.end_to_end_id", "payment"},
    {"entries.transactions.instruction_id", "payment"},
    {"entries.transactions.remittance.number", "invoice"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_bank_statement{DocumentType::bank_statement, "bank_statement", "Bank statement", &root, {}, keys};

}  // namespace purser::spec
