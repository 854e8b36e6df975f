// Values of the payment that CII says once for the whole invoice and the model with each means or term: the
// remittance information (BT-83), the mandate (BT-89); and the due date (BT-9), the other way round. And
// preceding invoices (BT-25): D16B has room for one InvoiceReferencedDocument, others stand among the
// additional documents with the type of an invoice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/event/recorded_events.h"
#include "connectors/cii/top_level.h"

namespace purser::cii {

/// What both directions hold back of a document's header: payment means, payment terms, preceding invoices.
struct HeldPayment {
  HeldPayment();
  /// True if the event was taken: it belongs to one of the two lists. `top` as TopLevel::step has it.
  Outcome take(const Event& event, bool top, bool* taken);
  /// The elements of a list, each from its begin to its end.
  [[nodiscard]] static std::vector<std::span<const Event>> elements(const RecordedEvents& list);
  void clear();

  const std::uint16_t means_number, terms_number, invoices_number;
  RecordedEvents means, terms, invoices;
  RecordedEvents* open = nullptr;
};

/// Reading: the table gives remittance information and mandate as payment means of their own, due dates with
/// the terms. Here the means get the remittance information, direct debits the mandate, the document the due
/// date unless its terms have several. [serial]
class SettlementReading : public DocumentSink {
 public:
  explicit SettlementReading(DocumentSink& out);
  Outcome push(std::span<const Event> batch) override;
  void finding(Finding finding) override { out_.finding(std::move(finding)); }
  void loss(Loss loss) override { out_.loss(std::move(loss)); }

 private:
  Outcome flush();
  Outcome flush_means();
  Outcome flush_terms();
  Outcome flush_invoices();

  DocumentSink& out_;
  TopLevel top_;
  HeldPayment held_;
};

/// Writing: undoes what SettlementReading does. Means that differ in remittance information or mandate keep
/// theirs, which the encoder then reports as not written. [serial]
class SettlementWriting : public EventSink {
 public:
  explicit SettlementWriting(EventSink& next);
  Outcome push(std::span<const Event> batch) override;

 private:
  Outcome flush();
  Outcome lift(std::uint16_t field);
  Outcome flush_terms();
  Outcome flush_invoices();

  EventSink& next_;
  TopLevel top_;
  HeldPayment held_;
  RecordedEvents due_;  ///< the document's due date
  bool flushed_ = false;
  bool mandate_ = false;  ///< there is one: it needs payment terms to stand in
};

}  // namespace purser::cii
