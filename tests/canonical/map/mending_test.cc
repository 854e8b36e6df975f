// What a layout forbids is not written: values, segments and groups that have no place are left out and told.
#include <gtest/gtest.h>

#include "canonical/map/call.h"
#include "canonical/map/segment_check.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

constexpr std::string_view layout = R"(layout x12 810 004010
element 66 ID 1..2
element 67 AN 2..20
element 76 AN 1..22
element 93 AN 1..35
element 96 N0 1..10
element 98 ID 2..3
element 143 ID 3
element 355 ID 2
element 358 R 1..10
element 373 DT 8
element 374 ID 3
element 610 N2 1..15
element 782 R 1..9
composite C001 355! 358
segment ST 143!
segment BIG 373! 76!
segment N1 98! 93 66 67 : R0203 P0304
segment N3 93!
segment DTM 374! 373
segment IT1 76 358 355 358 : P020304
segment TXI 98! 782 358 66 76 782 : R020304 E0405 C0603
segment QTY 98 C001
segment TDS 610!
segment SE 96
message
  ST M 1
  BIG M 1
  group N1 C 10
    N1 M 1
    N3 C 1
  DTM C 2
  group IT1 C 100
    IT1 M 1
    QTY C 2
    TXI C 2
  TDS M 1
  SE M 1
)";

constexpr std::string_view table = R"(map x12 810 * <- invoice
ST.01               <- "810"
BIG.01              issue_date
BIG.02              number
group N1[01=BY]     buyer
  N1.02               name
  N1.04               identifiers.id
  N1.03               identifiers.scheme
  N3.01               address.line1
each DTM            dates
  DTM.01              type
  DTM.02              date
each IT1            lines
  IT1.01              number
  IT1.02              quantity.value
  IT1.03              quantity.unit
  IT1.04              price.amount
  each QTY            other_quantities
    QTY.01              type
    QTY.02.01           unit
    QTY.02.02           value
  group TXI           tax
    TXI.01              type
    TXI.02              amount
    TXI.03              rate
    TXI.04              category
    TXI.05              jurisdiction
    TXI.06              taxable_amount
TDS.01              totals.payable
)";

struct Wrote {
  std::string text;
  LineSink notes;
};

/// Writes with and without kept shapes, which comes to the same, and reads nothing of it as wrong.
Wrote write(std::string_view fields) {
  const TableFile library[] = {{"810.map", table}, {"810.layout", layout}};
  const CallTable calls;
  const auto program = Program::load(library[0], library, {}, calls, "004010");
  if (!program) {
    for (const Finding& finding : program.error().findings())
      ADD_FAILURE() << finding.at.line << " " << finding.code << " " << finding.message;
    return {};
  }
  const std::string json =
      R"({"document":"invoice","number":"1","issue_date":"2026-11-20","totals":{"payable":"1"},)" +
      std::string(fields) + "}";
  const auto once = [&](bool shapes) {
    Wrote wrote;
    TextSink out("x12");
    Encoder encoder(**program, out, wrote.notes, {}, shapes);
    feed(encoder, json);
    wrote.text = out.text.substr(out.text.find("BIG+20261120+1'") + 15);
    wrote.text.resize(wrote.text.rfind("TDS"));
    const SegmentForms forms(**program);
    class Nowhere : public SyntaxSink {
      Outcome open(std::string_view, const Position&) override { return {}; }
      Outcome leaf(const LeafAddress&, std::string_view, const Position&) override { return {}; }
      Outcome close(const Position&) override { return {}; }
    } nowhere;
    const bool refused = wrote.notes.finding_text().find("MAP-002") != std::string::npos;
    SegmentCheck check(
        forms, nowhere, [&](const Finding& finding) { EXPECT_TRUE(refused) << finding.message; }, false);
    EXPECT_TRUE(play_edi(out.text, check));
    return wrote;
  };
  Wrote plain = once(false), remembered = once(true);
  EXPECT_EQ(plain.text, remembered.text);
  EXPECT_EQ(plain.notes.finding_text(), remembered.notes.finding_text());
  EXPECT_EQ(plain.notes.loss_text(), remembered.notes.loss_text());
  return remembered;
}

