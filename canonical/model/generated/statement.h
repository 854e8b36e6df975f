// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

struct StatementLine;

/// One item of a statement of account.
struct StatementLine {
  std::optional<std::string> number;  ///< Line number
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> brought_forward;  ///< The line is the balance of the period before
  std::optional<Decimal> debit_amount;  ///< Debit
  std::optional<Decimal> credit_amount;  ///< Credit
  std::optional<Decimal> balance;  ///< Balance after the line
  std::optional<std::string> purpose;  ///< Payment purpose
  Maybe<PaymentMeans> payment_means;  ///< How to pay
  std::vector<PaymentTerms> payment_terms;  ///< When to pay
  Maybe<Party> buyer;  ///< Who bought
  Maybe<Party> seller;  ///< Who sold
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> invoicee;  ///< Who was invoiced
  Maybe<Party> invoicer;  ///< Who invoiced
  Maybe<Party> payee;  ///< Who gets the money
  Maybe<Period> period;  ///< Invoicing period
  std::vector<Period> other_periods;  ///< Further invoicing periods
  std::vector<Reference> invoices;  ///< Invoices
  std::vector<Reference> credit_notes;  ///< Credit notes
  std::vector<Reference> debit_notes;  ///< Debit notes
  std::vector<Reference> reminders;  ///< Reminders
  std::vector<Reference> references;  ///< Further documents
  Maybe<ExchangeRate> exchange_rate;  ///< Rate
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  std::vector<Prepayment> payments;  ///< What was paid
  std::vector<Extension> extensions;  ///< What the model has no field for
};

/// Document: Statement of account.
struct Statement {
  std::optional<std::string> number;  ///< Number of the document
  std::optional<Date> issue_date;  ///< When it was issued
  std::optional<Time> issue_time;  ///< Time of issue
  std::optional<std::string> kind;  ///< Kind of statement (UBL StatementTypeCode)
  std::optional<std::string> currency;  ///< Currency of the amounts
  std::vector<Note> note;  ///< Free text
  std::optional<std::string> function;  ///< Original, copy, cancellation … (UNTDID 1225)
  std::optional<std::string> uuid;  ///< Universally unique identifier
  std::optional<bool> copy;  ///< A copy of the document
  Maybe<Envelope> envelope;  ///< The interchange it came in
  Maybe<Party> seller;  ///< Whose account it is from (UBL AccountingSupplierParty)
  Maybe<Party> buyer;  ///< Whose account it is (UBL AccountingCustomerParty)
  Maybe<Party> buying_party;  ///< Who bought, if not who owes
  Maybe<Party> selling_party;  ///< Who sold, if not who invoices
  Maybe<Party> originator;  ///< Who asked for it
  Maybe<Party> payee;  ///< Who gets the money
  std::optional<Decimal> debit_total;  ///< Sum of debits
  std::optional<Decimal> credit_total;  ///< Sum of credits
  std::optional<Decimal> balance;  ///< What is open
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  Maybe<Period> period;  ///< What it covers
  std::vector<PaymentMeans> payment_means;  ///< How to pay
  std::vector<PaymentTerms> payment_terms;  ///< When to pay
  std::vector<AllowanceCharge> allowances;  ///< Allowances
  std::vector<AllowanceCharge> charges;  ///< Charges
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  Maybe<Totals> totals;  ///< Sums
  std::vector<Extension> extensions;  ///< What the model has no field for
  std::vector<StatementLine> lines;  ///< Lines
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Statement*);

}  // namespace purser::model
