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
  ASSERT_NE(syntax_plan(both), nullptr);
  EXPECT_EQ(syntax_plan(both)->rules.size(), syntax_rules().size());
  EXPECT_LT(syntax_plan(one)->rules.size(), 20U);
  EXPECT_EQ(syntax_plan(one), syntax_plan(one));
  EXPECT_EQ(syntax_plan(none), nullptr);
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
