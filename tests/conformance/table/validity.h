// XML documents against the schemas and DTDs that the corpus has for them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace purser::conformance {

/// How many documents of a group have a schema, and how many of these keep to it.
struct Validity {
  std::size_t sources = 0;  ///< valid as they came
  std::size_t written = 0;  ///< of these: valid as we wrote them
};

/// A document as it came and as it was written.
struct Pair {
  std::string group;
  std::string source, written;
};

/// By group. Nothing in it for documents without a schema, or where xmllint is not installed.
std::map<std::string, Validity> judge(const std::filesystem::path& corpus, const std::vector<Pair>& pairs);

}  // namespace purser::conformance
