// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct Approval;

/// One step of an approval.
struct Approval {
  std::optional<std::string> by;  ///< Who decided
  std::optional<std::string> decision;  ///< Decision
  std::optional<Date> date;  ///< When
  std::optional<Time> time;  ///< Time of the decision
  std::optional<std::string> note;  ///< Remark
  std::optional<Decimal> limit;  ///< Amount up to which the approver may decide
};

/// Document: Requisition.
struct Requisition {
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
  Maybe<Party> requester;  ///< Who asks
  Maybe<Party> buyer;  ///< Who buys
  Maybe<Party> seller;  ///< From whom, where the requester knows
  Maybe<Party> originator;  ///< For whom it is asked
  Maybe<Party> approver;  ///< Who approves
  std::vector<Party> parties;  ///< Further parties; role tells
  std::optional<std::string> status;  ///< State of the approval
  std::optional<std::string> priority;  ///< How urgent it is
  std::optional<Date> needed_by;  ///< When it is needed
  std::optional<std::string> justification;  ///< Why it is needed
  Maybe<Reference> contract_reference;  ///< Contract
  Maybe<Reference> project_reference;  ///< Project
  Maybe<Reference> quotation_reference;  ///< Quotation
  Maybe<Reference> catalogue_reference;  ///< Catalogue
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  Maybe<Delivery> delivery;  ///< Where and when
  Maybe<Accounting> accounting;  ///< Where it is booked
  std::vector<Accounting> accountings;  ///< Further bookings
  Maybe<Totals> totals;  ///< Sums
  std::vector<Approval> approvals;  ///< Who approved what
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<OrderLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Requisition*);

}  // namespace purser::model
