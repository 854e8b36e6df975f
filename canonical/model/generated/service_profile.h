// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct OfferedService;

/// One message a system takes.
struct OfferedService {
  std::optional<std::string> name;  ///< Name of the message
  std::optional<std::string> url;  ///< Where to send it
  std::vector<Attribute> options;  ///< How it is taken
};

/// Document: Service profile.
struct ServiceProfile {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::vector<Note> note;  ///< Free text
  Maybe<Envelope> envelope;  ///< The interchange it came in
  std::optional<bool> question;  ///< It asks for the profile
  std::optional<std::string> status_code;  ///< State as the format has it (cXML 200, 400 …)
  std::optional<std::string> status_text;  ///< State in words
  std::optional<std::string> status_language;  ///< Language of the words (ISO 639-1)
  std::optional<std::string> status_detail;  ///< More about the state
  std::optional<Date> effective_date;  ///< Since when the profile holds
  std::optional<Time> effective_time;  ///< Since when, time
  std::optional<Date> refresh_date;  ///< When it was last looked up
  std::optional<Time> refresh_time;  ///< Time it was last looked up
  std::vector<Attribute> options;  ///< What holds for all messages
  std::vector<OfferedService> services;  ///< The messages
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const ServiceProfile*);

}  // namespace purser::model
