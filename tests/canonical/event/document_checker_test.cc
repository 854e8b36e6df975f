#include "canonical/event/document_checker.h"

#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"

namespace purser {
namespace {

std::vector<std::string> findings(std::string_view json) {
  RecordedDocument document;
  EXPECT_TRUE(read_json(json, document));
  std::vector<std::string> out;
  DocumentChecker checker([&](const Finding& finding) { out.push_back(finding.code + " " + finding.path); });
  EXPECT_TRUE(checker.push(document.events.events()));
  return out;
}

TEST(DocumentChecker, FindsWhatIsMissingOrWrong) {
  EXPECT_EQ(
      findings(
          R"({"document":"invoice","number":"1","issue_date":"2026-11-20","buyer":{"name":"B"},"seller":{"name":"S"},
      "currency":"EUR"})"),
      std::vector<std::string>{});
  EXPECT_EQ(
      findings(
          R"({"document":"invoice","number":"1","issue_date":"2026-11-20","buyer":{"name":"B"},"seller":{},
      "currency":"EUR"})"),
      std::vector<std::string>{"MODEL-0001 seller"});
  EXPECT_EQ(
      findings(R"({"document":"invoice","number":" ","currency":"EURO","seller":{"address":{"country":"XX"},
      "identifiers":[{"id":"1"},{"scheme":"0088"}]},
      "lines":[{"number":"1"},{"note":[{"text":"a","subject":"QQQ"}],"item":{"classifications":[{}]}}]})"),
      (std::vector<std::string>{"MODEL-0004 number", "MODEL-0002 currency",
                                "MODEL-0002 seller.address.country", "MODEL-0001 seller.identifiers[2].id",
                                "MODEL-0003 lines[2].note[1].subject",
                                "MODEL-0001 lines[2].item.classifications[1].code",
                                "MODEL-0001 lines[2].number", "MODEL-0001 issue_date", "MODEL-0001 buyer"}));
}

}  // namespace
}  // namespace purser
