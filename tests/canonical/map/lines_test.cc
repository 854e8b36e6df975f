// Golden texts of documents whose lines come again: from the third line of a shape on they are written by
// what the first ones came to, and stand as they stand here all the same.
#include <gtest/gtest.h>

#include "canonical/event/events_only.h"
#include "canonical/event/header_first.h"
#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

struct Turned {
  std::string text;
  LineSink notes;
};

/// Reads a text by one table and writes it by another, lines by their shapes or by asking the rows about
/// each.
Turned turn(const Program& reading, const Program& writing, std::string_view text, bool shapes = true) {
  Turned turned;
  TextSink out(writing.syntax());
  const auto variables = [](std::string_view name) {
    return std::string(name == "$message_reference" ? "1" : "");
  };
  Encoder encoder(writing, out, turned.notes, variables, shapes);
  HeaderFirst ordered(encoder);
  EventsOnly events(ordered);
  Decoder decoder(reading, events);
  EXPECT_TRUE(play(reading, text, decoder));
  EXPECT_TRUE(decoder.finish({}));
  EXPECT_TRUE(encoder.finish());
  turned.text = out.text;
  return turned;
}

/// Hands segments on whole, as the readers do.
class WholeSegments : public SyntaxSink {
 public:
  explicit WholeSegments(SyntaxSink& next) : next_(next) {}
  Outcome open(std::string_view name, const Position& at) override {
    tag_ = name;
    at_ = at;
    values_.clear();
    return {};
  }
  Outcome leaf(const LeafAddress& where, std::string_view text, const Position& at) override {
    values_.push_back({where, text, at});
    return {};
  }
  Outcome close(const Position& /*at*/) override { return next_.segment({tag_, values_, {}, at_}); }

 private:
  SyntaxSink& next_;
  std::string_view tag_;
  Position at_;
  std::vector<SegmentValue> values_;
};

/// What reading gives, in words.
std::string read(const Program& program, std::string_view text, bool shapes) {
  LineSink out;
  Limits limits;
  limits.remember_shapes = shapes;
  Decoder decoder(program, out, limits);
  WholeSegments segments(decoder);
  EXPECT_TRUE(play(program, text, segments));
  EXPECT_TRUE(decoder.finish({}));
  std::string told = out.text() + out.loss_text() + out.finding_text();
  for (const Finding& finding : out.findings) told += std::to_string(finding.at.segment) + ' ';
  for (const Position& at : out.positions)
    told += std::to_string(at.segment) + '.' + std::to_string(at.element) + ' ';
  return told;
}

constexpr std::string_view head =
    "UNH+1'BGM+380+R-17'DTM+137:20261120:102'NAD+SE+4711+Seller'NAD+BY+0815+Buyer'";
constexpr std::string_view tail = "UNS+S'MOA+77:105.00:EUR'";

std::string invoice(std::string_view lines) {
  return std::string(head) + "CUX+2:EUR'" + std::string(lines) + std::string(tail);
}

TEST(LinesThatComeAgain, AreWrittenWithTheirOwnTexts) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  const std::string text = invoice(
      "LIN+1'PIA+5+A1:SA'QTY+47:10'MOA+203:100.00:EUR'"
      "LIN+2'PIA+5+B22:SA'QTY+47:2.5'MOA+203:5:EUR'"
      "LIN+3'PIA+5+C333:SA'QTY+47:0.001'MOA+203:-7.25:EUR'"
      "LIN+4'PIA+5+D4444:SA'QTY+47:123456789'MOA+203:0:EUR'"
      "LIN+5'QTY+47:5'MOA+203:1:EUR'"
      "LIN+6'PIA+5+F:SA'QTY+47:6'MOA+203:2:EUR'"
      "LIN+7'QTY+47:7'MOA+203:3:EUR'"
      "LIN+8'QTY+47:8'MOA+203:4:EUR'"
      "LIN+9'PIA+5+I:SA'QTY+47:9'MOA+203:5.5:EUR'");
  for (const bool shapes : {false, true, true}) {
    const Turned turned = turn(*program, *program, text, shapes);
    EXPECT_EQ(turned.text, text);
    EXPECT_EQ(turned.notes.loss_text(), "");
  }
}

