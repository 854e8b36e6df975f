// The acknowledgement of a document's content.
#pragma once

#include <span>
#include <string>

#include "canonical/finding/finding.h"
#include "canonical/model/generated/acknowledgement.h"
#include "canonical/spec/descriptor.h"

namespace purser::acknowledge {

/// The document that is answered.
struct DocumentFacts {
  DocumentType type = DocumentType::none;
  std::string number;
  std::string kind;          ///< UNTDID 1001, empty if it does not tell
  model::Envelope envelope;  ///< it came in
};

/// Bytes of a reason's text: what five times 70 characters of an FTX hold, in any character set.
inline constexpr std::size_t max_reason_text = 300;

/// What is said of a document whose content was checked (APERAK, 824): accepted, accepted_with_errors or
/// rejected, with a reason for each finding of severity warning or above, at most Report::max_findings. A
/// pure function; `today` is the day it is issued. [any]
model::Acknowledgement of_document(const DocumentFacts& facts, std::span<const Finding> findings,
                                   const Date& today);

}  // namespace purser::acknowledge
