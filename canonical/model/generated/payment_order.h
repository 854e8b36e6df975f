// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct Payment;

/// One payment of an order.
struct Payment {
  std::optional<std::string> id;  ///< Instruction identification
  std::optional<std::string> end_to_end_id;  ///< End to end identification
  std::optional<Decimal> amount;  ///< Amount
  std::optional<std::string> currency;  ///< Currency, if not the document's
  Maybe<Party> creditor;  ///< Who is paid
  Maybe<FinancialAccount> creditor_account;  ///< Account it goes to
  Maybe<Party> ultimate_creditor;  ///< For whom it is meant
  Maybe<Party> ultimate_debtor;  ///< For whom it is paid
  std::optional<std::string> charge_bearer;  ///< Who pays the charges
  std::optional<std::string> purpose;  ///< Purpose
  std::vector<std::string> remittance_text;  ///< Unstructured remittance information
  std::vector<SettledDocument> remittance;  ///< Structured remittance information
  std::optional<std::string> creditor_reference;  ///< Structured creditor reference
  Maybe<Reference> mandate;  ///< Mandate of a direct debit
  std::optional<std::string> sequence_type;  ///< First, recurring, final, one-off (direct debit)
  std::optional<Date> collection_date;  ///< When to collect (direct debit)
  std::optional<std::string> creditor_id;  ///< Creditor's identifier (direct debit)
  Maybe<ExchangeRate> exchange_rate;  ///< Agreed rate
  std::vector<Note> regulatory;  ///< Regulatory reporting
  std::vector<std::string> bank_instructions;  ///< Instructions for the bank
  std::optional<std::string> uetr;  ///< Unique end to end transaction reference
  std::optional<std::string> service_level;  ///< Service level, if not the document's
  std::optional<std::string> local_instrument;  ///< Local instrument, if not the document's
  std::optional<std::string> category_purpose;  ///< Category purpose, if not the document's
  std::vector<FinancialAccount> intermediaries;  ///< Banks on the way
  std::optional<std::string> cheque;  ///< Number of the cheque
  std::optional<Decimal> equivalent_amount;  ///< Amount in the account's currency
  std::optional<std::string> priority;  ///< Priority
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// Document: Payment order.
struct PaymentOrder {
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
  Maybe<Party> initiator;  ///< Who initiates
  Maybe<Party> debtor;  ///< Who pays
  Maybe<FinancialAccount> debtor_account;  ///< Account it is taken from
  Maybe<Party> ultimate_debtor;  ///< For whom it is paid
  std::optional<Date> execution_date;  ///< When to execute
  std::optional<Time> execution_time;  ///< When to execute, time
  std::optional<std::string> method;  ///< Transfer, cheque, direct debit
  std::optional<bool> batch_booking;  ///< One booking for all
  std::optional<std::string> service_level;  ///< Service level (SEPA, URGP …)
  std::optional<std::string> local_instrument;  ///< Local instrument (CORE, B2B, INST …)
  std::optional<std::string> category_purpose;  ///< Purpose of the whole (SUPP, SALA …)
  std::optional<std::string> priority;  ///< Priority
  std::optional<std::string> charge_bearer;  ///< Who pays the charges (SLEV, SHAR, DEBT, CRED)
  std::optional<std::int64_t> payment_count;  ///< Number of payments
  std::optional<Decimal> total;  ///< Sum of the payments
  std::optional<std::string> message_id;  ///< Message identification
  std::vector<Reference> references;  ///< Further documents
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<Payment> payments;  ///< Payments
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const PaymentOrder*);

}  // namespace purser::model
