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
    {"initiator", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who initiates"},
    {"debtor", 12, false, true, false, ScalarType::text, &group_party, "", nullptr,
     "Who pays"},
    {"debtor_account", 13, false, false, false, ScalarType::text, &group_financial_account, "", nullptr,
     "Account it is taken from"},
    {"ultimate_debtor", 14, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "For whom it is paid"},
    {"execution_date", 15, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When to execute"},
    {"execution_time", 16, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "When to execute, time"},
    {"method", 17, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Transfer, cheque, direct debit"},
    {"batch_booking", 18, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "One booking for all"},
    {"service_level", 19, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Service level (SEPA, URGP …)"},
    {"local_instrument", 20, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Local instrument (CORE, B2B, INST …)"},
    {"category_purpose", 21, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Purpose of the whole (SUPP, SALA …)"},
    {"priority", 22, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Priority"},
    {"charge_bearer", 23, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Who pays the charges (SLEV, SHAR, DEBT, CRED)"},
    {"payment_count", 24, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Number of payments"},
    {"total", 25, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Sum of the payments"},
    {"message_id", 26, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Message identification"},
    {"references", 27, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"extensions", 28, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"payments", 29, true, false, true, ScalarType::text, &group_payment, "", nullptr,
     "Payments"},
};
constexpr FieldSet root_required{4102U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
constexpr std::uint8_t root_by_name[] = {17, 20, 22, 8, 4, 11, 12, 9, 14, 15, 27, 6, 10, 1, 2, 3, 19, 25, 16, 5, 0, 23, 28, 21, 26, 18, 24, 13, 7};
constexpr GroupDescriptor root{"payment_order", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "payment_order"},
    {"message_id", "payment_order"},
    {"payments.id", "payment"},
    {"payments.end_to_end_id", "payment"},
    {"payments.remittance.number", "invoice"},
    {"debtor_account.id", "account"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_payment_order{DocumentType::payment_order, "payment_order", "Payment order", &root, {}, keys};

}  // namespace purser::spec
