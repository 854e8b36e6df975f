// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Tax result.
struct TaxResult {
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
  Maybe<Reference> request;  ///< The request
  Maybe<Reference> transaction;  ///< The document that is taxed
  std::optional<std::string> status;  ///< Committed, cleared, reported, refused …
  std::vector<StatusReason> reasons;  ///< Why
  Maybe<Party> seller;  ///< Seller
  Maybe<Party> buyer;  ///< Buyer
  std::optional<Date> tax_date;  ///< Day whose tax law counts
  Maybe<Totals> totals;  ///< Sums
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  std::vector<TaxSubtotal> withheld_taxes;  ///< Taxes withheld
  std::optional<std::string> clearance_id;  ///< Number the authority gave
  std::optional<DateTime> clearance_time;  ///< When it was cleared
  std::optional<std::string> stamp;  ///< Authority's stamp or seal
  std::optional<std::string> verification_uri;  ///< Where it can be verified
  std::optional<std::string> qr_code;  ///< Content of the code to print
  std::optional<std::string> engine;  ///< Tax engine and its version
  std::vector<Address> addresses;  ///< Addresses as resolved; type tells
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<TaxLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const TaxResult*);

}  // namespace purser::model
