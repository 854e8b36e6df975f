#include "tests/conformance/table/validity.h"

#include <fstream>
#include <set>

#include "tests/conformance/support/corpus.h"

namespace purser::conformance {
namespace {

namespace fs = std::filesystem;

/// The local name of the root element; good enough for documents that a reader has accepted.
std::string root_of(const std::string& xml) {
  for (auto at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    if (at + 1 >= xml.size() || xml[at + 1] == '?' || xml[at + 1] == '!') continue;
    const auto end = xml.find_first_of(" \t\r\n/>", at);
    const auto name = xml.substr(at + 1, end - at - 1);
    return name.substr(name.find(':') == std::string::npos ? 0 : name.find(':') + 1);
  }
  return {};
}

/// The schemas a root may keep to, the strictest first; empty where the corpus has none.
std::vector<fs::path> schemas(const fs::path& corpus, const std::string& root) {
  if (root == "CrossIndustryInvoice")
    return {corpus / "cii/en16931/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd"};
  if (root == "cXML")
    return {corpus / "cxml/cxml-php/dtd/1.2.063/cXML.dtd", corpus / "cxml/cxml-php/dtd/1.2.063/Fulfill.dtd"};
  std::vector<fs::path> found;
  for (const char* version : {"2.1", "2.3", "2.4"}) {
    const auto file =
        corpus / "ubl/ubl-xsd-assembled" / version / "maindoc" / ("UBL-" + root + "-" + version + ".xsd");
    if (fs::exists(file)) found.push_back(file);
  }
  return found;
}

/// Those of the files that keep to one of the schemas.
std::set<fs::path> valid(const std::vector<fs::path>& by, const std::vector<fs::path>& files) {
  std::set<fs::path> good;
  for (const auto& schema : by) {
    std::vector<fs::path> left;
    for (const auto& file : files) {
      if (!good.contains(file)) left.push_back(file);
    }
    if (const auto found = valid_files(schema, left, nullptr)) good.insert(found->begin(), found->end());
  }
  return good;
}

fs::path store(const fs::path& folder, const char* kind, std::size_t number, const std::string& text) {
  auto path = folder / (std::string(kind) + std::to_string(number) + ".xml");
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

}  // namespace

std::map<std::string, Validity> judge(const fs::path& corpus, const std::vector<Pair>& pairs) {
  const WorkFolder work("conformance");
  std::map<std::string, std::vector<std::size_t>> by_root;
  for (std::size_t i = 0; i < pairs.size(); ++i) by_root[root_of(pairs[i].source)].push_back(i);
  std::map<std::string, Validity> all;
  for (const auto& [root, members] : by_root) {
    const auto by = schemas(corpus, root);
    if (by.empty()) continue;
    std::vector<fs::path> sources, written;
    for (const std::size_t i : members) {
      sources.push_back(store(work.path(), "source", i, pairs[i].source));
      written.push_back(store(work.path(), "written", i, pairs[i].written));
    }
    const auto good_sources = valid(by, sources), good_written = valid(by, written);
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (!good_sources.contains(sources[i])) continue;
      Validity& group = all[pairs[members[i]].group];
      ++group.sources;
      group.written += good_written.contains(written[i]) ? 1 : 0;
    }
  }
  return all;
}

}  // namespace purser::conformance
