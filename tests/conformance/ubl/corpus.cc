#include "tests/conformance/ubl/corpus.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

/// A rule test holds several documents without file headers; each becomes one of its own.
void add_rule_tests(const std::string& name, const std::string& text, std::vector<CorpusDocument>& all) {
  pugi::xml_document file;
  if (!file.load_string(text.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) return;
  int ordinal = 0;
  for (const auto& test : file.child("testSet").children("test")) {
    for (const auto& element : test.children()) {
      const std::string_view full = element.name();
      const std::string root(full.substr(full.find(':') == std::string_view::npos ? 0 : full.find(':') + 1));
      if (root != "Invoice" && root != "CreditNote") continue;
      std::ostringstream out;
      element.print(out, "", pugi::format_raw);
      all.push_back({name + "#" + std::to_string(++ordinal), root, out.str()});
    }
  }
}

}  // namespace

std::vector<CorpusDocument> corpus_documents(const std::filesystem::path& corpus) {
  const table::XmlTables tables(format());
  std::vector<CorpusDocument> all;
  for (const char* folder :
       {"ubl/ph-ubl-testfiles", "ubl-cii/xrechnung-testsuite", "ubl/en16931-rule-tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus / folder)) {
      if (entry.path().extension() != ".xml") continue;
      const auto name = std::filesystem::relative(entry.path(), corpus).string();
      auto text = table::testing::file_text(entry.path());
      if (const auto* document = tables.detect(text).document) {
        all.push_back({name, std::string(document->root), std::move(text)});
      } else if (name.find("rule-tests") != std::string::npos) {
        add_rule_tests(name, text, all);
      }
    }
  }
  std::ranges::sort(all, {}, &CorpusDocument::name);
  return all;
}

}  // namespace purser::ubl::testing
