#include "tests/conformance/rules/official.h"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"
#include "canonical/rule/judge.h"
#include "canonical/rule/packs.h"
#include "connectors/cii/format.h"
#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::rule::testing {
namespace {

/// The document as a file of its own: declarations of namespaces that stand around it are put on its root.
std::string standalone(pugi::xml_node element) {
  for (auto around = element.parent(); around; around = around.parent()) {
    for (const auto& attribute : around.attributes()) {
      const std::string_view name = attribute.name();
      if (name.starts_with("xmlns:") && !element.attribute(attribute.name()))
        element.append_attribute(attribute.name()) = attribute.value();
    }
  }
  std::ostringstream out;
  element.print(out, "", pugi::format_raw);
  return out.str();
}

std::string trimmed(std::string text) {
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  while (!text.empty() && blank(text.back())) text.pop_back();
  text.erase(text.begin(), std::ranges::find_if_not(text, blank));
  return text;
}

void add(const std::string& name, pugi::xml_node set, std::vector<OfficialTest>& all) {
  int ordinal = 0;
  for (const auto& test : set.children("test")) {
    OfficialTest found;
    found.name = name + "#" + std::to_string(++ordinal);
    for (const auto& part : test.children()) {
      const std::string_view full = part.name();
      const auto local = full.substr(full.find(':') == std::string_view::npos ? 0 : full.find(':') + 1);
      if (local == "Invoice" || local == "CreditNote") found.text = standalone(part);
      if (local != "assert") continue;
      for (const auto& verdict : part.children()) {
        const std::string_view what = verdict.name();
        if (what == "success") found.holds.push_back(trimmed(verdict.text().get()));
        if (what == "error" || what == "fatal" || what == "warning")
          found.fails.push_back(trimmed(verdict.text().get()));
      }
    }
    all.push_back(std::move(found));
  }
}

}  // namespace

std::vector<OfficialTest> official_tests(const std::filesystem::path& corpus) {
  std::vector<OfficialTest> all;
  const auto folder = corpus / "ubl/en16931-rule-tests";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    pugi::xml_document file;
    if (!file.load_file(entry.path().c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) continue;
    add(std::filesystem::relative(entry.path(), folder).string(), file.child("testSet"), all);
  }
  std::ranges::sort(all, {}, &OfficialTest::name);
  return all;
}

static std::vector<Finding> judged_by(table::XmlTables& tables, const std::string& text,
                                      const std::vector<std::string>& packs) {
  sdk::Request request;
  request.settings = R"({"rules":["en16931"]})";
  const auto program = program_for(packs, DocumentType::invoice);
  const auto trial = table::testing::read_text(tables, text, request);
  std::vector<Finding> all = trial.document.report.findings();
  Judge judge(*program, [&](const Finding& finding) { all.push_back(finding); });
  HeaderFirst ordered(judge);
  (void)replay(trial.document.events.events(), ordered);
  return all;
}

std::vector<Finding> judged(const std::string& text, const std::vector<std::string>& packs) {
  static table::XmlTables tables(ubl::format());
  return judged_by(tables, text, packs);
}

std::vector<Finding> judged_cii(const std::string& text) {
  static table::XmlTables tables(cii::format());
  return judged_by(tables, text, {"en16931"});
}

}  // namespace purser::rule::testing
