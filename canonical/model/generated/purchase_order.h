// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Purchase order.
struct PurchaseOrder {
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
  Maybe<Period> validity;  ///< When it is valid
  Maybe<Party> buyer;  ///< Buyer
  Maybe<Party> seller;  ///< Seller
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> invoicee;  ///< Who gets the invoice
  Maybe<Party> payer;  ///< Who pays
  Maybe<Party> freight_forwarder;  ///< Freight forwarder
  std::vector<Party> parties;  ///< Further parties; role tells
  std::optional<std::string> buyer_reference;  ///< Buyer's reference to whoever asked
  Maybe<Reference> sales_order_reference;  ///< Seller's order number
  Maybe<Reference> quotation_reference;  ///< Quotation
  Maybe<Reference> contract_reference;  ///< Contract
  Maybe<Reference> requisition_reference;  ///< Requisition
  Maybe<Reference> order_reference;  ///< Previous or blanket order
  Maybe<Reference> project_reference;  ///< Project
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  std::optional<std::string> tax_currency;  ///< Currency the tax is accounted in
  std::optional<std::string> price_currency;  ///< Currency of the prices
  std::optional<std::string> payment_currency;  ///< Currency to pay in
  std::vector<ExchangeRate> exchange_rates;  ///< Rates between them
  Maybe<Delivery> delivery;  ///< Where and when
  std::vector<Delivery> other_deliveries;  ///< Further places and dates
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  std::vector<PaymentMeans> payment_means;  ///< How to pay
  std::vector<PaymentTerms> payment_terms;  ///< When to pay
  std::vector<Transport> transports;  ///< Transport
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  Maybe<Totals> totals;  ///< Sums
  Maybe<Accounting> accounting;  ///< Where the buyer books it
  std::optional<bool> partial_allowed;  ///< Part deliveries are allowed
  Maybe<Party> accountant;  ///< Accounting customer
  Maybe<Party> supplier_accountant;  ///< Accounting supplier
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<Package> packages;  ///< How it is packed
  std::vector<Measure> measures;  ///< Measures
  std::optional<std::string> destination_country;  ///< Country of destination
  std::optional<std::string> version;  ///< Version of the order
  std::vector<Reference> contract_references;  ///< Further contracts
  std::vector<Note> transaction_conditions;  ///< Conditions of the transaction
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::optional<std::string> customer_reference;  ///< Customer's reference (UBL CustomerReference)
  Maybe<Reference> framework_reference;  ///< Framework agreement
  std::optional<std::string> response_requested;  ///< Kind of response wanted (UNTDID 4343)
  Maybe<Reference> catalogue_reference;  ///< Catalogue
  std::vector<OrderLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const PurchaseOrder*);

}  // namespace purser::model
