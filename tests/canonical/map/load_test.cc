#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/map/call.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view good_rows =
    "b:ID number\nb:IssueDate issue_date\ngroup b:Seller seller\n  b:Name name\ngroup b:Buyer buyer\n  "
    "b:Name name\n";

/// The errors of an XML table that has these rows behind good ones; good rows end in line 7.
std::vector<std::string> errors_of(std::string_view rows) {
  return load_errors("map xml Invoice 1 <-> invoice\n" + std::string(good_rows) + std::string(rows),
                     {std::string(xml_layout)});
}

TEST(Load, AcceptsTheTablesOfTheTests) {
  EXPECT_THAT(load_errors(edi_table, {std::string(edi_layout)}), IsEmpty());
  EXPECT_THAT(load_errors(xml_table, {std::string(xml_layout)}), IsEmpty());
  EXPECT_THAT(errors_of(""), IsEmpty());
}

struct Wrong {
  std::string_view rows, error;
};

class LoadError : public ::testing::TestWithParam<Wrong> {};

TEST_P(LoadError, NamesThePlaceAndTheRightName) {
  EXPECT_THAT(errors_of(GetParam().rows), ElementsAre(std::string(GetParam().error)));
}

INSTANTIATE_TEST_SUITE_P(
    Xml, LoadError,
    ::testing::Values(
        Wrong{"b:Kinds kind\n", "8:1 MAP-0102 no element 'b:Kinds' in Invoice | 'b:Kind'"},
        Wrong{"b:Seller/b:EndpointID/@schemaID seller.endpoint.scheme\n",
              "8:23 MAP-0102 no attribute '@schemaID' in Identifier | '@schemeID'"},
        Wrong{"b:Seller seller.vat_id\n",
              "8:1 MAP-0102 'b:Seller' has no text of its own | a child, one of: b:EndpointID, b:PartyID, "
              "b:Name, b:TaxScheme"},
        Wrong{"b:Kind kinds\n", "8:8 MAP-0103 no canonical field 'kinds' in invoice | 'kind'"},
        Wrong{"b:Kind kind.code\n", "8:13 MAP-0103 'kind' is one value, it has no 'code' | nothing"},
        Wrong{"b:Kind -> seller\n",
              "8:11 MAP-0104 'seller' is a group | a field of it, one of: name, trading_name, identifiers, "
              "endpoint, legal_id, vat_id, tax_id, legal_form, address, contact, other_contacts, "
              "other_tax_ids, references, role, website, language, ..."},
        Wrong{"b:Kind -> issue_date decimal\n",
              "8:22 MAP-0104 'decimal' does not fit 'issue_date', which is date | date"},
        Wrong{"b:Kind kind decimall\n", "8:13 MAP-0104 no conversion 'decimall' | 'decimal'"},
        Wrong{"b:Kind kind codes kinds\n", "8:19 MAP-0111 no codes 'kinds' | nothing"},
        Wrong{"b:Kind kind code iso42\n",
              "8:18 MAP-0108 no code list 'iso42' | a key of canonical/spec/lists"},
        Wrong{"b:Period/b:Start -> issue_date date yyyy.qq\n",
              "8:37 MAP-0104 'yyyy.qq' is not a form of a date or time | yyyy or yy, MM, dd, HH, mm, ss and "
              "signs: dd.MM.yyyy"},
        Wrong{"b:Kind number\n",
              "8:8 MAP-0106 'number' is written by test.map:2, too | -> in one of the two rows, so that only "
              "the other writes"},
        Wrong{"each b:Period period\n", "8:15 MAP-0104 'period' is not a list | `group SOURCE period`"},
        Wrong{"group b:Note note\n", "8:14 MAP-0112 'note' is a list | `each SOURCE note`"},
        Wrong{"group b:Period period use times\n", "8:27 MAP-0111 no block 'times' | nothing"},
        Wrong{"block times\n  b:Start start_date\n",
              "8:1 MAP-0107 block 'times' is not used | a row that uses it, or none of it"},
        Wrong{"b:Kind[ kind\n", "8:13 MAP-0101 a '[' without its ']' | ']'"},
        Wrong{"b:Allowance[b:Indikator=true]/b:Reason -> kind\n",
              "8:13 MAP-0102 no element 'b:Indikator' in Allowance | 'b:Indicator'"},
        Wrong{"b:Kind \"380\"\n",
              "8:8 MAP-0101 a constant as the target of a row that reads | `<-` before it"},
        Wrong{"   b:Kind kind\n",
              "8:4 MAP-0101 indented by 3 blanks | two blanks for each level, 20 levels at most"},
        Wrong{"b:Kind kind \"380\n", "8:13 MAP-0101 a quote that is not closed | '\"' before the line ends"},
        Wrong{"each b:Line lines\n  b:Name item.name\n",
              "8:1 MAP-0105 no row fills 'number', which invoice_line must have | a row with target "
              "'number', or `. -> number default \"...\"`"},
        Wrong{"b:Total totals.payable decimal with @currency = /currency\n",
              "8:32 MAP-0102 no attribute '@currency' in Amount | '@currencyID'"}));

TEST(Load, FindsAllErrorsOfATableAtOnce) {
  EXPECT_THAT(errors_of("b:Kinds kind\nb:Note -> notes\nb:Currency currency codes x\n").size(), 3U);
}

