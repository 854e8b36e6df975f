#include "canonical/rule/complete.h"

#include <gtest/gtest.h>

namespace purser::rule {
namespace {

Decimal d(std::string_view text) { return *Decimal::parse(text); }

model::InvoiceLine line(std::string_view quantity, std::string_view price, std::string_view rate) {
  model::InvoiceLine line;
  line.quantity.emplace().value = d(quantity);
  line.price.emplace().amount = d(price);
  auto& tax = line.tax.emplace();
  tax.category = "S";
  tax.rate = d(rate);
  return line;
}

TEST(Complete, FillsWhatFollows) {
  model::Invoice invoice;
  invoice.currency = "EUR";
  invoice.lines = {line("3", "9.995", "19"), line("2", "10", "7")};
  invoice.lines[1].allowances.emplace_back().percentage = d("10");
  auto& charge = invoice.charges.emplace_back();
  charge.amount = d("5.00");
  charge.tax = model::Tax(*invoice.lines[0].tax);
  invoice.prepayments.emplace_back().amount = d("10");
  EXPECT_TRUE(complete(invoice).empty());
  EXPECT_EQ(invoice.lines[0].net_amount->text(), "29.99");  // 29.985
  EXPECT_EQ(invoice.lines[1].net_amount->text(), "18.00");
  EXPECT_EQ(invoice.totals->line_net->text(), "47.99");
  EXPECT_EQ(invoice.totals->charges->text(), "5.00");
  EXPECT_EQ(invoice.totals->net->text(), "52.99");
  ASSERT_EQ(invoice.tax_subtotals.size(), 2u);
  EXPECT_EQ(invoice.tax_subtotals[0].taxable_amount->text(), "34.99");
  EXPECT_EQ(invoice.tax_subtotals[0].tax_amount->text(), "6.65");
  EXPECT_EQ(invoice.tax_subtotals[1].tax_amount->text(), "1.26");
  EXPECT_EQ(invoice.totals->gross->text(), "60.90");
  EXPECT_EQ(invoice.totals->payable->text(), "50.90");
  EXPECT_TRUE(complete(invoice).empty()) << "what was filled in follows";
}

TEST(Complete, RoundsByLineOrByDocument) {
  model::Invoice one;
  one.lines = {line("1", "0.13", "19"), line("1", "0.13", "19"), line("1", "0.13", "19")};
  model::Invoice other = one;
  (void)complete(one, TaxRounding::by_document);
  (void)complete(other, TaxRounding::by_line);
  EXPECT_EQ(one.totals->tax->text(), "0.07");    // 0.0741
  EXPECT_EQ(other.totals->tax->text(), "0.06");  // three times 0.02
}

TEST(Complete, RoundsTiesAwayFromZeroAndYenToWhole) {
  model::Invoice invoice;
  invoice.lines = {line("-1", "0.125", "0")};
  (void)complete(invoice);
  EXPECT_EQ(invoice.totals->payable->text(), "-0.13");
  model::Invoice yen;
  yen.currency = "JPY";
  yen.lines = {line("3", "33", "10")};
  (void)complete(yen);
  EXPECT_EQ(yen.totals->payable->text(), "109");
}

TEST(Complete, SaysWhatContradictsAndWhatIsMissing) {
  model::Invoice invoice;
  invoice.lines = {line("1", "100", "19")};
  auto& totals = invoice.totals.emplace();
  totals.net = d("99.00");
  totals.payable = d("119.00");
  auto findings = complete(invoice);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "COMPLETE-0001");
  EXPECT_EQ(findings[0].path, "totals.net");
  EXPECT_EQ(findings[0].message, "totals.net is 99.00, 100.00 follows");
  EXPECT_EQ(totals.net->text(), "99.00") << "what is stated stays";
  model::Invoice empty;
  empty.lines.emplace_back();
  findings = complete(empty);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].code, "COMPLETE-0002");
  EXPECT_EQ(findings[0].path, "lines[1].net_amount");
  EXPECT_EQ(findings[0].message, "lines[1].net_amount cannot be derived: lines[1].price.amount is missing");
  EXPECT_EQ(findings[1].message, "totals.line_net cannot be derived: lines[1].net_amount is missing");
}

TEST(Complete, SaysWhatIsTaxedAndByNothing) {
  model::Invoice invoice;
  invoice.lines = {line("1", "100", "19"), line("1", "50", "19")};
  invoice.lines[1].tax.reset();
  auto& other = invoice.tax_subtotals.emplace_back();
  other.category = "S";
  other.rate = d("7");
  const auto findings = complete(invoice);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].code, "COMPLETE-0002");
  EXPECT_EQ(findings[0].path, "lines[2].tax.category");
  EXPECT_EQ(findings[1].code, "COMPLETE-0001");
  EXPECT_EQ(findings[1].path, "tax_subtotals[1]");
}

TEST(Complete, ComputesReverseChargePrepaidAndRounding) {
  model::Invoice invoice;
  invoice.lines = {line("3", "9.99", "0"), line("1", "0.10", "19")};
  invoice.lines[0].tax->category = "AE";
  auto& allowance = invoice.allowances.emplace_back();
  allowance.percentage = d("10");
  allowance.tax = model::Tax(*invoice.lines[0].tax);
  auto& totals = invoice.totals.emplace();
  totals.prepaid = d("20.00");
  totals.rounding = d("0.02");
  EXPECT_TRUE(complete(invoice).empty());
  EXPECT_EQ(invoice.allowances[0].amount->text(), "3.01");  // of 30.07
  EXPECT_EQ(invoice.tax_subtotals[0].taxable_amount->text(), "26.96");
  EXPECT_EQ(invoice.tax_subtotals[0].tax_amount->text(), "0.00");
  EXPECT_EQ(invoice.tax_subtotals[1].tax_amount->text(), "0.02");
  EXPECT_EQ(invoice.totals->gross->text(), "27.08");
  EXPECT_EQ(invoice.totals->payable->text(), "7.10");
}

}  // namespace
}  // namespace purser::rule
