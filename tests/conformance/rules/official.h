// The official rule tests of EN 16931, from the corpus.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

/// The rules that give a finding for a UBL document, by the connector and the packs.
std::vector<std::string> findings_of(const std::string& text, const std::vector<std::string>& packs);

}  // namespace purser::rule::testing
