// UBL documents that others wrote, from the corpus.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/conformance/support/corpus.h"

namespace purser::ubl::testing {

using conformance::run;

/// The corpus; nothing where it is absent.
inline std::optional<std::filesystem::path> corpus_folder() { return conformance::corpus_folder("ubl"); }

struct CorpusDocument {
  std::string name;  ///< path below the corpus, and the ordinal of the document in a rule test
  std::string root;  ///< local name of the root element
  std::string text;
};

/// Every document of the seven types: the OASIS and BII samples, the XRechnung test suite, and those inside
/// the EN 16931 rule tests. In order of their names.
std::vector<CorpusDocument> corpus_documents(const std::filesystem::path& corpus);

}  // namespace purser::ubl::testing
