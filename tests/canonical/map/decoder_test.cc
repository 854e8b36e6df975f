#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

LineSink decode(const Program& program, std::string_view text) {
  LineSink sink;
  Decoder decoder(program, sink);
  EXPECT_TRUE(play(program, text, decoder));
  EXPECT_TRUE(decoder.finish({}));
  return sink;
}

LineSink decode_edi(std::string_view text) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  return program == nullptr ? LineSink() : decode(*program, text);
}

constexpr std::string_view edi_invoice =
    "UNH+1'BGM+380+R-17'DTM+137:20261120:102'DTM+35:20261119:102'FTX+AAI++thank:you:much'"
    "RFF+ON:PO-9'NAD+SE+4711+ACME:ACME Ltd'RFF+VA:DE123'NAD+BY+0815+Buyer'CUX+2:EUR'"
    "LIN+1'PIA+5+X1:SA'QTY+47:10'MOA+203:100.00:EUR'LIN+2'QTY+47:2,5'MOA+203:5'UNS+S'MOA+77:105.00'UNT+17+1'";

LineSink decode_xml(std::string_view text) {
  const auto program = load(xml_table, {std::string(xml_layout)});
  return program == nullptr ? LineSink() : decode(*program, text);
}

constexpr std::string_view xml_head = "<Invoice><b:ID>R1</b:ID><b:IssueDate>2026-11-20</b:IssueDate>";
constexpr std::string_view xml_parties =
    "<b:Seller><b:Name>S</b:Name></b:Seller><b:Buyer><b:Name>B</b:Name></b:Buyer>";
constexpr std::string_view xml_line = "<b:Line><b:ID>1</b:ID><b:Name>N</b:Name></b:Line>";

/// A document with something between its parts.
std::string xml_with(std::string_view after_head, std::string_view before_lines = {},
                     std::string_view lines = xml_line) {
  return std::string(xml_head) + std::string(after_head) + std::string(xml_parties) +
         std::string(before_lines) + std::string(lines) + "</Invoice>";
}

bool has_line(const LineSink& sink, std::string_view line) {
  return std::find(sink.lines.begin(), sink.lines.end(), line) != sink.lines.end();
}

TEST(Decoder, ReadsXmlWithBlocksPredicatesAndNesting) {
  const LineSink sink = decode_xml(xml_with(
      "<b:Note "
      "lang=\"de\">eins</b:Note><b:Note>zwei</b:Note><b:Currency>EUR</b:Currency><b:Signature><b:ID>x</"
      "b:ID></b:Signature>",
      "<b:Allowance><b:Amount currencyID=\"EUR\">1.00</b:Amount><b:Indicator>true</b:Indicator></b:Allowance>"
      "<b:TaxTotal><b:TaxAmount currencyID=\"USD\">9</b:TaxAmount></b:TaxTotal>"
      "<b:TaxTotal><b:TaxAmount currencyID=\"EUR\">7</b:TaxAmount></b:TaxTotal>",
      "<b:Line><b:ID>1</b:ID><b:Quantity unitCode=\"C62\">2</b:Quantity><b:Text>a</b:Text><b:Text>b</b:Text>"
      "<b:SubLine><b:ID>1.1</b:ID><b:SubLine><b:ID>1.1.1</b:ID></b:SubLine></b:SubLine></b:Line>"));
  EXPECT_EQ(sink.text(),
            "number=R1\nissue_date=2026-11-20\nkind=380\ncurrency=EUR\nnote.text=eins\nnote.language="
            "de\nnote.text=zwei\n"
            "buyer.name=B\nseller.name=S\ncharges.amount=1.00\ntotals.tax=7\n"
            "lines.number=1\nlines.quantity.value=2\nlines.quantity.unit=C62\nlines.item.description=a\n"
            "lines.item.descriptions=b\nlines.lines.number=1.1\nlines.lines.lines.number=1.1.1\n");
  EXPECT_EQ(sink.finding_text(), "");
  EXPECT_EQ(sink.loss_text(),
            "/Invoice/b:TaxTotal/b:TaxAmount@currencyID=USD\n/Invoice/b:TaxTotal/b:TaxAmount=9\n");
}

TEST(Decoder, DecidesByALaterSibling) {
  const LineSink sink = decode_xml(std::string(xml_head) +
                                   "<b:Seller><b:Name>S</b:Name><b:TaxScheme><b:CompanyID>DE1</"
                                   "b:CompanyID><b:Scheme><b:ID>VAT</b:ID></b:Scheme></b:TaxScheme>"
                                   "<b:TaxScheme><b:CompanyID>17/4</b:CompanyID><b:Scheme><b:ID>FC</b:ID></"
                                   "b:Scheme></b:TaxScheme></b:Seller></Invoice>");
  EXPECT_TRUE(has_line(sink, "seller.vat_id=DE1"));
  EXPECT_TRUE(has_line(sink, "seller.tax_id=17/4"));
  EXPECT_EQ(sink.loss_text(), "/Invoice/b:Seller/b:TaxScheme/b:Scheme/b:ID=FC\n");
}

