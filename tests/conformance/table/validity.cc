#include "tests/conformance/table/validity.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

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

/// The schemas a document may keep to, the strictest first; empty where the corpus has none. A cXML document
/// names the DTD that declares its message.
std::vector<fs::path> schemas(const fs::path& corpus, const std::string& xml) {
  const std::string root = root_of(xml);
  if (root == "CrossIndustryInvoice")
    return {corpus / "cii/en16931/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd"};
  if (root == "cXML") {
    const std::string prolog = xml.substr(0, xml.find("<cXML"));
    if (prolog.find("/InvoiceDetail.dtd") != std::string::npos)
      return {corpus / "cxml/cxml-officeluv/1.2.037-InvoiceDetail.dtd"};
    if (prolog.find("/PaymentRemittance.dtd") != std::string::npos) return {};
    return {corpus / "cxml/cxml-php/dtd/1.2.063/cXML.dtd", corpus / "cxml/cxml-php/dtd/1.2.063/Fulfill.dtd"};
  }
  std::vector<fs::path> found;
  for (const char* version : {"2.1", "2.3", "2.4"}) {
    const auto file =
        corpus / "ubl/ubl-xsd-assembled" / version / "maindoc" / ("UBL-" + root + "-" + version + ".xsd");
    if (fs::exists(file)) found.push_back(file);
  }
  return found;
}

fs::path store(const fs::path& folder, std::size_t number, const std::string& text) {
  auto path = folder / (std::to_string(number) + ".xml");
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

/// What xmllint says of one file by the most generous schema.
std::string complaint(const fs::path& schema, const fs::path& file) {
  const auto output = file.parent_path() / "complaint.txt";
  const bool dtd = schema.extension() == ".dtd";
  run({"xmllint", "--nonet", "--noout", dtd ? "--dtdvalid" : "--schema", schema.string(), file.string()},
      output);
  std::ifstream lines(output);
  std::string line;
  while (std::getline(lines, line) && line.find("validity error") == std::string::npos) {
  }
  return line.substr(std::min(line.size(), file.string().size() + 1));
}

}  // namespace

std::vector<std::optional<bool>> valid_texts(const fs::path& corpus, const std::vector<std::string>& texts,
                                             std::vector<std::string>* complaints) {
  const WorkFolder work("conformance");
  std::map<std::vector<fs::path>, std::vector<std::size_t>> by_schemas;
  for (std::size_t i = 0; i < texts.size(); ++i) by_schemas[schemas(corpus, texts[i])].push_back(i);
  std::vector<std::optional<bool>> verdicts(texts.size());
  if (complaints != nullptr) complaints->resize(texts.size());
  for (const auto& [by, members] : by_schemas) {
    std::vector<std::pair<std::size_t, fs::path>> left;
    for (const std::size_t i : members) left.emplace_back(i, store(work.path(), i, texts[i]));
    for (const auto& schema : by) {
      std::vector<fs::path> files;
      for (const auto& each : left) files.push_back(each.second);
      const auto good = valid_files(schema, files, nullptr);
      if (!good) return std::vector<std::optional<bool>>(texts.size());  // no xmllint
      std::erase_if(left, [&](const auto& each) {
        if (good->contains(each.second)) verdicts[each.first] = true;
        return good->contains(each.second);
      });
    }
    for (const auto& [i, file] : left) {
      if (!by.empty()) verdicts[i] = false;
      if (!by.empty() && complaints != nullptr) (*complaints)[i] = complaint(by.back(), file);
    }
  }
  return verdicts;
}

std::map<std::string, Validity> judge(const fs::path& corpus, const std::vector<Pair>& pairs) {
  std::vector<std::string> sources, written;
  for (const Pair& pair : pairs) {
    sources.push_back(pair.source);
    written.push_back(pair.written);
  }
  const auto before = valid_texts(corpus, sources, nullptr), after = valid_texts(corpus, written, nullptr);
  std::map<std::string, Validity> all;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!before[i].value_or(false)) continue;
    Validity& group = all[pairs[i].group];
    ++group.sources;
    group.written += after[i].value_or(false) ? 1 : 0;
  }
  return all;
}

}  // namespace purser::conformance
