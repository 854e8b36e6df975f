// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Invoice exception.
struct InvoiceException {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::optional<std::string> currency;  ///< Currency of the amounts
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> buyer;  ///< Buyer
  Maybe<Party> seller;  ///< Seller
  Maybe<Reference> invoice_reference;  ///< The invoice
  Maybe<Reference> order_reference;  ///< Order
  Maybe<Reference> receipt_reference;  ///< Receipt
  Maybe<Reference> contract_reference;  ///< Contract
  std::optional<std::string> status;  ///< State of the exception
  Maybe<Contact> assigned_to;  ///< Who looks after it
  std::optional<Date> due_date;  ///< When it must be settled
  std::optional<Decimal> invoiced_amount;  ///< Amount of the invoice
  std::optional<Decimal> expected_amount;  ///< Amount that was expected
  std::optional<Decimal> difference;  ///< Difference
  std::vector<StatusReason> reasons;  ///< Why
  std::optional<std::string> resolution;  ///< How it was settled
  std::optional<std::string> resolution_note;  ///< How it was settled, in words
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<ResponseLine> lines;  ///< What is wrong with single lines
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const InvoiceException*);

}  // namespace purser::model
