// Made from canonical/spec/*.spec by tools/model; do not edit.
#include "canonical/model/generated/acknowledgement.h"

#include <cstddef>

#include "canonical/model/access.h"
#include "canonical/model/generated/access_tables.h"
#include "canonical/spec/generated/tables.h"

// The structs have public members only; both compilers in use define offsetof for them.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace purser::model {
namespace {

constexpr FieldAccess acknowledged_message_fields[] = {
    {offsetof(AcknowledgedMessage, reference), nullptr},
    {offsetof(AcknowledgedMessage, type), nullptr},
    {offsetof(AcknowledgedMessage, status), nullptr},
    {offsetof(AcknowledgedMessage, reasons), &access_status_reason},
    {offsetof(AcknowledgedMessage, errors), &access_acknowledged_error},
    {offsetof(AcknowledgedMessage, document), &access_reference},
    {offsetof(AcknowledgedMessage, extensions), &access_extension},
    {offsetof(AcknowledgedMessage, version), nullptr},
    {offsetof(AcknowledgedMessage, release), nullptr},
    {offsetof(AcknowledgedMessage, agency), nullptr},
    {offsetof(AcknowledgedMessage, association), nullptr},
    {offsetof(AcknowledgedMessage, control_errors), &access_acknowledged_error},
    {offsetof(AcknowledgedMessage, group), nullptr},
    {offsetof(AcknowledgedMessage, response_reference), nullptr},
    {offsetof(AcknowledgedMessage, descriptions), nullptr},
    {offsetof(AcknowledgedMessage, effective_date), nullptr},
    {offsetof(AcknowledgedMessage, effective_time), nullptr},
    {offsetof(AcknowledgedMessage, references), &access_reference},
    {offsetof(AcknowledgedMessage, issuer), &access_party},
    {offsetof(AcknowledgedMessage, recipient), &access_party},
};

constexpr FieldAccess acknowledged_group_fields[] = {
    {offsetof(AcknowledgedGroup, reference), nullptr},
    {offsetof(AcknowledgedGroup, sender), &access_identifier},
    {offsetof(AcknowledgedGroup, recipient), &access_identifier},
    {offsetof(AcknowledgedGroup, status), nullptr},
    {offsetof(AcknowledgedGroup, control_errors), &access_acknowledged_error},
    {offsetof(AcknowledgedGroup, extensions), &access_extension},
};

constexpr FieldAccess acknowledged_error_fields[] = {
    {offsetof(AcknowledgedError, code), nullptr},
    {offsetof(AcknowledgedError, text), nullptr},
    {offsetof(AcknowledgedError, segment), nullptr},
    {offsetof(AcknowledgedError, segment_position), nullptr},
    {offsetof(AcknowledgedError, element), nullptr},
    {offsetof(AcknowledgedError, component), nullptr},
    {offsetof(AcknowledgedError, value), nullptr},
    {offsetof(AcknowledgedError, path), nullptr},
    {offsetof(AcknowledgedError, severity), nullptr},
    {offsetof(AcknowledgedError, repetition), nullptr},
    {offsetof(AcknowledgedError, loop), nullptr},
    {offsetof(AcknowledgedError, elements), &access_acknowledged_error},
    {offsetof(AcknowledgedError, rule), nullptr},
    {offsetof(AcknowledgedError, reference), nullptr},
    {offsetof(AcknowledgedError, status), nullptr},
    {offsetof(AcknowledgedError, descriptions), nullptr},
    {offsetof(AcknowledgedError, number), nullptr},
};

constexpr FieldAccess acknowledgement_fields[] = {
    {offsetof(Acknowledgement, number), nullptr},
    {offsetof(Acknowledgement, issue_date), nullptr},
    {offsetof(Acknowledgement, issue_time), nullptr},
    {offsetof(Acknowledgement, kind), nullptr},
    {offsetof(Acknowledgement, note), &access_note},
    {offsetof(Acknowledgement, function), nullptr},
    {offsetof(Acknowledgement, uuid), nullptr},
    {offsetof(Acknowledgement, copy), nullptr},
    {offsetof(Acknowledgement, envelope), &access_envelope},
    {offsetof(Acknowledgement, sender), &access_party},
    {offsetof(Acknowledgement, receiver), &access_party},
    {offsetof(Acknowledgement, status), nullptr},
    {offsetof(Acknowledgement, interchange), nullptr},
    {offsetof(Acknowledgement, interchange_sender), &access_identifier},
    {offsetof(Acknowledgement, interchange_recipient), &access_identifier},
    {offsetof(Acknowledgement, group), nullptr},
    {offsetof(Acknowledgement, group_type), nullptr},
    {offsetof(Acknowledgement, message_count), nullptr},
    {offsetof(Acknowledgement, received_count), nullptr},
    {offsetof(Acknowledgement, accepted_count), nullptr},
    {offsetof(Acknowledgement, document_reference), &access_reference},
    {offsetof(Acknowledgement, reasons), &access_status_reason},
    {offsetof(Acknowledgement, references), &access_reference},
    {offsetof(Acknowledgement, technical), nullptr},
    {offsetof(Acknowledgement, extensions), &access_extension},
    {offsetof(Acknowledgement, group_version), nullptr},
    {offsetof(Acknowledgement, group_sender), &access_identifier},
    {offsetof(Acknowledgement, group_recipient), &access_identifier},
    {offsetof(Acknowledgement, control_errors), &access_acknowledged_error},
    {offsetof(Acknowledgement, outgoing), nullptr},
    {offsetof(Acknowledgement, response_date), nullptr},
    {offsetof(Acknowledgement, response_time), nullptr},
    {offsetof(Acknowledgement, version), nullptr},
    {offsetof(Acknowledgement, response_reference), nullptr},
    {offsetof(Acknowledgement, descriptions), nullptr},
    {offsetof(Acknowledgement, effective_date), nullptr},
    {offsetof(Acknowledgement, effective_time), nullptr},
    {offsetof(Acknowledgement, errors), &access_acknowledged_error},
    {offsetof(Acknowledgement, status_code), nullptr},
    {offsetof(Acknowledgement, status_text), nullptr},
    {offsetof(Acknowledgement, status_language), nullptr},
    {offsetof(Acknowledgement, status_detail), nullptr},
    {offsetof(Acknowledgement, start_page), nullptr},
    {offsetof(Acknowledgement, issuer), &access_party},
    {offsetof(Acknowledgement, recipient), &access_party},
    {offsetof(Acknowledgement, parties), &access_party},
    {offsetof(Acknowledgement, groups), &access_acknowledged_group},
    {offsetof(Acknowledgement, messages), &access_acknowledged_message},
};

}  // namespace

const GroupAccess access_acknowledged_message = group_access<AcknowledgedMessage>(spec::group_acknowledged_message, acknowledged_message_fields);
const GroupAccess access_acknowledged_group = group_access<AcknowledgedGroup>(spec::group_acknowledged_group, acknowledged_group_fields);
const GroupAccess access_acknowledged_error = group_access<AcknowledgedError>(spec::group_acknowledged_error, acknowledged_error_fields);

const DocumentAccess& access(const Acknowledgement*) {
  static constexpr DocumentAccess tables{DocumentType::acknowledgement, acknowledgement_fields};
  return tables;
}

}  // namespace purser::model
