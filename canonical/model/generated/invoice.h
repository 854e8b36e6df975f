// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct InvoiceLine;

/// A line of an invoice or credit note.
struct InvoiceLine {
  std::optional<std::string> number;  ///< Line identifier
  std::vector<Note> note;  ///< Free text
  Maybe<Reference> object;  ///< Object the line is about (meter, phone …)
  Maybe<Quantity> quantity;  ///< Invoiced or credited quantity
  std::optional<Decimal> net_amount;  ///< Line net amount
  Maybe<Reference> order_reference;  ///< Order and its line
  Maybe<Accounting> accounting;  ///< Where the buyer books it
  Maybe<Period> period;  ///< When it was supplied
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  Maybe<Price> price;  ///< Price
  Maybe<Tax> tax;  ///< Tax
  std::vector<Tax> other_taxes;  ///< Further taxes
  Maybe<Item> item;  ///< What is invoiced
  std::vector<Reference> references;  ///< Other documents
  Maybe<Reference> despatch_reference;  ///< Ship notice and its line
  Maybe<Reference> receipt_reference;  ///< Receipt and its line
  std::vector<InvoiceLine> lines;  ///< Sub invoice lines (XRechnung extension)
  Maybe<Delivery> delivery;  ///< Where and when it was delivered
  std::optional<Decimal> gross_amount;  ///< Amount with tax
  std::optional<Decimal> tax_amount;  ///< Tax of the line
  std::vector<Price> other_prices;  ///< Further prices
  std::vector<TypedQuantity> other_quantities;  ///< Further quantities
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<Party> parties;  ///< Further parties; role tells
  std::vector<Package> packages;  ///< How it is packed
  std::optional<std::string> parent;  ///< Number of the line this one is a part of
  std::optional<std::string> configuration;  ///< Kind of part (UNTDID 7083)
  std::vector<Measure> measures;  ///< Measures
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  std::vector<PaymentTerms> payment_terms;  ///< Payment terms of the line
  std::optional<bool> free_of_charge;  ///< Nothing is to be paid
  std::optional<std::string> kind;  ///< Kind of line
  std::vector<Reference> billing_references;  ///< Invoices the line is about
  Maybe<Party> originator;  ///< Who asked for it
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<Date> tax_point_date;  ///< When the tax becomes due
  std::optional<std::string> purpose;  ///< Payment purpose
  std::vector<Delivery> other_deliveries;  ///< Further deliveries
  Maybe<Reference> sales_order_reference;  ///< Seller's order and its line
  std::vector<Address> locations;  ///< Places; type tells
  std::vector<Transport> transports;  ///< Transport
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes of the line with their amounts
  Maybe<Reference> correction;  ///< Line of the invoice this one corrects
  std::vector<Reference> objects;  ///< Further objects
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<Reference> other_receipt_references;  ///< Further receipts
  std::vector<Reference> other_despatch_references;  ///< Further ship notices
  std::vector<Reference> other_order_references;  ///< Further orders
  std::optional<std::string> correction_reference;  ///< What the correction refers to
  std::optional<std::string> correction_reason;  ///< Why the line is corrected
  std::optional<std::string> correction_code;  ///< Why the line is corrected, as a code
  std::vector<Accounting> accountings;  ///< Where the buyer books it, in shares
  Maybe<Reference> contract_reference;  ///< Contract
};

/// Document: Invoice or credit note.
struct Invoice {
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
  Maybe<Party> payee;  ///< Who gets the money, if not the seller
  Maybe<Party> tax_representative;  ///< Seller's tax representative
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> invoicee;  ///< Who gets the invoice
  Maybe<Party> payer;  ///< Who pays
  Maybe<Party> accountant;  ///< Buyer's accountant
  std::vector<Party> parties;  ///< Further parties; role tells
  std::optional<Date> due_date;  ///< Payment due date
  std::optional<std::string> tax_currency;  ///< Currency the tax is accounted in
  std::optional<Date> tax_point_date;  ///< When the tax becomes due
  std::optional<std::string> tax_point_code;  ///< When the tax becomes due, as a code
  std::optional<std::string> buyer_reference;  ///< Buyer's reference (Leitweg-ID …)
  Maybe<Reference> project_reference;  ///< Project
  Maybe<Reference> contract_reference;  ///< Contract
  Maybe<Reference> order_reference;  ///< Order
  Maybe<Reference> sales_order_reference;  ///< Seller's order
  Maybe<Reference> receipt_reference;  ///< Receipt
  Maybe<Reference> despatch_reference;  ///< Ship notice
  Maybe<Reference> tender_reference;  ///< Tender or lot
  Maybe<Reference> object_reference;  ///< Object that is invoiced
  std::vector<Reference> preceding_invoices;  ///< Invoices this one refers to
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<Reference> references;  ///< Further documents
  Maybe<Accounting> accounting;  ///< Where the buyer books it
  Maybe<Period> period;  ///< Invoicing period
  Maybe<Delivery> delivery;  ///< Where and when it was delivered
  Maybe<DeliveryTerms> terms;  ///< Delivery terms
  std::vector<PaymentMeans> payment_means;  ///< How to pay
  std::vector<PaymentTerms> payment_terms;  ///< When to pay
  std::vector<AllowanceCharge> allowances;  ///< Allowances on document level
  std::vector<AllowanceCharge> charges;  ///< Charges on document level
  Maybe<Totals> totals;  ///< Sums
  std::vector<TaxSubtotal> tax_subtotals;  ///< Tax breakdown
  std::vector<Prepayment> prepayments;  ///< What was paid already
  std::vector<ExchangeRate> exchange_rates;  ///< Rates between the currencies
  std::optional<std::string> price_currency;  ///< Currency of the prices
  std::optional<std::string> payment_currency;  ///< Currency to pay in
  std::vector<Delivery> other_deliveries;  ///< Further deliveries
  std::vector<Transport> transports;  ///< Transport
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<Package> packages;  ///< How it is packed
  std::vector<Measure> measures;  ///< Measures
  std::vector<TaxSubtotal> withheld_taxes;  ///< Taxes withheld
  std::optional<std::string> correction_reason;  ///< Why it is corrected
  std::optional<std::string> correction_code;  ///< Why it is corrected, as a code
  std::optional<std::string> payment_currency_alternative;  ///< Alternative currency to pay in
  std::vector<Reference> order_references;  ///< Further orders
  std::vector<Reference> receipt_references;  ///< Further receipts
  std::vector<Reference> despatch_references;  ///< Further ship notices
  std::vector<Reference> contract_references;  ///< Further contracts
  Maybe<Party> seller_accountant;  ///< Seller's accountant
  std::vector<Accounting> accountings;  ///< Further bookings
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  std::vector<Extension> extensions;  ///< What the model has no field for
  Maybe<Party> seller_sales_agent;  ///< Seller's sales agent
  Maybe<Reference> quotation_reference;  ///< Quotation
  std::vector<Period> other_periods;  ///< Further invoicing periods
  std::vector<Reference> statements;  ///< Statements of account
  std::optional<std::string> creditor_id;  ///< Creditor's identifier for direct debits
  Maybe<Party> buying_party;  ///< Who bought, if not who owes (UBL BuyerCustomerParty)
  Maybe<Party> selling_party;  ///< Who sold, if not who invoices (UBL SellerSupplierParty)
  std::vector<TaxSubtotal> tax_defaults;  ///< Taxes that hold for lines which tell none
  std::vector<InvoiceLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Invoice*);

}  // namespace purser::model
