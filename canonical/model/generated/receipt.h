// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct ReceiptLine;

/// A line of a receipt.
struct ReceiptLine {
  std::optional<std::string> number;  ///< Line number
  Maybe<Item> item;  ///< What came
  Maybe<Quantity> quantity;  ///< How much came
  Maybe<Quantity> short_quantity;  ///< How much is missing
  Maybe<Quantity> rejected_quantity;  ///< How much is refused
  std::optional<std::string> reject_reason;  ///< Why it is refused
  std::optional<std::string> reject_code;  ///< Why, as a code
  std::optional<std::string> reject_action;  ///< What happens with it
  Maybe<Quantity> oversupply_quantity;  ///< How much came more than sent
  Maybe<Reference> order_reference;  ///< Order and its line
  Maybe<Reference> despatch_reference;  ///< Ship notice and its line
  std::vector<Reference> references;  ///< Other documents
  std::optional<Date> received_date;  ///< When it came
  std::vector<Note> note;  ///< Free text
  std::vector<Packing> packings;  ///< Packages it came in
  std::optional<std::string> location;  ///< Where it lies
  Maybe<Accounting> accounting;  ///< Where the buyer books it
  Maybe<Quantity> accepted_quantity;  ///< How much is accepted
  std::optional<std::string> damage;  ///< Damage
  std::optional<std::string> timing_complaint;  ///< Complaint about the time
  std::optional<std::string> timing_complaint_code;  ///< The same as a code
  std::optional<std::string> shortage_action;  ///< What happens about the shortage
  std::optional<std::string> quantity_discrepancy;  ///< Kind of difference
  std::vector<Shipment> shipments;  ///< Shipments
  std::optional<std::string> parent;  ///< Number of the line this one is a part of
  std::vector<Measure> measures;  ///< Measures
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<Reference> order_references;  ///< Further orders
  std::vector<Reference> despatch_references;  ///< Further ship notices
  std::optional<std::string> package;  ///< Package the line stands in, where the source nests it
  std::vector<TypedQuantity> other_quantities;  ///< Further quantities
  std::vector<Variance> variances;  ///< Differences from what was expected
  std::vector<TypedDate> dates;  ///< Further dates
  Maybe<Price> price;  ///< Price
  std::optional<Decimal> net_amount;  ///< Value of what came
};

/// Document: Receipt.
struct Receipt {
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
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> despatch_party;  ///< Who sends the goods
  Maybe<Party> delivery_party;  ///< Who gets the goods
  Maybe<Party> carrier;  ///< Carrier
  Maybe<Party> freight_forwarder;  ///< Freight forwarder
  Maybe<Party> ultimate_consignee;  ///< Who uses the goods
  Maybe<Party> invoicee;  ///< Who gets the invoice
  std::vector<Party> parties;  ///< Further parties; role tells
  Maybe<Reference> order_reference;  ///< Order
  std::vector<Reference> order_references;  ///< Further orders
  Maybe<Reference> sales_order_reference;  ///< Seller's order number
  Maybe<Reference> contract_reference;  ///< Contract
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  Maybe<Delivery> delivery;  ///< Where and when
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  Maybe<Shipment> shipment;  ///< Shipment
  std::vector<Package> packages;  ///< Packages
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<Measure> measures;  ///< Measures
  Maybe<Totals> totals;  ///< Sums
  std::optional<std::string> status;  ///< State of the document
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<Date> received_date;  ///< Goods came on
  std::optional<Time> received_time;  ///< Goods came at
  Maybe<Reference> despatch_reference;  ///< Ship notice
  std::vector<Reference> despatch_references;  ///< Further ship notices
  Maybe<Reference> delivery_note;  ///< Delivery note
  std::vector<ReceiptLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Receipt*);

}  // namespace purser::model
