// Same rule, same verdict as the official tests of EN 16931. Skipped where the corpus is absent.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/conformance/rules/official.h"
#include "tests/conformance/ubl/corpus.h"

namespace purser::rule::testing {
namespace {

bool among(const std::vector<Finding>& findings, const std::string& rule) {
  return std::ranges::find(findings, rule, &Finding::code) != findings.end();
}

TEST(OfficialRuleTests, Agree) {
  const auto corpus = ubl::testing::corpus_folder();
  if (!corpus) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
  const auto tests = official_tests(*corpus);
  ASSERT_GT(tests.size(), 100u);
  std::size_t agreed = 0;
  for (const OfficialTest& test : tests) {
    const auto codes = judged(test.text, {"en16931"});
    bool good = !test.holds.empty() || !test.fails.empty();
    for (const auto& rule : test.holds) {
      if (!among(codes, rule)) continue;
      good = false;
      ADD_FAILURE() << test.name << ": " << rule << " must hold, and gives a finding\n" << test.text;
    }
    for (const auto& rule : test.fails) {
      if (among(codes, rule)) continue;
      good = false;
      ADD_FAILURE() << test.name << ": " << rule << " must give a finding, and gives none\n" << test.text;
    }
    agreed += good ? 1 : 0;
  }
  std::cout << agreed << " of " << tests.size() << " official tests agree\n";
  EXPECT_EQ(agreed, tests.size());
}

}  // namespace
}  // namespace purser::rule::testing
