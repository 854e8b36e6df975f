// Every row of the syntax rules, on documents made from the row: one that keeps to it, others that do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"
#include "tests/connectors/ubl/syntax_sample.h"

namespace purser::ubl::testing {
namespace {

/// Does the row itself, and not another one of its id, give a finding?
bool fails(const SyntaxRule& rule, const std::string& document) {
  static table::XmlTables tables(format());
  sdk::Request request;
  request.settings = R"({"rules":["en16931"]})";
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

TEST(SyntaxRules, HaveAnIdOfThePublishedOnes) {
  for (const SyntaxRule& rule : syntax_rules()) {
    const std::array<std::string_view, 4> families = {"UBL-CR-", "UBL-SR-", "UBL-DT-", "BR-"};
    EXPECT_TRUE(std::ranges::any_of(families, [&](auto name) { return rule.id.starts_with(name); }))
        << rule.id;
    EXPECT_FALSE(rule.statement.empty()) << rule.id;
  }
}

}  // namespace
}  // namespace purser::ubl::testing