TEST(Mending, AValueThatNeedsAnotherIsLeftOut) {
  const Wrote paired = write(R"("lines":[{"number":"1","price":{"amount":"5"}}])");
  EXPECT_EQ(paired.text, "IT1+1'");
  EXPECT_EQ(paired.notes.loss_text(), "lines[1].price.amount=5\n");
  ASSERT_EQ(paired.notes.finding_text(), "MAP-0033 \n");
  EXPECT_EQ(paired.notes.findings[0].message, "IT1.IT1 is written without 04, by syntax note P020304");
  EXPECT_EQ(paired.notes.findings[0].expected, "all or none of 02, 03, 04");
  const Wrote conditional =
      write(R"("lines":[{"number":"1","tax":{"type":"VAT","amount":"2","taxable_amount":"10"}}])");
  EXPECT_EQ(conditional.text, "IT1+1'TXI+VAT+2'");
  EXPECT_EQ(conditional.notes.loss_text(), "lines[1].tax.taxable_amount=10\n");
  const Wrote excluded =
      write(R"("lines":[{"number":"1","tax":{"type":"VAT","category":"E","jurisdiction":"X"}}])");
  EXPECT_EQ(excluded.text, "IT1+1'TXI+VAT+++E'");
  EXPECT_EQ(excluded.notes.loss_text(), "lines[1].tax.jurisdiction=X\n");
}

TEST(Mending, LinesOfOneShapeAreMendedAlike) {
  std::string lines = R"("lines":[)";
  std::string text, losses, findings;
  for (int i = 1; i <= 5; ++i) {
    const std::string number = std::to_string(i);
    lines += (i == 1 ? "" : ",") + std::string(R"({"number":")") + number + R"(","price":{"amount":")" +
             number + R"("},"tax":{"type":"VAT"}})";
    text += "IT1+" + number + "'";
    losses += "lines[" + number + "].price.amount=" + number + "\nlines[" + number + "].tax.type=VAT\n";
    findings += "MAP-0033 \nMAP-0033 \n";
  }
  const Wrote wrote = write(lines + "]");
  EXPECT_EQ(wrote.text, text) << "TXI with nothing but a kind is no TXI";
  EXPECT_EQ(wrote.notes.loss_text(), losses);
  EXPECT_EQ(wrote.notes.finding_text(), findings);
}

TEST(Mending, AValueThatDoesNotFitIsLeftOutWithWhatNeedsIt) {
  const Wrote wrote = write(R"("buyer":{"name":"B","identifiers":[{"id":"2","scheme":"92"}]})");
  EXPECT_EQ(wrote.text, "N1+BY+B'");
  EXPECT_EQ(wrote.notes.finding_text(), "MAP-0032 N1.04\nMAP-0033 \n");
  EXPECT_EQ(wrote.notes.loss_text(), "buyer.identifiers[1].id=2\nbuyer.identifiers[1].scheme=92\n");
}

TEST(Mending, WhatTheSegmentCannotBeWithoutIsAnError) {
  const Wrote date = write(R"("dates":[{"type":"9","date":"2026-11-20"}])");
  EXPECT_EQ(date.notes.finding_text(), "MAP-0021 01\n");
  EXPECT_EQ(date.notes.findings[0].message, "DTM.01 cannot be \"9\"");
  const Wrote party = write(R"("buyer":{"address":{"line1":"Quay 1"}})");
  ASSERT_EQ(party.notes.finding_text(), "MAP-0020 \n");
  EXPECT_EQ(party.notes.findings[0].message, "N1.N1 needs 02, by syntax note R0203");
}

TEST(Mending, ACompositeGoesWithWhatItNeeds) {
  const Wrote wrote =
      write(R"("lines":[{"number":"1","other_quantities":[{"type":"21","unit":"X","value":"3"}]}])");
  EXPECT_EQ(wrote.text, "IT1+1'QTY+21'");
  EXPECT_EQ(wrote.notes.finding_text(), "MAP-0032 02.01\n");
  EXPECT_EQ(wrote.notes.loss_text(),
            "lines[1].other_quantities[1].value=3\nlines[1].other_quantities[1].unit=X\n");
}

}  // namespace
}  // namespace purser::map::testing
