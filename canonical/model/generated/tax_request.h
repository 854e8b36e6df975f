// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Tax request.
struct TaxRequest {
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
  Maybe<Party> seller;  ///< Seller
  Maybe<Party> buyer;  ///< Buyer
  std::optional<std::string> purpose;  ///< Quote, commit, report, clear, void …
  Maybe<Reference> transaction;  ///< The document that is taxed
  Maybe<Reference> order_reference;  ///< Order
  std::optional<Date> tax_date;  ///< Day whose tax law counts
  std::optional<std::string> tax_country;  ///< Country whose tax it is
  Maybe<Address> from;  ///< Where goods come from
  Maybe<Address> to;  ///< Where goods go to
  Maybe<Address> place_of_order;  ///< Where the order was accepted
  Maybe<Reference> exemption;  ///< Exemption certificate
  std::optional<std::string> usage;  ///< Kind of buyer or use
  Maybe<Totals> totals;  ///< Sums
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  Maybe<Period> reporting_period;  ///< Reporting period
  std::vector<ExchangeRate> exchange_rates;  ///< Rates
  std::vector<Reference> references;  ///< Further documents
  std::vector<Party> parties;  ///< Further parties; role tells
  std::optional<std::string> tax_currency;  ///< Currency the tax is accounted in
  std::optional<bool> prices_include_tax;  ///< Prices include tax
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<TaxLine> lines;  ///< Lines
  std::optional<std::string> location;  ///< Place of business of the seller
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const TaxRequest*);

}  // namespace purser::model
