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
     "Who acknowledges"},
    {"receiver", 12, false, false, false, ScalarType::text, &group_party, "", nullptr,
     "Who is told"},
    {"status", 13, false, true, false, ScalarType::code, nullptr, "", nullptr,
     "Accepted, accepted with errors, rejected"},
    {"interchange", 14, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Control reference of the interchange"},
    {"interchange_sender", 15, false, false, false, ScalarType::text, &group_identifier, "", nullptr,
     "Its sender"},
    {"interchange_recipient", 16, false, false, false, ScalarType::text, &group_identifier, "", nullptr,
     "Its recipient"},
    {"group", 17, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Functional group"},
    {"group_type", 18, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Kind of functional group"},
    {"message_count", 19, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Messages stated"},
    {"received_count", 20, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Messages received"},
    {"accepted_count", 21, false, false, false, ScalarType::integer, nullptr, "", nullptr,
     "Messages accepted"},
    {"document_reference", 22, false, false, false, ScalarType::text, &group_reference, "", nullptr,
     "The document, where one is acknowledged"},
    {"reasons", 23, true, false, false, ScalarType::text, &group_status_reason, "", nullptr,
     "Why"},
    {"references", 24, true, false, false, ScalarType::text, &group_reference, "", nullptr,
     "Further documents"},
    {"technical", 25, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "About the syntax only, not about the content"},
    {"extensions", 26, true, false, false, ScalarType::text, &group_extension, "", nullptr,
     "What the model has no field for"},
    {"group_version", 28, false, false, false, ScalarType::text, nullptr, "", nullptr,
     "Version the functional group names"},
    {"group_sender", 29, false, false, false, ScalarType::text, &group_identifier, "", nullptr,
     "Sender of the functional group"},
    {"group_recipient", 30, false, false, false, ScalarType::text, &group_identifier, "", nullptr,
     "Recipient of the functional group"},
    {"control_errors", 31, true, false, false, ScalarType::text, &group_acknowledged_error, "", nullptr,
     "What is wrong with header or trailer of interchange or group"},
    {"outgoing", 32, false, false, false, ScalarType::boolean, nullptr, "", nullptr,
     "Made here for what was received, to be sent"},
    {"messages", 27, true, false, true, ScalarType::text, &group_acknowledged_message, "", nullptr,
     "What is said of single messages"},
};
constexpr FieldSet root_required{8198U, 0U};
constexpr std::uint8_t root_by_number[] = {0, 1, 2, 3, 4, 0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 31, 26, 27, 28, 29, 30};
constexpr std::uint8_t root_by_name[] = {19, 28, 7, 20, 8, 24, 5, 15, 27, 26, 16, 25, 12, 14, 13, 1, 2, 3, 17, 30, 4, 0, 29, 21, 18, 10, 22, 9, 11, 23, 6};
constexpr GroupDescriptor root{"acknowledgement", root_fields, root_by_number, root_by_name, root_required};

constexpr KeyDescriptor keys[] = {
    {"number", "acknowledgement"},
    {"interchange", "interchange"},
    {"document_reference.number", "document"},
    {"messages.document.number", "document"},
};

}  // namespace

constinit const DocumentDescriptor document_acknowledgement{DocumentType::acknowledgement, "acknowledgement", "Acknowledgement", &root, {}, keys};

}  // namespace purser::spec
