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
    {"note", 4, true, false, false, ScalarType::text, &group_note, "", nullptr,
     "Free text"},
    {"envelope", 5, false, false, false, ScalarType::text, &group_envelope, "", nullptr,
     "The interchange it came in"},
    {"question", 6, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "It asks for the profile"},
    {"status_code", 7, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "State as the format has it (cXML 200, 400 …)"},
    {"status_text", 8, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "State in words"},
    {"status_language", 9, false, false, false, ScalarType::code, nullptr, "", nullptr,
     "Language of the words (ISO 639-1)"},
    {"status_detail", 10, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "More about the state"},
    {"effective_date", 11, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "Since when the profile holds"},
    {"effective_time", 12, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Since when, time"},
    {"refresh_date", 13, false, false, false, ScalarType::date, nullptr, "", nullptr,
     "When it was last looked up"},
    {"refresh_time", 14, false, false, false, ScalarType::time, nullptr, "", nullptr,
     "Time it was last looked up"},
    {"options", 15, true, false, false, ScalarType::text, &group_attribute, "", nullptr,
     "What holds for all messages"},
    {"services", 16, true, false, false, ScalarType::text, &group_offered_service, "", nullptr,
     "The messages"},
    {"extensions", 17, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
};
constexpr FieldSet root_required{6U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
constexpr std::uint8_t root_by_name[] = {10, 11, 4, 16, 1, 2, 3, 0, 14, 5, 12, 13, 15, 6, 9, 8, 7};
constexpr GroupDescriptor root{"service_profile", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "service_profile"},
    {"envelope.reference", "interchange"},
};

}  // namespace

constinit const DocumentDescriptor document_service_profile{DocumentType::service_profile, "service_profile", "Service profile", &root, {}, keys};

}  // namespace purser::spec
