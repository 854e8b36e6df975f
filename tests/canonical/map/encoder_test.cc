#include <gtest/gtest.h>

#include "canonical/event/header_first.h"
#include "canonical/map/call.h"
#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

/// Reads a text and writes it again by the same table.
struct Turned {
  std::string text;
  LineSink notes;
};

class Relay : public DocumentSink {
 public:
  Relay(Encoder& encoder, LineSink& notes) : ordered_(encoder), notes_(notes) {}
  Outcome push(std::span<const Event> batch) override { return ordered_.push(batch); }
  void finding(Finding finding) override { notes_.finding(std::move(finding)); }
  void loss(Loss loss) override { notes_.loss(std::move(loss)); }

 private:
  HeaderFirst ordered_;
  LineSink& notes_;
};

Turned turn(const Program& program, std::string_view text) {
  Turned turned;
  TextSink out(program.syntax());
  Encoder encoder(program, out, turned.notes,
                  [](std::string_view name) { return name == "$message_reference" ? "1" : ""; });
  Relay relay(encoder, turned.notes);
  Decoder decoder(program, relay);
  EXPECT_TRUE(play(program, text, decoder));
  EXPECT_TRUE(decoder.finish({}));
  EXPECT_TRUE(encoder.finish());
  turned.text = out.text;
  return turned;
}

TEST(Encoder, WritesEdifactAsItWasRead) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  const std::string text =
      "UNH+1'BGM+380+R-17'DTM+137:20261120:102'DTM+35:20261119:102'FTX+AAI++thank you:much'RFF+ON:PO-9'"
      "NAD+SE+4711+ACME:ACME Ltd'RFF+VA:DE123'NAD+BY+0815+Buyer'CUX+2:EUR'"
      "LIN+1'PIA+5+X1:SA'QTY+47:10'MOA+203:100.00:EUR'LIN+2'QTY+47:2.5'MOA+203:5:EUR'UNS+S'MOA+77:105.00:"
      "EUR'";
  const Turned turned = turn(*program, text);
  EXPECT_EQ(turned.text, text);
  EXPECT_EQ(turned.notes.finding_text(), "MAP-0011 UNT\n");  // a writer's business, not in the text above
  EXPECT_EQ(turned.notes.loss_text(), "");
}

TEST(Encoder, WritesXmlInTheLayoutsOrder) {
  const auto program = load(xml_table, {std::string(xml_layout)});
  ASSERT_NE(program, nullptr);
  const std::string text =
      "<Invoice><b:ID>R1</b:ID><b:IssueDate>2026-11-20</b:IssueDate><b:Kind>380</b:Kind><b:Note "
      "lang=\"de\">eins</b:Note><b:Note>zwei</b:Note>"
      "<b:Currency>EUR</b:Currency><b:Seller><b:EndpointID "
      "schemeID=\"0088\">4711</b:EndpointID><b:PartyID>1</b:PartyID>"
      "<b:PartyID schemeID=\"0060\">2</b:PartyID><b:Name>S</b:Name>"
      "<b:TaxScheme><b:CompanyID>DE1</b:CompanyID><b:Scheme><b:ID>VAT</b:ID></b:Scheme></b:TaxScheme></"
      "b:Seller><b:Buyer><b:Name>B</b:Name></b:Buyer>"
      "<b:Allowance><b:Indicator>false</b:Indicator><b:Amount currencyID=\"EUR\">2</b:Amount></b:Allowance>"
      "<b:Allowance><b:Indicator>true</b:Indicator><b:Reason>r</b:Reason><b:Amount "
      "currencyID=\"EUR\">1.00</b:Amount></b:Allowance>"
      "<b:TaxTotal><b:TaxAmount currencyID=\"EUR\">7</b:TaxAmount><b:Subtotal><b:Taxable "
      "currencyID=\"EUR\">10</b:Taxable>"
      "<b:TaxAmount currencyID=\"EUR\">7</b:TaxAmount></b:Subtotal></b:TaxTotal><b:Total "
      "currencyID=\"EUR\">17</b:Total>"
      "<b:Line><b:ID>1</b:ID><b:Quantity unitCode=\"C62\">2</b:Quantity><b:Amount "
      "currencyID=\"EUR\">10</b:Amount><b:Name>N</b:Name>"
      "<b:Text>a</b:Text><b:Text>b</b:Text><b:SubLine><b:ID>1.1</b:ID><b:Quantity>1</b:Quantity><b:Amount "
      "currencyID=\"EUR\">1</b:Amount>"
      "<b:Name>M</b:Name></b:SubLine></b:Line></Invoice>";
  const Turned turned = turn(*program, text);
  EXPECT_EQ(turned.text, text);
  EXPECT_EQ(turned.notes.finding_text(), "");
  EXPECT_EQ(turned.notes.loss_text(), "");
}