TEST(Decoder, AGroupTakesItsFirstNodeOnly) {
  const LineSink sink = decode_xml(xml_with(
      "<b:Period><b:Start>2026-01-01</b:Start></b:Period><b:Period><b:End>2026-02-01</b:End></b:Period>"));
  EXPECT_TRUE(has_line(sink, "period.start_date=2026-01-01"));
  EXPECT_FALSE(has_line(sink, "period.end_date=2026-02-01"));
  EXPECT_EQ(sink.loss_text(), "/Invoice/b:Period/b:End=2026-02-01\n");
}

TEST(Decoder, TellsWhatIsMissingOrDoesNotFit) {
  const LineSink sink =
      decode_xml("<Invoice><b:IssueDate>30.2.</b:IssueDate><b:Unknown>x</b:Unknown></Invoice>");
  EXPECT_EQ(sink.finding_text(), "MAP-0002 b:IssueDate\nMAP-0001 b:ID\n");
  EXPECT_EQ(sink.findings[0].at.row, 27);
  EXPECT_EQ(sink.loss_text(), "/Invoice/b:Unknown=x\n");
}

TEST(Decoder, NamesAttributesThatTheLayoutDoesNotKnow) {
  std::string lines;
  std::string told = "/Invoice@version=2\n/Invoice/b:Seller@role=x\n";
  for (int i = 0; i < 5; ++i) {  // from the third on they are of a known shape
    lines += "<b:Line role=\"y\"><b:ID seen=\"no\">1</b:ID><b:Name>N</b:Name></b:Line>";
    told += "/Invoice/b:Line@role=y\n/Invoice/b:Line/b:ID@seen=no\n";
  }
  const LineSink sink =
      decode_xml("<Invoice version=\"2\">" + std::string(xml_head.substr(9)) +
                 "<b:Seller role=\"x\"><b:Name>S</b:Name></b:Seller>" + lines + "</Invoice>");
  EXPECT_EQ(sink.loss_text(), told);
}

TEST(Decoder, ComparesCompanionsAndTakesTheFirst) {
  const LineSink differs =
      decode_xml(xml_with("<b:Currency>EUR</b:Currency>", "<b:Total currencyID=\"USD\">5</b:Total>"));
  EXPECT_EQ(differs.finding_text(), "MAP-0004 b:Total\n");
  const LineSink given = decode_xml(xml_with("", "<b:Total currencyID=\"USD\">5</b:Total>"));
  EXPECT_TRUE(has_line(given, "currency=USD"));
  EXPECT_EQ(given.finding_text(), "");
}

TEST(Decoder, RefusesAnotherRootAndTooDeepNodes) {
  EXPECT_EQ(decode_xml("<Order><b:ID>1</b:ID></Order>").findings.at(0).code, "MAP-0008");
  const auto program = load(xml_table, {std::string(xml_layout)});
  LineSink sink;
  Decoder decoder(*program, sink, Limits{.max_depth = 5});
  std::string text = "<Invoice><b:Line>";
  for (int i = 0; i < 5; ++i) text += "<b:SubLine>";
  const Outcome outcome = play_xml(text, decoder);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "MAP-0007");
}

TEST(Decoder, HoldsOneLineAtATime) {
  const auto program = load(xml_table, {std::string(xml_layout)});
  LineSink sink;
  Decoder decoder(*program, sink, Limits{.max_header_values = 100, .max_line_values = 100});
  std::string text(xml_head);
  for (int i = 0; i < 2000; ++i) text += xml_line;
  ASSERT_TRUE(play_xml(text + "</Invoice>", decoder));
  ASSERT_TRUE(decoder.finish({}));
  EXPECT_EQ(sink.lines.size(), 4003U);
}

TEST(Decoder, TellsStructuralFaultsOfEdifactAndReadsOn) {
  struct Case {
    std::string_view text, findings, line;
  };
  const Case cases[] = {
      {"UNH+1'BGM+380+R'LIN+1'UNS+S'MOA+77:1'UNT+6+1'", "MAP-0011 DTM\n", "lines.number=1"},
      {"UNH+1'BGM+380+R'BGM+381+X'DTM+137:20261120:102'UNS+S'MOA+77:1'UNT+6+1'", "MAP-0012 BGM\n",
       "number=R"},
      {"UNH+1'BGM+380+R'DTM+137:20261120:102'XYZ+1'UNS+S'MOA+77:1'UNT+6+1'", "MAP-0010 XYZ\n",
       "totals.payable=1"},
      {"UNB+X'UNH+1'BGM+380+R'DTM+137:20261120:102'LIN+1'BGM+380'UNS+S'MOA+77:1'UNT+6+1'", "MAP-0010 BGM\n",
       "number=R"},
      {"UNH+1'BGM+999+R'DTM+137:20261120:102'UNS+S'MOA+77:1'UNT+6+1'", "MAP-0003 BGM.C002.1001\n",
       "number=R"},
  };
  for (const Case& each : cases) {
    const LineSink sink = decode_edi(each.text);
    EXPECT_EQ(sink.finding_text(), each.findings) << each.text;
    EXPECT_TRUE(has_line(sink, each.line)) << each.text << "\n" << sink.text();
  }
}

