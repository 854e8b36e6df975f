// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct DespatchLine;

/// A line of a ship notice.
struct DespatchLine {
  std::optional<std::string> number;  ///< Line number
  Maybe<Item> item;  ///< What is sent
  Maybe<Quantity> quantity;  ///< How much is sent
  Maybe<Reference> order_reference;  ///< Order and its line
  Maybe<Quantity> outstanding_quantity;  ///< How much is still to come
  std::optional<std::string> outstanding_reason;  ///< Why
  Maybe<Quantity> oversupply_quantity;  ///< How much more than ordered
  Maybe<Quantity> ordered_quantity;  ///< How much was ordered
  std::vector<Reference> references;  ///< Other documents
  std::vector<Packing> packings;  ///< Packages it is in
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> status;  ///< State of the line
  std::optional<std::string> parent;  ///< Number of the line this one is a part of
  std::vector<Delivery> deliveries;  ///< Deliveries
  std::vector<TypedQuantity> other_quantities;  ///< Further quantities
  std::vector<Variance> variances;  ///< Differences from what was ordered
  std::vector<Measure> measures;  ///< Measures
  Maybe<Price> price;  ///< Price
  std::optional<Decimal> net_amount;  ///< Net amount
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<Party> parties;  ///< Further parties
  std::vector<Address> locations;  ///< Places
  Maybe<Shipment> shipment;  ///< Shipment
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<std::string> seller_order_line;  ///< Line of the seller's order
  std::optional<std::string> configuration;  ///< Kind of part (UNTDID 7083)
  std::optional<std::string> package;  ///< Package the line stands in, where the source nests it
  Maybe<Tax> tax;  ///< Tax
  std::vector<Note> handling;  ///< Handling instructions
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<Reference> order_references;  ///< Further orders the line delivers for
  Maybe<Reference> sales_order_reference;  ///< Seller's order and its line
  Maybe<Quantity> backorder_quantity;  ///< Delivered later
  std::optional<std::string> backorder_reason;  ///< Why later
};

/// Document: Ship notice.
struct ShipNotice {
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
  std::optional<Date> despatch_date;  ///< Despatched on
  std::optional<Time> despatch_time;  ///< Despatched at
  std::optional<std::string> structure;  ///< Order of packages and lines (UNTDID 1131 of BHN)
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  std::vector<DespatchLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const ShipNotice*);

}  // namespace purser::model
