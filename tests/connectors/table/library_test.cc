#include "connectors/table/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purser::table {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view stock = "map delimited stock <-> receipt\n\"No\"  number\n\"Date\"  issue_date\n";
constexpr std::string_view stock_changed =
    "# ours\nmap delimited stock -> receipt   # read only\n\"Number\"  number\n\"Date\"  issue_date\n";
constexpr std::string_view nameless =
    "map delimited nameless -> receipt\n\"No\"  number\n\"Date\"  issue_date\n";
constexpr std::string_view number_overlay =
    "overlay acme for delimited stock\ndeviation \"other heading\"\n  replace \"No\" with \"Nr\"\n";

const sdk::EmbeddedFile embedded[] = {{"tables/stock.map", stock},
                                      {"tables/common.map", "map delimited common\n"}};

TEST(Library, KnowsTablesByTheirFirstStatement) {
  const Library library({}, embedded);
  ASSERT_EQ(library.heads().size(), 1u);
  const Head& head = library.heads().front();
  EXPECT_EQ(head.syntax, "delimited");
  EXPECT_EQ(head.message, "stock");
  EXPECT_EQ(head.version, "");
  EXPECT_EQ(head.document, "receipt");
  EXPECT_TRUE(head.reads && head.writes && !head.configured);
}

TEST(Library, TakesAConfiguredTableBeforeItsOwn) {
  Library library({{"acme/stock.map", stock_changed}, {"acme/nameless.map", nameless}}, embedded);
  ASSERT_EQ(library.heads().size(), 2u);
  EXPECT_TRUE(library.check().empty());
  const auto program = library.find("stock", "");
  ASSERT_TRUE(program);
  EXPECT_FALSE((*program)->writes());
  EXPECT_EQ(library.find_head("nameless")->version, "");
  EXPECT_EQ(library.writer_of(DocumentType::receipt), nullptr) << "both only read";
}

TEST(Library, WritesByItsOwnTableRatherThanByAConfiguredOne) {
  const Library library(
      {{"other.map", "map delimited other <-> receipt\n\"No\"  number\n\"Date\"  issue_date\n"}}, embedded);
  ASSERT_NE(library.writer_of(DocumentType::receipt), nullptr);
  EXPECT_EQ(library.writer_of(DocumentType::receipt)->message, "stock");
  EXPECT_EQ(library.writer_of(DocumentType::invoice), nullptr);
}

TEST(Library, LaysOverlaysOverATable) {
  Library library({{"acme.overlay", number_overlay}}, embedded);
  const std::vector<std::string> acme = {"acme"};
  const auto changed = library.find("stock", "", acme);
  ASSERT_TRUE(changed);
  EXPECT_EQ((*changed)->delimited().columns[0], "Nr");
  EXPECT_EQ((*library.find("stock", ""))->delimited().columns[0], "No");
}

TEST(Library, SaysWhatIsNotThere) {
  Library library({}, embedded);
  const std::vector<std::string> acme = {"acme"};
  EXPECT_EQ(library.find("stock", "", acme).error().findings()[0].code, "TABLE-0001");
  EXPECT_EQ(library.find("stock", "2").error().findings()[0].code, "TABLE-0002");
}

TEST(Library, ChecksWhatTheConfigurationBrings) {
  Library library(
      {{"one.map", stock}, {"two.map", stock}, {"bad.map", "map delimited bad <-> receipt\n\"No\"  nmber\n"}},
      embedded);
  const Report report = library.check();
  ASSERT_GE(report.findings().size(), 2u);
  EXPECT_EQ(report.findings()[0].code, "TABLE-0003");
  EXPECT_THAT(report.findings()[0].message, HasSubstr("two.map"));
  EXPECT_EQ(report.findings()[1].source, "bad.map");
}

}  // namespace
}  // namespace purser::table
