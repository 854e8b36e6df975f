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
    {"payer", 11, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "Who pays"},
    {"payee", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who is paid"},
    {"payment_date", 13, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When it is paid"},
    {"payment_reference", 14, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The payment"},
    {"payment_means", 15, true, false, false, ScalarType::text, &group_payment_means, "", nullptr,
     "How it is paid"},
    {"payer_account", 16, false, false, false, ScalarType::text, &group_financial_account, "", nullptr,
     "Account it is taken from"},
    {"payee_account", 17, false, false, false, ScalarType::text, &group_financial_account, "", nullptr,
     "Account it goes to"},
    {"total", 18, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Paid amount"},
    {"debit_total", 19, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of debits"},
    {"credit_total", 20, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of credits"},
    {"adjustments", 21, true, false, false, ScalarType::text, &group_allowance_charge, "", nullptr,
     "Deductions from the whole"},
    {"references", 22, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"attachments", 23, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"exchange_rates", 24, true, false, false, ScalarType::text, &group_exchange_rate, "", nullptr,
     "Rates"},
    {"parties", 25, true, false, false, ScalarType::text, &group_party, "", nullptr,
     "Further parties; role tells"},
    {"extensions", 26, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"totals", 28, false, false, false, ScalarType::text, &group_totals, "", nullptr,
     "Sums"},
    {"tax_subtotals", 29, true, false, false, ScalarType::text, &group_tax_subtotal, "", nullptr,
     "Taxes"},
    {"ultimate_payee", 30, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who gets the money, if not the payee (UBL PayeeParty)"},
    {"payer_reference", 31, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Payer's reference"},
    {"payee_reference", 32, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Reference of who invoiced (UBL InvoicingPartyReference)"},
    {"line_count", 33, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Number of lines the source states"},
    {"period", 34, false, false, false, ScalarType::text, &group_period, "", nullptr,
     "Invoicing period"},
    {"other_periods", 35, true, false, false, ScalarType::text, &group_period, "", nullptr,
     "Further invoicing periods"},
    {"invoice_reference", 36, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The invoice, where it is one"},
    {"credit_note_reference", 37, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The credit note, where it is one"},
    {"gross_total", 38, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum before discounts"},
    {"discount_total", 39, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of discounts"},
    {"adjustment_total", 40, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of adjustments"},
    {"payment_number", 41, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Number of the payment (cheque, transfer)"},
    {"lines", 27, true, false, true, ScalarType::text, &group_settled_document, "", nullptr,
     "What is settled"},
};
constexpr FieldSet root_required{2054U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 41, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40};
constexpr std::uint8_t root_by_name[] = {38, 20, 22, 8, 35, 19, 4, 18, 37, 9, 23, 25, 6, 36, 34, 1, 2, 3, 31, 40, 5, 0, 33, 24, 11, 16, 30, 10, 15, 29, 12, 14, 39, 13, 32, 21, 27, 17, 26, 28, 7};
constexpr GroupDescriptor root{"remittance", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "remittance"},
    {"payment_reference.number", "payment"},
    {"lines.number", "invoice"},
    {"payer.identifiers.id", "buyer"},
    {"payee.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_remittance{DocumentType::remittance, "remittance", "Remittance advice", &root, {}, keys};

}  // namespace purser::spec
