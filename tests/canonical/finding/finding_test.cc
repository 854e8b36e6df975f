#include "canonical/finding/finding.h"

#include <gtest/gtest.h>

#include "canonical/finding/loss.h"

namespace purser {
namespace {

TEST(Report, CountsWhatItDoesNotKeep) {
  Report report;
  EXPECT_TRUE(report.empty());
  EXPECT_FALSE(report.has(Severity::info));
  for (std::size_t i = 0; i < Report::max_findings + 5; ++i) {
    Finding finding;
    finding.severity = i == Report::max_findings + 4 ? Severity::fatal : Severity::warning;
    report.add(finding);
  }
  EXPECT_TRUE(report.full());
  EXPECT_EQ(report.findings().size(), Report::max_findings);
  EXPECT_EQ(report.dropped(), 5U);
  EXPECT_TRUE(report.has(Severity::fatal)) << "the worst counts even when it is dropped";
}

TEST(LossReport, CountsWhatItDoesNotKeep) {
  LossReport report;
  for (std::size_t i = 0; i < LossReport::max_losses + 3; ++i) report.add({});
  EXPECT_EQ(report.losses().size(), LossReport::max_losses);
  EXPECT_EQ(report.dropped(), 3U);
}

TEST(Finding, IsShownOnOneLine) {
  Finding finding = make_finding("JSON-0002", {.line = 12, .column = 5}, "'invoice' has no field 'nmber'");
  finding.expected = "perhaps 'number'";
  finding.remedy = "Correct the name";
  finding.path = "lines[3]";
  EXPECT_EQ(to_line(finding, "in.json"),
            "in.json:12:5: error JSON-0002: 'invoice' has no field 'nmber' [lines[3]] (expected perhaps "
            "'number'; Correct "
            "the name)");
  finding.at = {.segment = 7};
  finding.source = "NAD.3035";
  finding.expected.clear();
  finding.remedy.clear();
  EXPECT_EQ(to_line(finding, "in.edi"),
            "in.edi:segment 7: error JSON-0002: NAD.3035: 'invoice' has no field 'nmber' [lines[3]]");
}

TEST(Finding, ValuesAreCutAtACharacter) {
  EXPECT_EQ(shown("short"), "short");
  std::string text(Finding::max_value_shown - 1, 'x');
  EXPECT_EQ(shown(text + "\xC3\xA9 and more"), text + "…");
  EXPECT_EQ(shown(std::string(500, '\x80')), "…");
}

TEST(Catalogue, IsFoundByCode) {
  const CatalogueEntry* entry = find_catalogue_entry("MODEL-0001");
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->severity, Severity::error);
  EXPECT_EQ(find_catalogue_entry("MODEL-9999"), nullptr);
  EXPECT_EQ(find_catalogue_entry(""), nullptr);
  EXPECT_EQ(make_finding("MODEL-0001", {}, "x").remedy, entry->remedy);
}

TEST(Report, TellsOneFaultOnce) {
  const auto at = [](std::uint16_t component) {
    Position place;
    place.line = 4;
    place.segment = 4;
    place.element = 5;
    place.component = component;
    return place;
  };
  Report report;
  report.add(make_finding("MAP-0024", at(0), "\"20261318\""));
  Finding unfit = make_finding("MAP-0002", at(1), "'20261318' does not fit 'issue_date'");
  unfit.path = "issue_date";
  report.add(unfit);
  Finding missing = make_finding("MODEL-0001", at(0), "'issue_date' has no value");
  missing.path = "issue_date";
  report.add(missing);
  ASSERT_EQ(report.findings().size(), 1u);
  EXPECT_EQ(report.findings()[0].code, "MAP-0024");
  EXPECT_EQ(report.findings()[0].severity, Severity::error);
  EXPECT_EQ(report.findings()[0].path, "issue_date");
  missing.path = "number";
  report.add(missing);
  EXPECT_EQ(report.findings().size(), 2u);
}

}  // namespace
}  // namespace purser
