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
    {"request", 11, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The request"},
    {"transaction", 12, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The document that is taxed"},
    {"status", 13, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Committed, cleared, reported, refused …"},
    {"reasons", 14, true, false, false, ScalarType::text, &group_status_reason, "", nullptr,
     "Why"},
    {"seller", 15, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Seller"},
    {"buyer", 16, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Buyer"},
    {"tax_date", 17, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "Day whose tax law counts"},
    {"totals", 18, false, false, false, ScalarType::text, &group_totals, "", nullptr,
     "Sums"},
    {"tax_subtotals", 19, true, false, false, ScalarType::text, &group_tax_subtotal, "", nullptr,
     "Taxes"},
    {"withheld_taxes", 20, true, false, false, ScalarType::text, &group_tax_subtotal, "", nullptr,
     "Taxes withheld"},
    {"clearance_id", 21, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Number the authority gave"},
    {"clearance_time", 22, false, false, false, ScalarType::date_time, nullptr, "", nullptr,
     "When it was cleared"},
    {"stamp", 23, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Authority's stamp or seal"},
    {"verification_uri", 24, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Where it can be verified"},
    {"qr_code", 25, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Content of the code to print"},
    {"engine", 26, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Tax engine and its version"},
    {"addresses", 27, true, false, false, ScalarType::text, &group_address, "", nullptr,
     "Addresses as resolved; type tells"},
    {"attachments", 28, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"extensions", 29, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"lines", 30, true, false, true, ScalarType::text, &group_tax_line, "", nullptr,
     "Lines"},
};
constexpr FieldSet root_required{6U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30};
constexpr std::uint8_t root_by_name[] = {26, 27, 15, 20, 21, 8, 4, 25, 9, 28, 6, 1, 2, 3, 29, 5, 0, 24, 13, 10, 14, 22, 12, 16, 18, 17, 11, 7, 23, 19};
constexpr GroupDescriptor root{"tax_result", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "tax_result"},
    {"request.number", "tax_request"},
    {"transaction.number", "invoice"},
    {"clearance_id", "clearance"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_tax_result{DocumentType::tax_result, "tax_result", "Tax result", &root, {}, keys};

}  // namespace purser::spec
