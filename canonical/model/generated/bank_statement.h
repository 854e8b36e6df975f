// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct Balance;
struct StatementEntry;
struct StatementTransaction;

/// A balance of an account.
struct Balance {
  std::optional<std::string> type;  ///< Kind (OPBD, CLBD, CLAV, ITBD …)
  std::optional<Decimal> amount;  ///< Amount; debit is negative
  std::optional<std::string> currency;  ///< Currency
  std::optional<Date> date;  ///< Day
  std::optional<Time> time;  ///< Time
  std::optional<std::string> description;  ///< Kind in words
  std::optional<Decimal> credit_line;  ///< Credit line in the amount
  std::optional<bool> credit_line_included;  ///< The credit line is part of the amount
  std::vector<TypedAmount> credit_lines;  ///< Further credit lines
};

/// An entry of an account.
struct StatementEntry {
  std::optional<std::string> reference;  ///< Bank's reference of the entry
  std::optional<Decimal> amount;  ///< Amount; debit is negative
  std::optional<std::string> currency;  ///< Currency
  std::optional<Date> booking_date;  ///< Booked on
  std::optional<Date> value_date;  ///< Value date
  std::optional<std::string> status;  ///< Booked, pending, information
  std::optional<bool> reversal;  ///< It undoes another entry
  std::optional<std::string> transaction_code;  ///< Bank transaction code (domain, family, sub-family or SWIFT type)
  std::optional<std::string> proprietary_code;  ///< Bank's own code (GVC, BAI …)
  std::optional<std::string> account_reference;  ///< Reference of the account owner
  std::optional<std::string> description;  ///< Text of the entry
  std::optional<Time> booking_time;  ///< Booked at
  std::vector<StatementTransaction> transactions;  ///< Payments in the entry
  std::vector<AllowanceCharge> charges;  ///< Bank charges
  std::optional<std::int64_t> batch_count;  ///< Number of payments in the batch
  std::optional<std::string> batch_id;  ///< Payment information identification of the batch
  std::optional<std::string> batch_message_id;  ///< Message identification of the batch
  std::optional<Decimal> original_amount;  ///< Amount in its own currency
  std::optional<std::string> original_currency;  ///< That currency
  Maybe<ExchangeRate> exchange_rate;  ///< Rate
  std::optional<Decimal> interest;  ///< Interest in it
  std::vector<std::string> additional;  ///< Further lines
  std::optional<std::string> supplementary;  ///< Supplementary details
  std::optional<std::string> proprietary_issuer;  ///< Who issues the bank's own code
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<TypedAmount> availability;  ///< When how much is available
  std::optional<std::string> number;  ///< Number of the entry
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// A payment inside an entry.
struct StatementTransaction {
  std::optional<std::string> end_to_end_id;  ///< End to end identification
  std::optional<std::string> instruction_id;  ///< Instruction identification
  std::optional<std::string> transaction_id;  ///< Transaction identification
  std::optional<std::string> mandate_id;  ///< Mandate
  std::optional<std::string> creditor_id;  ///< Creditor's identifier
  std::optional<Decimal> amount;  ///< Amount; debit is negative
  std::optional<std::string> currency;  ///< Currency
  Maybe<Party> debtor;  ///< Who paid
  Maybe<FinancialAccount> debtor_account;  ///< Account it was taken from
  Maybe<Party> creditor;  ///< Who was paid
  Maybe<FinancialAccount> creditor_account;  ///< Account it went to
  Maybe<Party> ultimate_debtor;  ///< For whom it was paid
  Maybe<Party> ultimate_creditor;  ///< For whom it was meant
  std::vector<std::string> remittance_text;  ///< Unstructured remittance information
  std::vector<SettledDocument> remittance;  ///< Structured remittance information
  std::optional<std::string> creditor_reference;  ///< Structured creditor reference
  std::optional<std::string> purpose;  ///< Purpose
  Maybe<StatusReason> return_reason;  ///< Why it came back
  std::vector<AllowanceCharge> charges;  ///< Bank charges
  std::optional<std::string> transaction_code;  ///< Bank transaction code
  std::optional<std::string> proprietary_code;  ///< Bank's own code
  std::optional<Decimal> instructed_amount;  ///< Amount as instructed
  std::optional<std::string> instructed_currency;  ///< That currency
  Maybe<ExchangeRate> exchange_rate;  ///< Rate
  std::optional<std::string> message_id;  ///< Message identification
  std::optional<std::string> payment_information_id;  ///< Payment information identification
  std::optional<std::string> account_servicer_reference;  ///< Bank's reference
  std::optional<std::string> uetr;  ///< Unique end to end transaction reference
  std::optional<std::string> additional;  ///< Further text
  std::optional<std::string> cheque;  ///< Number of the cheque
  std::optional<std::string> clearing_reference;  ///< Clearing system's reference
  std::vector<Reference> references;  ///< Further references
  std::vector<TypedDate> dates;  ///< Further dates
  std::vector<FinancialAccount> agents;  ///< Banks on the way; role tells
  std::vector<TaxSubtotal> taxes;  ///< Taxes
  std::vector<TypedAmount> amounts;  ///< Further amounts
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// Document: Bank statement.
struct BankStatement {
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
  Maybe<FinancialAccount> account;  ///< The account
  Maybe<Party> owner;  ///< Whose account it is
  Maybe<Party> servicer;  ///< Bank that keeps it
  std::optional<std::string> sequence;  ///< Number of the statement
  std::optional<std::string> legal_sequence;  ///< Legal number of the statement
  Maybe<Period> period;  ///< What it covers
  Maybe<Balance> opening;  ///< Opening balance
  Maybe<Balance> closing;  ///< Closing balance
  std::vector<Balance> balances;  ///< Further balances
  std::optional<std::int64_t> entry_count;  ///< Number of entries
  std::optional<Decimal> credit_total;  ///< Sum of credits
  std::optional<Decimal> debit_total;  ///< Sum of debits
  std::optional<std::int64_t> page;  ///< Page
  std::optional<bool> last_page;  ///< It is the last page
  std::optional<std::string> message_id;  ///< Message identification
  Maybe<FinancialAccount> related_account;  ///< Related account
  std::optional<DateTime> created;  ///< When it was made
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<StatementEntry> entries;  ///< Entries
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const BankStatement*);

}  // namespace purser::model
