// The XRechnung test suite passes its pack, and EN 16931 below it. Skipped where the corpus is absent.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/conformance/rules/official.h"
#include "tests/conformance/ubl/corpus.h"

namespace purser::rule::testing {
namespace {

TEST(XRechnungSuite, HasNoFatalFinding) {
  const auto corpus = ubl::testing::corpus_folder();
  if (!corpus) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
  std::size_t seen = 0;
  for (const auto& document : ubl::testing::corpus_documents(*corpus)) {
    if (document.name.find("xrechnung-testsuite") == std::string::npos) continue;
    ++seen;
    for (const Finding& finding : judged(document.text, {"en16931", "xrechnung"})) {
      if (finding.severity < Severity::error) continue;
      ADD_FAILURE() << to_line(finding, document.name);
    }
  }
  std::cout << seen << " documents of the suite\n";
  EXPECT_GE(seen, 40u);
}

}  // namespace
}  // namespace purser::rule::testing