TEST(LinesThatComeAgain, SayTheCurrencyOfTheirOwnDocument) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  const auto in = [](std::string_view currency) {
    std::string text(head);
    std::string behind;
    if (!currency.empty()) {
      text += "CUX+2:" + std::string(currency) + "'";
      behind = ":" + std::string(currency);
    }
    for (const char line : {'1', '2', '3', '4'}) {
      text += std::string("LIN+") + line + "'QTY+47:" + line + "0'MOA+203:" + line + "5.00" + behind + "'";
    }
    return text + "UNS+S'MOA+77:105.00" + behind + "'";
  };
  for (const std::string_view currency : {"EUR", "USD", "", "EUR", ""})
    EXPECT_EQ(turn(*program, *program, in(currency)).text, in(currency)) << currency;
}

TEST(LinesThatComeAgain, TellWhatDoesNotFitAtItsOwnLine) {
  const auto program = load(edi_table, {std::string(edi_layout)});
  ASSERT_NE(program, nullptr);
  const std::string good = "LIN+1'PIA+5+A1:SA'QTY+47:1'MOA+203:1:EUR'";
  const std::string too_long = "LIN+1'PIA+5+123456789012345678901234567890123456:SA'QTY+47:1'MOA+203:1:EUR'";
  const std::string text = invoice(good + good + good + good + too_long + good);
  for (const bool shapes : {false, true, true}) {
    const Turned turned = turn(*program, *program, text, shapes);
    EXPECT_EQ(turned.text, text);
    EXPECT_EQ(turned.notes.finding_text(), "MAP-0021 PIA.C212.7140\n");
    ASSERT_FALSE(turned.notes.findings.empty());
    EXPECT_EQ(turned.notes.findings.front().at.segment, 24U);
  }
}

TEST(LinesThatComeAgain, NameTheirLossesByTheirNumber) {
  const auto reading = load(edi_table, {std::string(edi_layout)});
  std::string table(edi_table);
  const std::string_view row = "  QTY[C186.6063=47].C186.6060       quantity.value\n";
  table.erase(table.find(row), row.size());
  const auto writing = load(table, {std::string(edi_layout)});
  ASSERT_NE(writing, nullptr);
  const std::string text = invoice(
      "LIN+11'QTY+47:1'MOA+203:1:EUR'LIN+12'QTY+47:2'MOA+203:2:EUR'LIN+13'QTY+47:3'MOA+203:3:EUR'"
      "LIN+14'QTY+47:4'MOA+203:4:EUR'");
  for (const bool shapes : {false, true, true}) {
    const Turned turned = turn(*reading, *writing, text, shapes);
    EXPECT_EQ(turned.text, invoice("LIN+11'MOA+203:1:EUR'LIN+12'MOA+203:2:EUR'LIN+13'MOA+203:3:EUR'"
                                   "LIN+14'MOA+203:4:EUR'"));
    EXPECT_EQ(turned.notes.loss_text(),
              "lines[1].quantity.value=1\nlines[2].quantity.value=2\nlines[3].quantity.value=3\n"
              "lines[4].quantity.value=4\n");
  }
}

TEST(LinesThatComeAgain, AreCountedAgainstTheMessageTable) {
  for (const std::string_view most : {"C 1", "C 2", "C 3", "M 4", "C 5", "C 9999"}) {
    std::string layout(edi_layout);
    const std::string_view group = "group 25 C 9999";
    layout.replace(layout.find(group), group.size(), "group 25 " + std::string(most));
    const auto program = load(edi_table, {layout});
    ASSERT_NE(program, nullptr);
    std::string lines;
    for (int count = 1; count <= 8; ++count) {
      lines +=
          "LIN+" + std::to_string(count) + "'PIA+5+A" + std::to_string(count) + ":SA'QTY+47:1'MOA+203:1:EUR'";
      for (const std::string_view more :
           {"", "MOA+203:1:EUR'", "RFF+VA:1'", "LIN'", "LIN+9'QTY+47:2'", "BGM+380'"}) {
        const std::string text = invoice(lines + std::string(more) + (more.empty() ? "" : lines));
        const std::string asked = read(*program, text, false);
        for (int again = 0; again < 3; ++again) EXPECT_EQ(read(*program, text, true), asked) << most << text;
        if (!more.empty()) continue;
        const bool told = asked.find("MAP-0012") != std::string::npos;
        EXPECT_EQ(told, count > std::stoi(std::string(most.substr(2)))) << most << text;
      }
    }
  }
}

