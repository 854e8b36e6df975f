#include "canonical/acknowledge/application.h"

#include <algorithm>

#include "canonical/acknowledge/error_key.h"

namespace purser::acknowledge {
namespace {

// UNTDID 1001
constexpr std::string_view acknowledgement_message = "312";
constexpr std::string_view application_error_message = "313";

// UNTDID 1153: what the answered document's number is.
std::string_view scheme_of(DocumentType type) {
  switch (type) {
    case DocumentType::invoice:
      return "IV";
    case DocumentType::purchase_order:
      return "ON";
    case DocumentType::order_change:
      return "PC";
    case DocumentType::order_response:
      return "VN";
    case DocumentType::ship_notice:
      return "AAK";
    case DocumentType::receipt:
      return "ALO";
    default:
      return "ACW";
  }
}

std::string cut(std::string text) {
  if (text.size() <= max_reason_text) return text;
  std::size_t end = max_reason_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

model::StatusReason reason_of(const Finding& finding) {
  model::StatusReason reason;
  const std::string_view key = error_key(finding.code);
  reason.code = key.empty() ? unspecified_error : key;
  reason.text = cut(finding.code + ": " + finding.message);
  if (!finding.path.empty()) reason.path = finding.path;
  return reason;
}

}  // namespace

model::Acknowledgement of_document(const DocumentFacts& facts, std::span<const Finding> findings,
                                   const Date& today) {
  model::Acknowledgement answer;
  answer.number = facts.number;
  answer.issue_date = today;
  answer.technical = false;
  answer.outgoing = true;
  model::Envelope& envelope = answer.envelope.emplace();  // the answer goes the other way
  envelope.sender = facts.envelope.recipient;
  envelope.recipient = facts.envelope.sender;
  answer.interchange = facts.envelope.reference;
  answer.interchange_sender = facts.envelope.sender;
  answer.interchange_recipient = facts.envelope.recipient;
  model::Reference& document = answer.document_reference.emplace();
  document.number = facts.number;
  document.scheme = scheme_of(facts.type);
  if (!facts.kind.empty()) document.type = facts.kind;
  bool rejected = false;
  for (const Finding& finding : findings) {
    if (finding.severity < Severity::warning) continue;
    rejected |= finding.severity >= Severity::error;
    if (answer.reasons.size() < Report::max_findings) answer.reasons.push_back(reason_of(finding));
  }
  answer.status = rejected ? "rejected" : answer.reasons.empty() ? "accepted" : "accepted_with_errors";
  answer.kind = rejected ? application_error_message : acknowledgement_message;
  return answer;
}

}  // namespace purser::acknowledge
