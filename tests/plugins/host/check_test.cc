// The contract checker: silent about a good connector, clear about a bad one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/host/harness.h"

namespace purser::plugin::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string all_of(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings()) text += to_line(finding, "") + "\n";
  return text;
}

ContractCheck of(const std::string& name, std::vector<NamedText> samples) {
  ContractCheck check;
  check.config = config_for(name, Isolation::worker);
  check.samples = std::move(samples);
  return check;
}

TEST(CheckTest, FindsNothingWrongWithAGoodConnector) {
  ContractCheck check = of("lines", {{"order.txt", "order 4711\nline 1 12.50\nend\n"}});
  check.threads = true;
  EXPECT_EQ(all_of(check_connector(check)), "");
  EXPECT_EQ(all_of(check_connector(library("lines"))), "");
}

TEST(CheckTest, SaysWhyALibraryIsNoConnector) {
  EXPECT_THAT(all_of(check_connector(library("short_table"))), HasSubstr("HOST-0006"));
  EXPECT_THAT(all_of(check_connector(library("bad_description"))), HasSubstr("HOST-0007"));
}

TEST(CheckTest, FindsWhatGoesWrongInUse) {
  EXPECT_THAT(all_of(check_connector(library("crashes"))), HasSubstr("HOST-CRASH"));
  EXPECT_THAT(all_of(check_connector(library("silent"))), HasSubstr("HOST-0012"));
  const std::string lies = all_of(check_connector(of("lies", {{"wrong", "nesting"}, {"bare", "none"}})));
  EXPECT_THAT(lies, HasSubstr("wrong cannot be read: MODEL-01"));
  EXPECT_THAT(lies, HasSubstr("bare: field 1 has no position"));
  EXPECT_THAT(lies, HasSubstr("detect does not know sample"));
  EXPECT_THAT(all_of(check_connector(of("lines", {{"empty", "now\n"}}))), HasSubstr("gives no document"));
}

TEST(CheckTest, FailsWhereATableOfItsOwnDoesNotCompile) {
  const Report report = check_connector(library("bad_table"));
  ASSERT_FALSE(report.empty());
  const Finding& first = report.findings().front();
  EXPECT_EQ(first.code, "MAP-0103");
  EXPECT_EQ(first.source, "bad.map");
  EXPECT_EQ(first.at.line, 2U);
  EXPECT_EQ(first.at.column, 9U);
  EXPECT_THAT(all_of(report), Not(HasSubstr("good.map")));
}

}  // namespace
}  // namespace purser::plugin::test
