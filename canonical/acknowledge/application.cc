#include "canonical/acknowledge/application.h"

#include <algorithm>

#include "canonical/acknowledge/error_key.h"

namespace purser::acknowledge {
namespace {

// UNTDID 1001
constexpr std::string_view acknowledgement_message = "312";
constexpr std::string_view application_error_message = "313";

model::AcknowledgedError error_of(const Finding& finding) {
  model::AcknowledgedError error;
  const std::string_view key = error_key(finding.code);
  error.code = key.empty() ? unspecified_error : key;
  error.rule = finding.code;
  error.text = finding.message;
  error.severity = finding.severity >= Severity::error ? "error" : "warning";
  if (!finding.path.empty()) error.path = finding.path;
  return error;
}

}  // namespace

model::Acknowledgement of_document(const DocumentFacts& facts, std::span<const Finding> findings,
                                   const Date& today) {
  model::Acknowledgement answer;
  answer.number = facts.number;
  answer.issue_date = today;
  answer.technical = false;
  answer.outgoing = true;
  answer.interchange = facts.envelope.reference;
  answer.interchange_sender = facts.envelope.sender;
  answer.interchange_recipient = facts.envelope.recipient;
  model::Reference& document = answer.document_reference.emplace();
  document.number = facts.number;
  if (!facts.kind.empty()) document.type = facts.kind;
  model::AcknowledgedMessage& message = answer.messages.emplace_back();
  message.reference = facts.envelope.message_reference;
  message.type = facts.envelope.message_type;
  bool rejected = false;
  for (const Finding& finding : findings) {
    if (finding.severity < Severity::warning) continue;
    rejected |= finding.severity >= Severity::error;
    if (message.errors.size() < Report::max_findings) message.errors.push_back(error_of(finding));
  }
  message.status = rejected ? "rejected" : message.errors.empty() ? "accepted" : "accepted_with_errors";
  answer.status = message.status;
  answer.kind = rejected ? application_error_message : acknowledgement_message;
  return answer;
}

}  // namespace purser::acknowledge
