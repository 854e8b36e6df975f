// The official rule tests of EN 16931, from the corpus.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "canonical/finding/finding.h"

namespace purser::rule::testing {

/// One test: a document, and what must be said of it.
struct OfficialTest {
  std::string name;                ///< file and ordinal
  std::string text;                ///< the document
  std::vector<std::string> holds;  ///< rules that must hold
  std::vector<std::string> fails;  ///< rules that must give a finding
};

/// All tests below the corpus's folder of rule tests, in order of their names.
std::vector<OfficialTest> official_tests(const std::filesystem::path& corpus);

/// What the connector and the packs find wrong with a UBL invoice or credit note.
std::vector<Finding> judged(const std::string& text, const std::vector<std::string>& packs);

/// The same of a CII invoice, by EN 16931.
std::vector<Finding> judged_cii(const std::string& text);

}  // namespace purser::rule::testing
