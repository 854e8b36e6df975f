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
    {"initiator", 11, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who gets the report"},
    {"bank", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who reports"},
    {"original_message_id", 13, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Message that is reported on"},
    {"original_message_type", 14, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Kind of that message"},
    {"original_date_time", 15, false, false, false, ScalarType::date_time, nullptr, "", nullptr,
     "When that message was made"},
    {"original_count", 16, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Its number of payments"},
    {"original_total", 17, false, false, false, ScalarType::decimal, nullptr, "", nullptr,
     "Its sum"},
    {"status", 18, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "State of the whole (ACCP, ACSC, PART, RJCT …)"},
    {"reasons", 19, true, false, false, ScalarType::text, &group_status_reason, "", nullptr,
     "Why"},
    {"extensions", 20, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"payments", 21, true, false, true, ScalarType::text, &group_payment_report, "", nullptr,
     "State of payments"},
};
constexpr FieldSet root_required{6U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
constexpr std::uint8_t root_by_name[] = {10, 7, 8, 18, 5, 9, 1, 2, 3, 4, 0, 14, 13, 11, 12, 15, 19, 17, 16, 6};
constexpr GroupDescriptor root{"payment_status", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "payment_status"},
    {"original_message_id", "payment_order"},
    {"payments.original_id", "payment"},
    {"payments.original_end_to_end_id", "payment"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_payment_status{DocumentType::payment_status, "payment_status", "Payment status", &root, {}, keys};

}  // namespace purser::spec
