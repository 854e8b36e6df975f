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
    {"sender", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who answers"},
    {"receiver", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who gets the answer"},
    {"buyer", 13, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Buyer"},
    {"seller", 14, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Seller"},
    {"status", 15, false, true, false, ScalarType::code, nullptr, "untdid4343", &list_untdid4343,
     "What becomes of the invoice"},
    {"effective_date", 16, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "Since when"},
    {"effective_time", 17, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Since when, time"},
    {"invoice_reference", 18, false, true, false, ScalarType::text, &group_reference, "", nullptr,
     "The invoice"},
    {"reasons", 19, true, false, false, ScalarType::text, &group_status_reason, "", nullptr,
     "Why"},
    {"references", 20, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"attachments", 21, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"lines", 22, true, false, true, ScalarType::text, &group_response_line, "", nullptr,
     "What is said of single lines"},
    {"extensions", 23, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"response_date", 24, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When the answer was given, if not at issue"},
    {"response_time", 25, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Time of the answer"},
    {"version", 26, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Version of the answer"},
    {"response_reference", 27, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Number of the answer within the document"},
    {"descriptions", 28, true, false, false, ScalarType::text, nullptr, "", nullptr,
     "The answer in words"},
    {"paid_amount", 29, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Amount that is paid or accepted"},
    {"currency", 30, false, false, false, ScalarType::code, nullptr, "iso4217", &list_iso4217,
     "Currency of the amount"},
};
constexpr FieldSet root_required{294918U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
constexpr std::uint8_t root_by_name[] = {19, 11, 7, 28, 26, 14, 15, 8, 21, 5, 16, 1, 2, 3, 20, 4, 0, 27, 17, 10, 18, 22, 25, 23, 12, 9, 13, 6, 24};
constexpr GroupDescriptor root{"invoice_response", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "invoice_response"},
    {"invoice_reference.number", "invoice"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_invoice_response{DocumentType::invoice_response, "invoice_response", "Invoice response", &root, {}, keys};

}  // namespace purser::spec
