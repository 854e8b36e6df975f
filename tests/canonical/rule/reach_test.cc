// Every place a rule is judged for is reached by its cases: by one where it holds, and by one where it does
// not.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "canonical/event/events_only.h"
#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "canonical/rule/judge.h"
#include "canonical/rule/packs.h"
#include "tests/canonical/rule/cases.h"

namespace purser::rule::testing {
namespace {

/// "seller.endpoint.scheme | buyer.endpoint.scheme" is two places.
std::vector<std::string> places_of(const Rule& rule) {
  constexpr std::string_view bar = " | ";
  std::vector<std::string> places;
  std::string_view rest = rule.context;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = rest.find(bar);
    places.emplace_back(rest.substr(0, end));
    if (end != std::string_view::npos) rest.remove_prefix(end + bar.size());
  }
  return places;
}

/// The rules of a pack for a document, each as many as it has places, named "ID in PLACE".
class Split {
 public:
  /// With `asked`, each fails wherever it is judged.
  Split(const std::string& pack, bool asked) {
    for (const RuleFile& file : rule_files()) {
      if (file.pack != pack) continue;
      RuleFile split = file;
      split.rules.clear();
      for (const Rule& rule : file.rules) {
        for (std::string& place : places_of(rule)) {
          Rule one = rule;
          one.id += " in " + place;
          one.context = std::move(place);
          one.instead_of.clear();
          one.when.clear();
          if (rule.check != "true") names_.insert(one.id);
          if (asked) one.check = "1 = 2";
          split.rules.push_back(std::move(one));
        }
      }
      files_.push_back(std::move(split));
    }
  }
  [[nodiscard]] const std::set<std::string>& names() const { return names_; }

  /// Those that give a finding.
  std::set<std::string> failing(const nlohmann::ordered_json& document) {
    const auto type =
        find_document(std::string_view(document.at("document").get_ref<const std::string&>()))->type;
    auto [known, fresh] = programs_.try_emplace(type);
    if (fresh) {
      std::vector<const RuleFile*> files;
      for (const RuleFile& file : files_)
        if (file.document == type) files.push_back(&file);
      auto made = Program::compile(files, type);
      if (!made) throw std::logic_error(made.error());
      known->second = std::make_shared<const Program>(*std::move(made));
    }
    std::set<std::string> found;
    Judge judge(*known->second, [&](const Finding& finding) { found.insert(finding.code); });
    HeaderFirst ordered(judge);
    EventsOnly events(ordered);
    if (const auto read = read_json(document.dump(), events); !read)
      throw std::runtime_error(read.error().message);
    return found;
  }

 private:
  std::vector<RuleFile> files_;
  std::set<std::string> names_;
  std::map<DocumentType, std::shared_ptr<const Program>> programs_;
};

class RuleReach : public ::testing::TestWithParam<const char*> {};

TEST_P(RuleReach, EveryPlaceHoldsOnceAndFailsOnce) {
  const CaseTable table = read_cases(GetParam());
  Split asked(table.pack, true), judged(table.pack, false);
  std::set<std::string> holding, failing;
  const auto take = [&](const nlohmann::ordered_json& document) {
    const auto wrong = judged.failing(document);
    for (const std::string& name : asked.failing(document))
      (wrong.contains(name) ? failing : holding).insert(name);
  };
  for (const auto& [name, document] : table.variants) take(document);
  for (const Case& each : table.cases) take(each.document);
  for (const std::string& name : asked.names()) {
    EXPECT_TRUE(holding.contains(name)) << name << " never holds";
    EXPECT_TRUE(failing.contains(name)) << name << " never fails";
  }
}

INSTANTIATE_TEST_SUITE_P(Packs, RuleReach,
                         ::testing::Values("en16931.cases", "peppol.cases", "xrechnung.cases"),
                         [](const auto& which) {
                           std::string name = which.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace purser::rule::testing
