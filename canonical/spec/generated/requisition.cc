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
    {"requester", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who asks"},
    {"buyer", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who buys"},
    {"seller", 13, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "From whom, where the requester knows"},
    {"originator", 14, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "For whom it is asked"},
    {"approver", 15, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who approves"},
    {"parties", 16, true, false, false, ScalarType::text, &group_party, "", nullptr,
     "Further parties; role tells"},
    {"status", 17, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "State of the approval"},
    {"priority", 18, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "How urgent it is"},
    {"needed_by", 19, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When it is needed"},
    {"justification", 20, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Why it is needed"},
    {"contract_reference", 21, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Contract"},
    {"project_reference", 22, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Project"},
    {"quotation_reference", 23, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Quotation"},
    {"catalogue_reference", 24, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Catalogue"},
    {"references", 25, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"attachments", 26, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Supporting documents"},
    {"delivery", 27, false, false, false, ScalarType::text, &group_delivery, "", nullptr,
     "Where and when"},
    {"accounting", 28, false, false, false, ScalarType::text, &group_accounting, "", nullptr,
     "Where it is booked"},
    {"accountings", 29, true, false, false, ScalarType::text, &group_accounting, "", nullptr,
     "Further bookings"},
    {"totals", 30, false, false, false, ScalarType::text, &group_totals, "", nullptr,
     "Sums"},
    {"approvals", 31, true, false, false, ScalarType::text, &group_approval, "", nullptr,
     "Who approved what"},
    {"extensions", 32, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"lines", 33, true, false, true, ScalarType::text, &group_order_line, "", nullptr,
     "Lines"},
};
constexpr FieldSet root_required{6U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33};
constexpr std::uint8_t root_by_name[] = {27, 28, 30, 14, 25, 11, 23, 20, 8, 4, 26, 9, 31, 6, 1, 2, 19, 3, 32, 18, 5, 0, 13, 15, 17, 21, 22, 24, 10, 12, 16, 29, 7};
constexpr GroupDescriptor root{"requisition", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "requisition"},
    {"contract_reference.number", "contract"},
    {"project_reference.number", "project"},
    {"quotation_reference.number", "quotation"},
    {"buyer.identifiers.id", "buyer"},
    {"seller.identifiers.id", "supplier"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_requisition{DocumentType::requisition, "requisition", "Requisition", &root, {}, keys};

}  // namespace purser::spec
