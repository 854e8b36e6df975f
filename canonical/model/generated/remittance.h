// Made from canonical/spec/*.spec by tools/model; do not edit.
#pragma once

#include "canonical/model/generated/groups.h"

namespace purser::model {

/// Document: Remittance advice.
struct Remittance {
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
  Maybe<Party> payer;  ///< Who pays
  Maybe<Party> payee;  ///< Who is paid
  std::optional<Date> payment_date;  ///< When it is paid
  Maybe<Reference> payment_reference;  ///< The payment
  std::vector<PaymentMeans> payment_means;  ///< How it is paid
  Maybe<FinancialAccount> payer_account;  ///< Account it is taken from
  Maybe<FinancialAccount> payee_account;  ///< Account it goes to
  std::optional<Decimal> total;  ///< Paid amount
  std::optional<Decimal> debit_total;  ///< Sum of debits
  std::optional<Decimal> credit_total;  ///< Sum of credits
  std::vector<AllowanceCharge> adjustments;  ///< Deductions from the whole
  std::vector<Reference> references;  ///< Further documents
  std::vector<Reference> attachments;  ///< Supporting documents
  std::vector<ExchangeRate> exchange_rates;  ///< Rates
  std::vector<Party> parties;  ///< Further parties; role tells
  std::vector<Extension> extensions;  ///< What the model has no field for
  Maybe<Totals> totals;  ///< Sums
  std::vector<TaxSubtotal> tax_subtotals;  ///< Taxes
  Maybe<Party> ultimate_payee;  ///< Who gets the money, if not the payee (UBL PayeeParty)
  std::optional<std::string> payer_reference;  ///< Payer's reference
  std::optional<std::string> payee_reference;  ///< Reference of who invoiced (UBL InvoicingPartyReference)
  std::optional<std::int64_t> line_count;  ///< Number of lines the source states
  Maybe<Period> period;  ///< Invoicing period
  std::vector<Period> other_periods;  ///< Further invoicing periods
  Maybe<Reference> invoice_reference;  ///< The invoice, where it is one
  Maybe<Reference> credit_note_reference;  ///< The credit note, where it is one
  std::optional<Decimal> gross_total;  ///< Sum before discounts
  std::optional<Decimal> discount_total;  ///< Sum of discounts
  std::optional<Decimal> adjustment_total;  ///< Sum of adjustments
  std::optional<std::string> payment_number;  ///< Number of the payment (cheque, transfer)
  std::vector<SettledDocument> lines;  ///< What is settled
};

/// The tables to_events and StructBuilder work with. [any]
const DocumentAccess& access(const Remittance*);

}  // namespace purser::model
