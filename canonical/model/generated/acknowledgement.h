// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct AcknowledgedMessage;
struct AcknowledgedGroup;
struct AcknowledgedError;

/// What is said of a message.
struct AcknowledgedMessage {
  std::optional<std::string> reference;  ///< Message reference
  std::optional<std::string> type;  ///< Kind of message
  std::optional<std::string> status;  ///< As in the document: accepted, rejected …
  std::vector<StatusReason> reasons;  ///< Why
  std::vector<AcknowledgedError> errors;  ///< What is wrong
  Maybe<Reference> document;  ///< The document in it
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> version;  ///< Version of the message (D, 005010X231A1)
  std::optional<std::string> release;  ///< Release of the version (96A)
  std::optional<std::string> agency;  ///< Agency that controls the message
  std::optional<std::string> association;  ///< Subset of the message (association assigned code)
  std::vector<AcknowledgedError> control_errors;  ///< What is wrong with the message's header or trailer
  std::optional<std::string> group;  ///< Functional group it stands in
  std::optional<std::string> response_reference;  ///< Number of the answer within the document
  std::vector<std::string> descriptions;  ///< The answer in words
  std::optional<Date> effective_date;  ///< Since when
  std::optional<Time> effective_time;  ///< Since when, time
  std::vector<Reference> references;  ///< Further documents
  Maybe<Party> issuer;  ///< Who issued the document
  Maybe<Party> recipient;  ///< Who got the document
};

/// What is said of a functional group.
struct AcknowledgedGroup {
  std::optional<std::string> reference;  ///< Its control reference; its messages name it
  Maybe<Identifier> sender;  ///< Its sender
  Maybe<Identifier> recipient;  ///< Its recipient
  std::optional<std::string> status;  ///< As in the document: accepted, rejected …
  std::vector<AcknowledgedError> control_errors;  ///< What is wrong with its header or trailer
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// One error the receiver names.
struct AcknowledgedError {
  std::optional<std::string> code;  ///< Code
  std::optional<std::string> text;  ///< Error in words
  std::optional<std::string> segment;  ///< Segment
  std::optional<std::int64_t> segment_position;  ///< Position of the segment in the message
  std::optional<std::int64_t> element;  ///< Position of the data element
  std::optional<std::int64_t> component;  ///< Position of the component
  std::optional<std::string> value;  ///< The value
  std::optional<std::string> path;  ///< Place in the document (XPath)
  std::optional<std::string> severity;  ///< Severity
  std::optional<std::int64_t> repetition;  ///< Repetition of the data element
  std::optional<std::string> loop;  ///< Segment group or loop
  std::vector<AcknowledgedError> elements;  ///< What is wrong inside the segment
  std::optional<std::string> rule;  ///< Rule or finding that tells it
  std::optional<std::string> reference;  ///< The data element's number in its standard
  std::optional<std::string> status;  ///< What becomes of the place: accepted, rejected …
  std::vector<std::string> descriptions;  ///< Further words
  std::optional<std::string> number;  ///< Number of the error
};

/// Document: Acknowledgement.
struct Acknowledgement {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> sender;  ///< Who acknowledges
  Maybe<Party> receiver;  ///< Who is told
  std::optional<std::string> status;  ///< accepted, accepted_with_errors, conditionally_accepted, partially_accepted, received, rejected, failed; a format's own code where it says more
  std::optional<std::string> interchange;  ///< Control reference of the interchange
  Maybe<Identifier> interchange_sender;  ///< Its sender
  Maybe<Identifier> interchange_recipient;  ///< Its recipient
  std::optional<std::string> group;  ///< Functional group
  std::optional<std::string> group_type;  ///< Kind of functional group
  std::optional<std::int64_t> message_count;  ///< Messages stated
  std::optional<std::int64_t> received_count;  ///< Messages received
  std::optional<std::int64_t> accepted_count;  ///< Messages accepted
  Maybe<Reference> document_reference;  ///< The document, where one is acknowledged
  std::vector<StatusReason> reasons;  ///< Why
  std::vector<Reference> references;  ///< Further documents
  std::optional<bool> technical;  ///< About the syntax only, not about the content
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> group_version;  ///< Version the functional group names
  Maybe<Identifier> group_sender;  ///< Sender of the functional group
  Maybe<Identifier> group_recipient;  ///< Recipient of the functional group
  std::vector<AcknowledgedError> control_errors;  ///< What is wrong with header or trailer of interchange or group
  std::optional<bool> outgoing;  ///< Made here for what was received, to be sent
  std::optional<Date> response_date;  ///< When the answer was given, if not at issue
  std::optional<Time> response_time;  ///< Time of the answer
  std::optional<std::string> version;  ///< Version of the answer
  std::optional<std::string> response_reference;  ///< Number of the answer within the document
  std::vector<std::string> descriptions;  ///< The answer in words
  std::optional<Date> effective_date;  ///< Since when
  std::optional<Time> effective_time;  ///< Since when, time
  std::vector<AcknowledgedError> errors;  ///< What is wrong with the document
  std::optional<std::string> status_code;  ///< State as the format has it (cXML 200, 400 …)
  std::optional<std::string> status_text;  ///< State in words
  std::optional<std::string> status_language;  ///< Language of the words (ISO 639-1)
  std::optional<std::string> status_detail;  ///< More about the state
  std::optional<std::string> start_page;  ///< Where a shop session begins (cXML StartPage)
  Maybe<Party> issuer;  ///< Who issued the document
  Maybe<Party> recipient;  ///< Who got the document
  std::vector<Party> parties;  ///< Further parties, with their role
  std::vector<AcknowledgedGroup> groups;  ///< What is said of functional groups, where one document tells of several
  std::vector<AcknowledgedMessage> messages;  ///< What is said of single messages
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Acknowledgement*);

}  // namespace purser::model
