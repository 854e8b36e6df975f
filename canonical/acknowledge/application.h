// The acknowledgement of a document's content.
#pragma once

#include <span>
#include <string>

#include "canonical/finding/finding.h"
#include "canonical/model/generated/acknowledgement.h"

namespace purser::acknowledge {

/// The document that is answered.
struct DocumentFacts {
  std::string number;
  std::string kind;          ///< UNTDID 1001, empty if it does not tell
  model::Envelope envelope;  ///< it came in
};

/// What is said of a document whose content was checked (APERAK, 824): accepted, accepted_with_errors or
/// rejected, with an error for each finding of severity warning or above, at most Report::max_findings. A
/// pure function; `today` is the day it is issued. [any]
model::Acknowledgement of_document(const DocumentFacts& facts, std::span<const Finding> findings,
                                   const Date& today);

}  // namespace purser::acknowledge
