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
  Maybe<Period> validity;  ///< When an offer must be valid
  std::optional<std::string> price_currency;  ///< Currency of the prices
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  std::optional<Date> submission_due;  ///< Day the answer must be in
  std::vector<Delivery> other_deliveries;  ///< Further places and dates
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  std::optional<std::string> destination_country;  ///< Country of destination
  std::vector<Reference> contract_references;  ///< Further contracts
  std::optional<std::string> session;  ///< Buyer's session in a shop (cXML BuyerCookie)
  std::optional<std::string> action;  ///< What is done in the shop, or allowed: create, edit, inspect, source
  std::optional<std::string> return_url;  ///< Where the filled cart is posted to
  std::optional<std::string> shop_url;  ///< Where the shop is
  std::optional<std::string> quote_status;  ///< The offer is pending or final
  Maybe<Item> selected_item;  ///< Item the shop is to show first
  std::vector<AllowanceCharge> charges;  ///< Charges
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  Maybe<Reference> sales_order_reference;  ///< Seller's order number
  std::vector<OrderLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Requisition*);

}  // namespace purser::model
