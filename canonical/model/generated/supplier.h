// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct Screening;

/// A check of a party.
struct Screening {
  std::optional<std::string> kind;  ///< What was checked
  std::optional<std::string> result;  ///< Result
  std::optional<Date> date;  ///< When
  std::optional<std::string> source;  ///< List or service
  std::optional<std::string> note;  ///< Remark
};

/// Document: Supplier.
struct Supplier {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> supplier;  ///< The supplier
  Maybe<Party> buyer;  ///< Who keeps the record
  std::optional<std::string> status;  ///< State of the supplier (active, blocked …)
  std::optional<std::string> action;  ///< Create, change or remove
  std::optional<Date> valid_from;  ///< From when
  std::optional<Date> valid_to;  ///< Until when
  std::optional<std::string> currency;  ///< Currency to order in
  std::vector<PaymentTerms> payment_terms;  ///< When to pay
  std::vector<PaymentMeans> payment_means;  ///< How to pay
  Maybe<DeliveryTerms> delivery_terms;  ///< Delivery terms
  std::vector<Address> addresses;  ///< Further addresses; type tells
  std::vector<Classification> classifications;  ///< Goods and services it offers
  std::vector<Reference> certificates;  ///< Certificates, insurance, self-disclosures
  Maybe<Party> parent;  ///< Company it belongs to
  std::vector<Party> parties;  ///< Further parties; role tells
  std::optional<Decimal> minimum_order;  ///< Smallest order
  Maybe<Measure> lead_time;  ///< Usual time to deliver
  std::optional<std::string> order_channel;  ///< How orders are to be sent
  std::optional<std::string> invoice_channel;  ///< How invoices come
  std::optional<std::string> tax_status;  ///< How it is taxed
  std::optional<std::string> group;  ///< Group of suppliers
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<Screening> screening;  ///< Checks against lists of sanctions and the like
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Supplier*);

}  // namespace purser::model