TEST(LinesThatComeAgain, AreWrittenAsXmlToo) {
  const auto program = load(xml_table, {std::string(xml_layout)});
  ASSERT_NE(program, nullptr);
  const auto line = [](std::string_view number, std::string_view amount, std::string_view name,
                       std::string_view more = {}) {
    return "<b:Line><b:ID>" + std::string(number) +
           "</b:ID><b:Quantity unitCode=\"C62\">2</b:Quantity><b:Amount "
           "currencyID=\"EUR\">" +
           std::string(amount) + "</b:Amount><b:Name>" + std::string(name) + "</b:Name>" + std::string(more) +
           "</b:Line>";
  };
  const std::string text =
      "<Invoice><b:ID>R1</b:ID><b:IssueDate>2026-11-20</b:IssueDate><b:Kind>380</b:Kind><b:Currency>EUR</"
      "b:Currency>"
      "<b:Seller><b:Name>S</b:Name></b:Seller><b:Buyer><b:Name>B</b:Name></b:Buyer>"
      "<b:Total currencyID=\"EUR\">17</b:Total>" +
      line("1", "10", "N") + line("2", "0.5", "Nut") + line("3", "-1.25", "Bolt") +
      line("4", "7", "Nail", "<b:Text>a</b:Text>") + line("5", "8", "Pin") +
      line("6", "9", "Rod", "<b:Text>b</b:Text>") + line("7", "10.00", "Cap", "<b:Text>c</b:Text>") +
      "</Invoice>";
  for (const bool shapes : {false, true, true}) {
    const Turned turned = turn(*program, *program, text, shapes);
    EXPECT_EQ(turned.text, text);
    EXPECT_EQ(turned.notes.loss_text(), "");
    EXPECT_EQ(turned.notes.finding_text(), "");
  }
}

TEST(LinesThatComeAgain, TellStandInsOnceForEachRowAndCountThem) {
  std::string table(xml_table);
  const std::string_view unit = "quantity.unit\n",
                         text = "b:Text                            item.descriptions\n";
  table.replace(table.find(unit), unit.size(), "quantity.unit default \"C62\" stand_in\n");
  table.insert(table.find(text) + text.size(), "  b:Text <- \"-\" stand_in\n");
  const auto reading = load(xml_table, {std::string(xml_layout)});
  const auto writing = load(table, {std::string(xml_layout)});
  ASSERT_NE(reading, nullptr);
  ASSERT_NE(writing, nullptr);
  const auto invoice = [](int bare, int full) {
    std::string lines;
    for (int i = 0; i < bare + full; ++i) {
      const bool is_full = i >= bare;
      lines += "<b:Line><b:ID>" + std::to_string(i + 1) + "</b:ID><b:Quantity" +
               (is_full ? " unitCode=\"KGM\"" : "") +
               ">2</b:Quantity><b:Amount>1</b:Amount><b:Name>N</b:Name>" +
               (is_full ? "<b:Text>t</b:Text>" : "") + "</b:Line>";
    }
    return "<Invoice><b:ID>R1</b:ID><b:IssueDate>2026-11-20</b:IssueDate><b:Seller><b:Name>S</b:Name></"
           "b:Seller>"
           "<b:Buyer><b:Name>B</b:Name></b:Buyer><b:Total>17</b:Total>" +
           lines + "</Invoice>";
  };
  const auto told = [&](int bare, int full, bool shapes) {
    std::string all;
    for (const Finding& finding : turn(*reading, *writing, invoice(bare, full), shapes).notes.findings)
      if (finding.code == "MAP-0034") all += finding.source + ": " + finding.message + '\n';
    return all;
  };
  const std::string reason = ": the format demands a value, and the document has none\n";
  for (const bool shapes : {false, true, true}) {
    EXPECT_EQ(told(0, 9, shapes), "");
    EXPECT_EQ(told(1, 9, shapes), "Invoice/b:Line/b:Quantity/@unitCode: written as 'C62'" + reason +
                                      "Invoice/b:Line/b:Text: written as '-'" + reason);
    EXPECT_EQ(told(9, 9, shapes),
              "Invoice/b:Line/b:Quantity/@unitCode: written as 'C62', "
              "9 times" +
                  reason + "Invoice/b:Line/b:Text: written as '-', 9 times" + reason);
  }
}

}  // namespace
}  // namespace purser::map::testing
