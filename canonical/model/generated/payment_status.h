// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct PaymentReport;

/// What the bank says of a payment.
struct PaymentReport {
  std::optional<std::string> original_id;  ///< Instruction identification
  std::optional<std::string> original_end_to_end_id;  ///< End to end identification
  std::optional<std::string> original_group_id;  ///< Payment information identification
  std::optional<std::string> status;  ///< State
  std::vector<StatusReason> reasons;  ///< Why
  std::optional<Decimal> amount;  ///< Amount
  std::optional<std::string> currency;  ///< Currency
  std::optional<DateTime> accepted;  ///< When it was accepted
  std::optional<std::string> bank_reference;  ///< Bank's reference
  Maybe<Party> debtor;  ///< Who pays
  Maybe<FinancialAccount> debtor_account;  ///< Account it is taken from
  Maybe<Party> creditor;  ///< Who is paid
  Maybe<FinancialAccount> creditor_account;  ///< Account it goes to
  std::optional<Date> execution_date;  ///< When it was executed
  std::optional<std::string> uetr;  ///< Unique end to end transaction reference
  std::vector<AllowanceCharge> charges;  ///< Bank charges
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// Document: Payment status.
struct PaymentStatus {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of document
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> initiator;  ///< Who gets the report
  Maybe<Party> bank;  ///< Who reports
  std::optional<std::string> original_message_id;  ///< Message that is reported on
  std::optional<std::string> original_message_type;  ///< Kind of that message
  std::optional<DateTime> original_date_time;  ///< When that message was made
  std::optional<std::int64_t> original_count;  ///< Its number of payments
  std::optional<Decimal> original_total;  ///< Its sum
  std::optional<std::string> status;  ///< State of the whole (ACCP, ACSC, PART, RJCT …)
  std::vector<StatusReason> reasons;  ///< Why
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<PaymentReport> payments;  ///< State of payments
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const PaymentStatus*);

}  // namespace purser::model
