// Totals of the GOBL examples, computed again from their lines. Skipped where the corpus is absent.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "canonical/rule/complete.h"
#include "tests/conformance/ubl/corpus.h"

namespace purser::rule::testing {
namespace {

using nlohmann::json;

Decimal decimal(std::string text) {
  if (text.ends_with('%')) text.pop_back();
  return Decimal::parse(text).value_or(Decimal());
}
std::optional<Decimal> decimal_of(const json& from, const char* name) {
  return from.contains(name) ? std::optional(decimal(from[name].get<std::string>())) : std::nullopt;
}

/// The tax of a GOBL line or charge: its key and country make categories, which here need only differ.
model::Maybe<model::Tax> tax_of(const json& from) {
  if (!from.contains("taxes")) return {};
  for (const json& each : from["taxes"]) {
    model::Tax tax;
    tax.category = each.value("cat", "") + each.value("key", "standard") + each.value("country", "");
    tax.rate = decimal_of(each, "percent");
    return tax;
  }
  return {};
}

std::vector<model::AllowanceCharge> parts(const json& from, const char* name) {
  std::vector<model::AllowanceCharge> all;
  if (!from.contains(name)) return all;
  for (const json& each : from[name]) {
    model::AllowanceCharge part;
    part.percentage = decimal_of(each, "percent");
    part.base_amount = decimal_of(each, "base");
    if (!part.percentage) part.amount = decimal_of(each, "amount");
    part.tax = tax_of(each);
    all.push_back(std::move(part));
  }
  return all;
}

model::Invoice invoice_of(const json& document) {
  model::Invoice invoice;
  invoice.currency = document.value("currency", "EUR");
  for (const json& from : document["lines"]) {
    model::InvoiceLine line;
    line.quantity.emplace().value = decimal_of(from, "quantity");
    line.price.emplace().amount = decimal_of(from["item"], "price");
    line.allowances = parts(from, "discounts");
    line.charges = parts(from, "charges");
    line.tax = tax_of(from);
    invoice.lines.push_back(std::move(line));
  }
  invoice.allowances = parts(document, "discounts");
  invoice.charges = parts(document, "charges");
  const json& totals = document["totals"];
  if (totals.contains("rounding")) invoice.totals.emplace().rounding = decimal_of(totals, "rounding");
  return invoice;
}

/// What this calculation is not about: prices with tax inside, taxes that are withheld, surcharges, lines
/// that are made of parts.
bool beyond(const json& document) {
  const std::string all = document.dump();
  for (const char* sign : {"prices_include", "retained", "surcharge", "breakdown", "\"substituted\""})
    if (all.find(sign) != std::string::npos) return true;
  return false;
}

std::string text(const std::optional<Decimal>& value) {
  return value ? value->normalized().text() : "nothing";
}

TEST(Gobl, TotalsFollowFromLines) {
  const auto corpus = ubl::testing::corpus_folder();
  if (!corpus) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
  std::size_t seen = 0, passed_over = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(*corpus / "tax/gobl/gobl/examples")) {
    if (entry.path().extension() != ".json" || entry.path().parent_path().filename() != "out") continue;
    std::ifstream file(entry.path());
    const json envelope = json::parse(file);
    const json& document = envelope.contains("doc") ? envelope["doc"] : envelope;
    if (document.value("$schema", "").find("bill/invoice") == std::string::npos ||
        !document.contains("lines"))
      continue;
    if (beyond(document)) {
      ++passed_over;
      continue;
    }
    ++seen;
    const bool by_line = document.contains("tax") && document["tax"].value("rounding", "") == "currency";
    model::Invoice invoice = invoice_of(document);
    (void)complete(invoice, by_line ? TaxRounding::by_line : TaxRounding::by_document);
    const json& totals = document["totals"];
    const std::string name =
        entry.path().parent_path().parent_path().filename().string() + "/" + entry.path().filename().string();
    const auto expect = [&](const char* field, const std::optional<Decimal>& value) {
      if (!totals.contains(field)) return;
      EXPECT_EQ(text(value), text(decimal_of(totals, field))) << name << ": " << field;
    };
    expect("sum", invoice.totals->line_net);
    expect("discount", invoice.totals->allowances);
    expect("charge", invoice.totals->charges);
    expect("total", invoice.totals->net);
    expect("tax", invoice.totals->tax);
    expect("total_with_tax", invoice.totals->gross);
    expect("payable", invoice.totals->payable);
  }
  std::cout << seen << " invoices computed, " << passed_over << " are about something else\n";
  EXPECT_GE(seen, 40u);
}

}  // namespace
}  // namespace purser::rule::testing
