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
    {"buyer", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Buyer"},
    {"seller", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Seller"},
    {"invoice_reference", 13, false, true, false, ScalarType::text, &group_reference, "", nullptr,
     "The invoice"},
    {"order_reference", 14, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Order"},
    {"receipt_reference", 15, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Receipt"},
    {"contract_reference", 16, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Contract"},
    {"status", 17, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "State of the exception"},
    {"assigned_to", 18, false, false, false, ScalarType::text, &group_contact, "", nullptr,
     "Who looks after it"},
    {"due_date", 19, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When it must be settled"},
    {"invoiced_amount", 20, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Amount of the invoice"},
    {"expected_amount", 21, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Amount that was expected"},
    {"difference", 22, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Difference"},
    {"reasons", 23, true, false, false, ScalarType::text, &group_status_reason, "", nullptr,
     "Why"},
    {"resolution", 24, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "How it was settled"},
    {"resolution_note", 25, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "How it was settled, in words"},
    {"references", 26, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"attachments", 27, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"lines", 28, true, false, true, ScalarType::text, &group_response_line, "", nullptr,
     "What is wrong with single lines"},
    {"extensions", 29, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
};
constexpr FieldSet root_required{8198U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
constexpr std::uint8_t root_by_name[] = {17, 26, 10, 15, 8, 4, 21, 18, 9, 20, 28, 6, 12, 19, 1, 2, 3, 27, 5, 0, 13, 22, 14, 25, 23, 24, 11, 16, 7};
constexpr GroupDescriptor root{"invoice_exception", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "invoice_exception"},
    {"invoice_reference.number", "invoice"},
    {"order_reference.number", "order"},
    {"receipt_reference.number", "receipt"},
    {"contract_reference.number", "contract"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_invoice_exception{DocumentType::invoice_exception, "invoice_exception", "Invoice exception", &root, {}, keys};

}  // namespace purser::spec
