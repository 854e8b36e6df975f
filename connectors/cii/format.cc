#include "connectors/cii/format.h"

#include <algorithm>

#include "connectors/cii/calls.h"
#include "connectors/cii/lines.h"
#include "connectors/cii/settlement.h"
#include "connectors/table/by_its_words.h"
#include "connectors/table/derived.h"
#include "plugins/sdk/connector.h"

namespace purser::cii {

/// The files below tables/ and layout/, embedded by the build.
std::span<const sdk::EmbeddedFile> embedded_files();

namespace {

constexpr table::XmlDocument documents[] = {{"CrossIndustryInvoice", "D16B", "CrossIndustryInvoice",
                                             "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
                                             DocumentType::invoice}};

constexpr table::XmlRefusal refused[] = {
    {"CrossIndustryDocument", "urn:ferd:CrossIndustryDocument:invoice:1p0",
     "this is ZUGFeRD 1 of 2014; ask for Factur-X or ZUGFeRD 2, which are CrossIndustryInvoice"},
    {"CrossIndustryInvoice", "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:2",
     "this is a CrossIndustryInvoice before D16B; ask for namespace version 100"},
    {"SCRDMCCBDACIOMessageStructure", "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100",
     "this is an order of Order-X; only invoices of this family are read"}};

constexpr std::string_view taxes[] = {"ram:ApplicableTradeTax", "ram:CategoryTradeTax"};
constexpr std::string_view texts[] = {"ID", "Code", "Name", "Description", "Content", "Value", "Reason"};

bool may_be_blank(std::string_view element) {
  return std::ranges::any_of(texts, [&](std::string_view end) { return element.ends_with(end); });
}

constexpr table::Words words = {.currency = "ram:InvoiceCurrencyCode",
                                .amount = "ram:TaxTotalAmount",
                                .taxes = taxes,
                                .scheme = {},
                                .type = "ram:TypeCode",
                                .may_be_blank = may_be_blank};

/// Where an invoice is judged.
std::unique_ptr<map::SyntaxSink> filter(const table::XmlDocument& /*document*/,
                                        const plugin::Request& request, map::SyntaxSink& next,
                                        DocumentSink& notes) {
  return table::packs_of(request.settings).empty() ? nullptr : table::by_its_words(words, next, notes);
}

/// Lines first, then the settlement.
class ReadingShape : public DocumentSink {
 public:
  explicit ReadingShape(DocumentSink& out) : settlement_(out), lines_(settlement_) {}
  Outcome push(std::span<const Event> batch) override { return lines_.push(batch); }
  void finding(Finding finding) override { lines_.finding(std::move(finding)); }
  void loss(Loss loss) override { lines_.loss(std::move(loss)); }

 private:
  SettlementReading settlement_;
  LineNesting lines_;
};

class WritingShape : public EventSink {
 public:
  explicit WritingShape(EventSink& encoder)
      : lines_(encoder),
        settlement_(lines_),
        amounts_(table::fill_derived(settlement_, {.line_amounts = true, .payable = true})) {}
  Outcome push(std::span<const Event> batch) override { return amounts_->push(batch); }

 private:
  LineFlattening lines_;
  SettlementWriting settlement_;
  std::unique_ptr<EventSink> amounts_;
};

}  // namespace

const table::XmlFormat& format() {
  static const table::XmlFormat cii = {
      .name = "cii",
      .title = "UN/CEFACT Cross Industry Invoice (Factur-X, ZUGFeRD, XRechnung)",
      .documents = documents,
      .files = embedded_files(),
      .calls = calls,
      .envelope = &table::standard_business_document,
      .shape = {[](DocumentSink& out) -> std::unique_ptr<DocumentSink> {
                  return std::make_unique<ReadingShape>(out);
                },
                [](EventSink& encoder) -> std::unique_ptr<EventSink> {
                  return std::make_unique<WritingShape>(encoder);
                }},
      .refused = refused,
      .filter = filter};
  return cii;
}

}  // namespace purser::cii
