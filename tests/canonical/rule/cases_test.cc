// Every rule of every pack, where it holds and where it does not.
#include "tests/canonical/rule/cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "canonical/rule/packs.h"

namespace purser::rule::testing {
namespace {

class RuleCases : public ::testing::TestWithParam<const char*> {};

bool among(const std::vector<std::string>& codes, const std::string& rule) {
  return std::ranges::find(codes, rule) != codes.end();
}

std::string joined(const std::vector<std::string>& codes) {
  std::string all;
  for (const auto& code : codes) all += code + " ";
  return all;
}

TEST_P(RuleCases, GoodDocumentsHoldInFull) {
  const CaseTable table = read_cases(GetParam());
  for (const auto& [name, document] : table.variants)
    EXPECT_EQ(joined(findings_of(document, table.pack)), "") << "variant " << name;
}

TEST_P(RuleCases, RulesHoldAndFailAsTheTableSays) {
  const CaseTable table = read_cases(GetParam());
  for (const Case& each : table.cases) {
    nlohmann::ordered_json document = each.document;
    const auto first = findings_of(document, table.pack);
    EXPECT_EQ(among(first, each.rule), each.verdict != Verdict::holds)
        << each.line << ": " << each.text << "\n"
        << joined(first);
    if (!document.contains("kind") || document["kind"] != "380") continue;
    document["kind"] = "381";  // the same as a credit note
    const auto second = findings_of(document, table.pack);
    EXPECT_EQ(among(second, each.rule), each.verdict == Verdict::fails)
        << each.line << " as credit note: " << each.text;
  }
}

TEST_P(RuleCases, EveryRuleHasOne) {
  const CaseTable table = read_cases(GetParam());
  std::set<std::string> failing;
  for (const Case& each : table.cases) {
    EXPECT_NE(find_rule(each.rule), nullptr) << each.rule << " has a case and is not declared";
    if (each.verdict != Verdict::holds) failing.insert(each.rule);
  }
  for (const RuleFile& file : rule_files()) {
    if (file.pack != table.pack) continue;
    for (const Rule& rule : file.rules) {
      if (rule.check == "true") continue;  // declared so: no program can judge it
      EXPECT_TRUE(failing.contains(rule.id)) << rule.id << " has no case where it fails";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, RuleCases,
                         ::testing::Values("en16931.cases", "peppol.cases", "xrechnung.cases"),
                         [](const auto& which) {
                           std::string name = which.param;
                           return name.substr(0, name.find('.'));
                         });

TEST(Packs, EveryPackIsCompiled) {
  for (const Pack& pack : packs()) {
    bool any = false;
    for (const DocumentDescriptor& document : documents()) {
      const std::vector<std::string> wanted = {std::string(pack.name)};
      any = program_for(wanted, document.type) != nullptr || any;
    }
    EXPECT_TRUE(any) << pack.name << " has no rules";
  }
}

}  // namespace
}  // namespace purser::rule::testing
