// Every row of the syntax rules, on documents made from the row: one that keeps to it, others that do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "connectors/ubl/format.h"
#include "connectors/ubl/rules/syntax_plan.h"
#include "tests/connectors/table/trial.h"
#include "tests/connectors/ubl/syntax_sample.h"

namespace purser::ubl::testing {
namespace {

/// Does the row itself, and not another one of its id, give a finding?
bool fails(const SyntaxRule& rule, const std::string& document) {
  static table::XmlTables tables(format());
  sdk::Request request;
  request.settings = R"({"rules":["en16931","peppol"]})";
  const auto trial = table::testing::read_text(tables, document, request);
  return std::ranges::any_of(trial.document.report.findings(), [&](const Finding& found) {
    return found.code == rule.id && found.expected == rule.what && found.severity == rule.severity;
  });
}

TEST(SyntaxRules, EveryRowHoldsAndFailsWhereItSays) {
  std::size_t documents = 0;
  for (const SyntaxRule& rule : syntax_rules()) {
    if (rule.about_orders()) continue;
    for (const char* root : {"Invoice", "CreditNote"}) {
      const bool asked = rule.root.empty() || rule.root == root;
      for (const SyntaxSample& sample : samples_of(rule, root)) {
        ++documents;
        EXPECT_EQ(fails(rule, sample.document), asked && !sample.holds) << rule.id << ' ' << rule.what << "\n"
                                                                        << sample.document;
      }
    }
  }
  EXPECT_GT(documents, 4 * syntax_rules().size());
}

TEST(SyntaxRules, AreJudgedWhereTheirPackIsNamed) {
  const std::vector<std::string> both = {"en16931", "peppol", "xrechnung"}, one = {"peppol"},
                                 none = {"xrechnung"};
  ASSERT_NE(syntax_plan(both, false), nullptr);
  ASSERT_NE(syntax_plan(both, true), nullptr);
  EXPECT_EQ(syntax_plan(both, false)->rules.size() + syntax_plan(both, true)->rules.size(),
            syntax_rules().size());
  EXPECT_LT(syntax_plan(one, false)->rules.size(), 20U);
  EXPECT_EQ(syntax_plan(one, false), syntax_plan(one, false));
  EXPECT_EQ(syntax_plan(none, false), nullptr);
}

// What Peppol's ordering asks of each amount, and which of its documents.
TEST(SyntaxRules, OrdersAreStatedInOneCurrency) {
  const auto codes_of = [](std::string_view root, std::string_view customization, std::string_view said) {
    std::string text =
        "<" + std::string(root) +
        " xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:" + std::string(root) +
        "-2\" xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" "
        "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">";
    text += "<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:" + std::string(customization) +
            ":3</cbc:CustomizationID><cbc:ID>1</cbc:ID>" + std::string(said) +
            "<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cac:Price><cbc:PriceAmount "
            "currencyID=\"EUR\">1</cbc:PriceAmount>"
            "</cac:Price></cac:LineItem></cac:OrderLine></" +
            std::string(root) + ">";
    std::string codes;
    static table::XmlTables tables(format());
    sdk::Request request;
    request.settings = R"({"rules":["peppol"]})";
    const auto trial = table::testing::read_text(tables, text, request);
    for (const Finding& found : trial.document.report.findings())
      if (found.code.starts_with("PEPPOL-")) codes += found.code;
    return codes;
  };
  constexpr std::string_view euro = "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>",
                             krona = "<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>";
  EXPECT_EQ(codes_of("Order", "order", euro), "");
  EXPECT_EQ(codes_of("Order", "order", krona), "PEPPOL-T01-R003");
  EXPECT_EQ(codes_of("Order", "order", ""), "PEPPOL-T01-R003");
  EXPECT_EQ(codes_of("OrderResponse", "order_response", euro), "");
  EXPECT_EQ(codes_of("OrderResponse", "order_response", krona), "PEPPOL-T76-R005");
  EXPECT_EQ(codes_of("OrderResponse", "order_agreement", euro), "");
  EXPECT_EQ(codes_of("OrderResponse", "order_agreement", krona), "PEPPOL-T110-R004");
}

TEST(SyntaxRules, HaveAnIdOfThePublishedOnes) {
  for (const SyntaxRule& rule : syntax_rules()) {
    const std::array<std::string_view, 5> families = {"UBL-CR-", "UBL-SR-", "UBL-DT-", "BR-", "PEPPOL-"};
    EXPECT_TRUE(std::ranges::any_of(families, [&](auto name) { return rule.id.starts_with(name); }))
        << rule.id;
    EXPECT_FALSE(rule.statement.empty()) << rule.id;
  }
}

}  // namespace
}  // namespace purser::ubl::testing