TEST(Load, NeedsItsLayoutAndItsDocument) {
  EXPECT_THAT(load_errors("map xml Invoise 1 <-> invoice\n", {std::string(xml_layout)}),
              ElementsAre("1:1 MAP-0110 no layout for 'Invoise 1' | a file that starts with `layout xml`"));
  EXPECT_THAT(load_errors("map xml Invoice 1 <-> invoise\n", {std::string(xml_layout)}),
              ElementsAre("1:1 MAP-0103 no document 'invoise' in the model | 'invoice'"));
  EXPECT_THAT(load_errors("", {}), ElementsAre("1:1 MAP-0101 the file does not begin with its `map` line | "
                                               "`map SYNTAX MESSAGE VERSION <-> DOCUMENT`"));
}

TEST(Load, NamesPlacesOfEdifact) {
  const auto errors = [](std::string_view row) {
    auto all = load_errors("map edifact INVOIC D96A -> invoice\n" + std::string(row) + "\n",
                           {std::string(edi_layout)});
    std::erase_if(all, [](const std::string& error) { return error.find("MAP-0105") != std::string::npos; });
    return all;
  };
  EXPECT_THAT(errors("NAM.3035 number"), ElementsAre("2:1 MAP-0102 no segment 'NAM' in this node | 'NAD'"));
  EXPECT_THAT(errors("NAD.C083.3039 number"),
              ElementsAre("2:5 MAP-0102 no composite 'C083' in NAD | 'C082'"));
  EXPECT_THAT(errors("FTX.4440 number"),
              ElementsAre("2:5 MAP-0114 element 4440 stands in several places | C107.4440 or C108.4440"));
  EXPECT_THAT(errors("MOA@2[5025=9].5004 -> totals.net"),
              ElementsAre("2:1 MAP-0102 MOA has 1 place(s) here, not 2 | @1 to @1"));
  EXPECT_THAT(errors("RFF[1153=ON].1154 number required"), IsEmpty());
}

TEST(Load, WantsSomethingWrittenThatStandsIn) {
  const std::string expected =
      "2:1 MAP-0101 `stand_in` where nothing is written that could stand in | a literal or `default`";
  for (const std::string_view row : {"b:ID number stand_in", "b:ID -> number default \"1\" stand_in"}) {
    auto all =
        load_errors("map xml Invoice 1 <-> invoice\n" + std::string(row) + "\n", {std::string(xml_layout)});
    std::erase_if(all, [](const std::string& error) { return error.find("MAP-0105") != std::string::npos; });
    EXPECT_THAT(all, ElementsAre(expected)) << row;
  }
}

TEST(Load, TellsDeviationsThatFindNoRow) {
  EXPECT_THAT(load_errors(edi_table, {std::string(edi_layout)},
                          {"overlay a for edifact INVOIC D96A\ndeviation \"x\"\n  remove BGM.1005\n"}),
              ElementsAre("3:10 MAP-0113 no row reads 'BGM.1005' | 'BGM.1004'"));
  EXPECT_THAT(
      load_errors(edi_table, {std::string(edi_layout)}, {"overlay a for edifact ORDERS D96A\n"}),
      ElementsAre("1:1 MAP-0101 not an overlay for this table | `overlay PARTNER for edifact INVOIC D96A`"));
}

TEST(Load, PassesOverAPartnersOverlayForAnotherTable) {
  const TableFile layout{"toy.layout", edi_layout};
  const TableFile main{"invoic.map", edi_table};
  const TableFile library[] = {
      layout, main, {"orders.map", "map edifact ORDERS D96A <-> purchase_order\nBGM.1004 number\n"}};
  const TableFile for_orders[] = {
      {"a.overlay", "overlay a for edifact ORDERS D96A\ndeviation \"x\"\n  remove BGM.1004\n"}};
  EXPECT_TRUE(Program::load(main, library, for_orders, CallTable()));
  const TableFile for_nothing[] = {{"a.overlay", "overlay a for edifact ORDRES D96A\n"}};
  EXPECT_FALSE(Program::load(main, library, for_nothing, CallTable()));
}

TEST(Load, SharesBlocksOfACommonTable) {
  const std::string common =
      "# name: shared.map\nmap xml common\nblock named\n  b:Name name\nblock idle\n  b:Name name\neverywhere "
      "@lang -> ignore \"known\"\n";
  const auto program = load(
      "map xml Invoice 1 <-> invoice\nuse shared\nb:ID number\nb:IssueDate issue_date\ngroup b:Seller seller "
      "use named\n"
      "group b:Buyer buyer\n  rows named\n",
      {std::string(xml_layout), common});
  ASSERT_NE(program, nullptr);
  EXPECT_EQ(program->tables().size(), 3U);  // the library's two, then the table itself
  LineSink sink;
  Decoder decoder(*program, sink);
  ASSERT_TRUE(play_xml(
      "<Invoice><b:Note lang=\"de\">x</b:Note><b:Buyer><b:Name>B</b:Name></b:Buyer></Invoice>", decoder));
  ASSERT_TRUE(decoder.finish({}));
  EXPECT_EQ(sink.text(), "buyer.name=B\n");
  EXPECT_EQ(sink.positions[0].table, 2);
  EXPECT_EQ(sink.positions[0].row, 4);
  EXPECT_EQ(sink.loss_text(), "/Invoice/b:Note=x\n");
}

}  // namespace
}  // namespace purser::map::testing