TEST(Encoder, KeepsTheTimeOfDayWhereTheTableHasAPlaceForIt) {
  const std::string layout = "layout xml slip 1\nroot Slip\ntype Slip\n  @at 1\n  No 1\n";
  const std::string head = "map xml Slip 1 <-> receipt\nNo  number\n@at  issue_date  date";
  const auto both = load(head + " and issue_time\n", {layout});
  const auto date = load(head + "\n", {layout});
  ASSERT_NE(both, nullptr);
  ASSERT_NE(date, nullptr);
  const std::string timed = "<Slip at=\"2026-11-20T12:30:05-08:00\"><No>1</No></Slip>";
  const std::string plain = "<Slip at=\"2026-11-20\"><No>1</No></Slip>";
  EXPECT_EQ(turn(*both, timed).text, timed);
  EXPECT_EQ(turn(*both, plain).text, plain);
  const Turned cut = turn(*date, timed);
  EXPECT_EQ(cut.text, plain);
  EXPECT_EQ(cut.notes.losses.size(), 1U) << "the time has no place, and that is told";
}

TEST(Encoder, TellsWhatTheLayoutDemandsAndWhatItCannotHold) {
  const auto program = load(
      "map xml Invoice 1 <-> invoice\nb:ID number\nb:IssueDate issue_date\ngroup b:Seller seller\n  b:Name "
      "name\n"
      "group b:Buyer buyer\n  b:Name name\nb:Kind -> kind\neach b:Line lines\n  b:ID number\n",
      {std::string(xml_layout)});
  ASSERT_NE(program, nullptr);
  const Turned turned =
      turn(*program,
           "<Invoice><b:ID>R1</b:ID><b:Kind>380</b:Kind><b:Seller><b:Name>S</b:Name></b:Seller></Invoice>");
  EXPECT_EQ(turned.text, "<Invoice><b:ID>R1</b:ID><b:Seller><b:Name>S</b:Name></b:Seller></Invoice>");
  EXPECT_EQ(turned.notes.loss_text(), "kind=380\n");
  std::string missing;
  for (const Finding& finding : turned.notes.findings)
    missing += finding.code + " " + finding.expected + "\n";
  EXPECT_EQ(missing, "MAP-0020 b:IssueDate\nMAP-0020 b:Buyer\nMAP-0020 b:Total\nMAP-0020 b:Line\n");
}

TEST(Encoder, TellsValuesThatAreTooLongOrHaveNoCode) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  LineSink notes;
  TextSink out("edifact");
  Encoder encoder(*program, out, notes);
  std::vector<Event> events(4);
  events[0].kind = EventKind::begin_document;
  events[0].number = static_cast<std::uint16_t>(DocumentType::invoice);
  const std::string number(40, '9');
  events[1].number = find_document("invoice")->root->find("number")->number;
  events[1].value.bytes = number;
  events[2].number = find_document("invoice")->root->find("kind")->number;
  events[2].value.type = ScalarType::code;
  events[2].value.bytes = "389";
  events[3].kind = EventKind::end_document;
  ASSERT_TRUE(encoder.push(events));
  ASSERT_TRUE(encoder.finish());
  EXPECT_EQ(notes.finding_text(), "MAP-0021 BGM.C002.1001\nMAP-0021 BGM.1004\nMAP-0020 \nMAP-0020 \n");
}

TEST(Encoder, WritesEveryRecordWhole) {
  const auto program = load(
      "map delimited csv <-> invoice\ndocument by \"No\"\n\"No\"  number\n. -> issue_date default "
      "\"2026-11-20\"\n\"Buyer\"  buyer.name\n"
      "\"Seller\"  seller.name\neach record  lines\n  \"Pos\"  number\n  \"Item\"  item.name\n",
      {});
  ASSERT_NE(program, nullptr);
  const Turned turned = turn(*program, "No;Buyer;Seller;Pos;Item\nR1;B;S;1;Nut\nR1;B;S;2;Bolt\n");
  EXPECT_EQ(turned.text, "Pos=1;Item=Nut;No=R1;Buyer=B;Seller=S;\nPos=2;Item=Bolt;No=R1;Buyer=B;Seller=S;\n");
  EXPECT_EQ(turned.notes.loss_text(), "") << "the date is what reading would give again";
}

TEST(Encoder, CallsFunctionsBothWays) {
  CallTable calls;
  calls.add("hash_note", {[](const NodeView& from, GroupEditor& to) {
                            const std::string_view text = from.text(".");
                            const std::size_t hash = text.find('#');
                            to.set("subject", text.substr(0, hash));
                            to.set("text", text.substr(hash + 1));
                            from.used_all();
                          },
                          [](const GroupEditor& from, NodeEditor& to) {
                            to.set(".", from.get("subject") + "#" + from.get("text"));
                          }});
  std::string table(xml_table);
  const std::string plain =
      "each b:Note                         note\n  @lang                               language\n  .         "
      "                          text\n";
  table.replace(table.find(plain), plain.size(), "each b:Note note call hash_note\n");
  const auto program = load(table, {std::string(xml_layout)}, {}, &calls);
  ASSERT_NE(program, nullptr);
  const Turned turned = turn(*program, "<Invoice><b:ID>1</b:ID><b:Note>AAI#hello</b:Note></Invoice>");
  EXPECT_EQ(turned.text, "<Invoice><b:ID>1</b:ID><b:Kind>380</b:Kind><b:Note>AAI#hello</b:Note></Invoice>");
}

}  // namespace
}  // namespace purser::map::testing