TEST(Decoder, ReportsEveryValueThatNoRowReads) {
  const LineSink sink = decode_edi(
      "UNH+1'BGM+380+R'DTM+137:20261120:102'DTM+3:20260101:102'FTX+AAI+A1+t'NAD+XX+1'LIN+1'PIA+5+X:SA+Y:SA+Z:"
      "EN'UNS+S'MOA+77:1'UNT+6+1'");
  EXPECT_EQ(sink.loss_text(),
            "DTM.C507.2005=3\nDTM.C507.2380=20260101\nDTM.C507.2379=102\nFTX.C107.4440=A1\nNAD.3035=XX\nNAD."
            "C082.3039=1\n"
            "PIA.C212.7140=Y\nPIA.4.1=Z\nPIA.4.2=EN\n");
}

TEST(Decoder, GroupsRecordsOfOneDocument) {
  const auto program = load(
      "map delimited csv <-> invoice\nformat separator \";\" heading yes\ndocument by \"No\"\n"
      "\"No\"  number required\n\"Date\"  issue_date date dd.MM.yyyy\n\"Buyer\"  buyer.name\n\"Seller\"  "
      "seller.name\n"
      "each record  lines\n  \"Pos\"  number\n  \"Item\"  item.name\n  \"Qty\"  quantity.value decimal mark "
      "\",\"\n",
      {});
  ASSERT_NE(program, nullptr);
  EXPECT_EQ(program->delimited().document_key, "No");
  EXPECT_EQ(program->delimited().columns.size(), 7U);
  const LineSink sink = decode(*program,
                               "No;Date;Buyer;Seller;Pos;Item;Qty;Extra\nR1;20.11.2026;B;S;1;Nut;1,50;x\nR1;"
                               "20.11.2026;C;S;2;Bolt;2;\n");
  EXPECT_EQ(sink.text(),
            "number=R1\nissue_date=2026-11-20\nbuyer.name=B\nseller.name=S\nlines.number=1\nlines.quantity."
            "value=1.50\n"
            "lines.item.name=Nut\nlines.number=2\nlines.quantity.value=2\nlines.item.name=Bolt\n");
  EXPECT_EQ(sink.finding_text(), "MAP-0006 Buyer\n");
  EXPECT_EQ(sink.loss_text(), "Extra=x\n");
}

TEST(Decoder, AppliesAnOverlayAndCountsIt) {
  const auto program =
      load(edi_table, {std::string(edi_layout)},
           {"overlay acme for edifact INVOIC D96A\ndeviation \"order number in RFF+CO\" since 2024-03\n"
            "  replace RFF[C506.1153=ON].C506.1154 with RFF[C506.1153=CO].C506.1154\n"
            "deviation \"position in LIN only\"\n  in each LIN\n    remove QTY[C186.6063=47].C186.6060\n"});
  ASSERT_NE(program, nullptr);
  const LineSink sink = decode(
      *program, "UNH+1'BGM+380+R'DTM+137:20261120:102'RFF+CO:P7'LIN+1'QTY+47:9'UNS+S'MOA+77:1'UNT+6+1'");
  EXPECT_TRUE(has_line(sink, "order_reference.number=P7"));
  EXPECT_FALSE(has_line(sink, "lines.quantity.value=9"));
  ASSERT_EQ(sink.findings.size(), 1U);
  EXPECT_EQ(sink.findings[0].code, "MAP-0900");
  EXPECT_EQ(sink.findings[0].message,
            "deviation \"order number in RFF+CO\" of acme applied 1 time(s), known since 2024-03");
}

TEST(Decoder, ReadsEdifact) {
  const LineSink sink = decode_edi(edi_invoice);
  EXPECT_EQ(sink.text(),
            "number=R-17\nissue_date=2026-11-20\nkind=380\ncurrency=EUR\nnote.text=thank you "
            "much\nbuyer.name=Buyer\n"
            "buyer.identifiers.id=0815\nseller.name=ACME\nseller.trading_name=ACME "
            "Ltd\nseller.identifiers.id=4711\n"
            "seller.vat_id=DE123\norder_reference.number=PO-9\ndelivery.actual_date=2026-11-19\n"
            "lines.number=1\nlines.quantity.value=10\nlines.net_amount=100.00\nlines.item.seller_id=X1\n"
            "lines.number=2\nlines.quantity.value=2.5\nlines.net_amount=5\ntotals.payable=105.00\n");
  EXPECT_EQ(sink.finding_text(), "");
  EXPECT_EQ(sink.loss_text(), "");
}

}  // namespace
}  // namespace purser::map::testing
