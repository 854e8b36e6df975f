// XML documents against the schemas and DTDs that the corpus has for them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
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

/// For each document whether it keeps to a schema or DTD; nothing where the corpus has none for its root, or
/// where xmllint is not installed. What is wrong with the others goes to `complaints`, unless null.
std::vector<std::optional<bool>> valid_texts(const std::filesystem::path& corpus,
                                             const std::vector<std::string>& texts,
                                             std::vector<std::string>* complaints);

}  // namespace purser::conformance
