#include "connectors/ubl/rules/invoice_filter.h"

#include <algorithm>
#include <optional>

#include "connectors/table/by_its_words.h"
#include "connectors/ubl/rules/syntax_judge.h"
#include "plugins/sdk/connector.h"

namespace purser::ubl {
namespace {

struct Twin {
  std::string_view invoice, credit_note;
};
/// What Invoice and CreditNote call differently.
constexpr Twin twins[] = {{"cac:InvoiceLine", "cac:CreditNoteLine"},
                          {"cbc:InvoicedQuantity", "cbc:CreditedQuantity"},
                          {"cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode"}};
constexpr unsigned deepest_twin = 3;  // the quantity of a line

constexpr std::string_view taxes[] = {"cac:TaxCategory", "cac:ClassifiedTaxCategory"};
constexpr std::string_view measured[] = {"Amount", "Quantity", "Percent", "Numeric",   "Measure",
                                         "Rate",   "Date",     "Time",    "Indicator", "BinaryObject"};

bool may_be_blank(std::string_view element) {
  return element.starts_with("cbc:") &&
         std::ranges::none_of(measured, [&](std::string_view end) { return element.ends_with(end); });
}

constexpr table::Words words = {.currency = "cbc:DocumentCurrencyCode",
                                .amount = {},
                                .taxes = taxes,
                                .scheme = "cac:TaxScheme",
                                .type = "cbc:ID",
                                .may_be_blank = may_be_blank};

class InvoiceFilter : public map::SyntaxSink {
 public:
  InvoiceFilter(const table::XmlDocument& document, const SyntaxPlan* plan, map::SyntaxSink& next,
                DocumentSink& notes)
      : invoice_(document.type == DocumentType::invoice),
        credit_note_(document.message == "CreditNote"),
        words_(plan == nullptr || !invoice_ ? nullptr : table::by_its_words(words, next, notes)),
        next_(words_ ? *words_ : next),
        notes_(notes) {
    if (plan != nullptr) judge_.emplace(*plan, [this](Finding found) { notes_.finding(std::move(found)); });
  }

  Outcome open(std::string_view name, const Position& at) override {
    if (judge_) judge_->open(name, at);
    return next_.open(++depth_ <= deepest_twin && invoice_ ? own(name, at) : name, at);
  }
  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (judge_) judge_->leaf(where.name, text, at);
    return next_.leaf(where, text, at);
  }
  Outcome close(const Position& at) override {
    if (judge_) judge_->close();
    --depth_;
    return next_.close(at);
  }
  map::ElementSink* whole_elements() override {
    return judge_ || renamed_ ? nullptr : next_.whole_elements();
  }

 private:
  std::string_view own(std::string_view name, const Position& at) {
    for (const Twin& twin : twins) {
      const auto other = credit_note_ ? twin.invoice : twin.credit_note;
      if (name != other) continue;
      renamed_ = true;
      const auto right = credit_note_ ? twin.credit_note : twin.invoice;
      Finding finding =
          make_finding("UBL-0020", at, std::string(name) + " belongs to the other kind of document");
      finding.source = name;
      finding.expected = right;
      notes_.finding(std::move(finding));
      return right;
    }
    return name;
  }

  bool invoice_, credit_note_;
  std::unique_ptr<map::SyntaxSink> words_;  ///< of an invoice that is judged
  map::SyntaxSink& next_;
  DocumentSink& notes_;
  std::optional<SyntaxJudge> judge_;
  unsigned depth_ = 0;
  bool renamed_ = false;
};

}  // namespace

std::unique_ptr<map::SyntaxSink> invoice_filter(const table::XmlDocument& document,
                                                const plugin::Request& request, map::SyntaxSink& next,
                                                DocumentSink& notes) {
  const bool invoice = document.type == DocumentType::invoice;
  const bool order = document.message == "Order" || document.message == "OrderResponse";
  if (!invoice && !order) return nullptr;
  const SyntaxPlan* plan = syntax_plan(table::packs_of(request.settings), order);
  if (order && plan == nullptr) return nullptr;
  return std::make_unique<InvoiceFilter>(document, plan, next, notes);
}

}  // namespace purser::ubl
