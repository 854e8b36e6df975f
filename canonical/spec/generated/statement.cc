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
    {"kind", 4, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Kind of statement (UBL StatementTypeCode)"},
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
    {"seller", 11, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "Whose account it is from (UBL AccountingSupplierParty)"},
    {"buyer", 12, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "Whose account it is (UBL AccountingCustomerParty)"},
    {"buying_party", 13, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who bought, if not who owes"},
    {"selling_party", 14, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who sold, if not who invoices"},
    {"originator", 15, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who asked for it"},
    {"payee", 16, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who gets the money"},
    {"debit_total", 17, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of debits"},
    {"credit_total", 18, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of credits"},
    {"balance", 19, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "What is open"},
    {"line_count", 20, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Number of lines the source states"},
    {"period", 21, false, false, false, ScalarType::text, &group_period, "", nullptr,
     "What it covers"},
    {"payment_means", 22, true, false, false, ScalarType::text, &group_payment_means, "", nullptr,
     "How to pay"},
    {"payment_terms", 23, true, false, false, ScalarType::text, &group_payment_terms, "", nullptr,
     "When to pay"},
    {"allowances", 24, true, false, false, ScalarType::text, &group_allowance_charge, "", nullptr,
     "Allowances"},
    {"charges", 25, true, false, false, ScalarType::text, &group_allowance_charge, "", nullptr,
     "Charges"},
    {"tax_subtotals", 26, true, false, false, ScalarType::text, &group_tax_subtotal, "", nullptr,
     "Taxes"},
    {"totals", 27, false, false, false, ScalarType::text, &group_totals, "", nullptr,
     "Sums"},
    {"extensions", 28, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"lines", 29, true, false, true, ScalarType::text, &group_statement_line, "", nullptr,
     "Lines"},
};
constexpr FieldSet root_required{6150U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
constexpr std::uint8_t root_by_name[] = {23, 18, 11, 12, 24, 8, 17, 4, 16, 9, 27, 6, 1, 2, 3, 19, 28, 5, 0, 14, 15, 21, 22, 20, 10, 13, 25, 26, 7};
constexpr GroupDescriptor root{"statement", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "statement"},
    {"lines.invoices.number", "invoice"},
    {"lines.credit_notes.number", "invoice"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"buyer.legal_id.id", "legal_entity"},
    {"seller.legal_id.id", "legal_entity"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_statement{DocumentType::statement, "statement", "Statement of account", &root, {}, keys};

}  // namespace purser::spec
