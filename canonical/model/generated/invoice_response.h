// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Invoice response.
struct InvoiceResponse {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> sender;  ///< Who answers
  Maybe<Party> receiver;  ///< Who gets the answer
  Maybe<Party> buyer;  ///< Buyer
  Maybe<Party> seller;  ///< Seller
  std::optional<std::string> status;  ///< What becomes of the invoice
  std::optional<Date> effective_date;  ///< Since when
  std::optional<Time> effective_time;  ///< Since when, time
  Maybe<Reference> invoice_reference;  ///< The invoice
  std::vector<StatusReason> reasons;  ///< Why
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<ResponseLine> lines;  ///< What is said of single lines
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<Date> response_date;  ///< When the answer was given, if not at issue
  std::optional<Time> response_time;  ///< Time of the answer
  std::optional<std::string> version;  ///< Version of the answer
  std::optional<std::string> response_reference;  ///< Number of the answer within the document
  std::vector<std::string> descriptions;  ///< The answer in words
  std::optional<Decimal> paid_amount;  ///< Amount that is paid or accepted
  std::optional<std::string> currency;  ///< Currency of the amount
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const InvoiceResponse*);

}  // namespace purser::model
