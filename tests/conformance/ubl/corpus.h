// UBL documents that others wrote, from the corpus.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace purser::ubl::testing {

/// PURSER_CORPUS, or ../shared/corpus beside the project; nothing where neither is there.
std::optional<std::filesystem::path> corpus_folder();

struct CorpusDocument {
  std::string name;  ///< path below the corpus, and the ordinal of the document in a rule test
  std::string root;  ///< local name of the root element
  std::string text;
};

/// Every document of the seven types: the OASIS and BII samples, the XRechnung test suite, and those inside
/// the EN 16931 rule tests. In order of their names.
std::vector<CorpusDocument> corpus_documents(const std::filesystem::path& corpus);

/// Runs a program with its output and errors in `output`. Returns its exit code, -1 if it could not be
/// started.
int run(const std::vector<std::string>& command, const std::filesystem::path& output);

}  // namespace purser::ubl::testing
