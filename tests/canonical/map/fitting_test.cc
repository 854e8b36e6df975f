// Values that are too long for their place, or have no code there, on the way out.
#include <gtest/gtest.h>

#include "canonical/map/program.h"
#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

/// What a table of INVOIC writes of a document, without the totals' segments.
struct Wrote {
  std::string text;
  LineSink notes;
};

Wrote write(std::string_view rows, std::string_view json) {
  Wrote wrote;
  const auto program = load("map edifact INVOIC D96A <- invoice\n" + std::string(rows) +
                                "BGM.1004  number\nLIN.1082  lines.number\n",
                            {std::string(edi_layout)});
  if (program == nullptr) return wrote;
  TextSink out(program->syntax());
  Encoder encoder(*program, out, wrote.notes);
  feed(encoder, json);
  std::erase_if(wrote.notes.findings, [](const Finding& each) { return each.code == "MAP-0020"; });
  wrote.text = out.text;
  return wrote;
}

constexpr std::string_view long_note =
    R"({"document":"invoice","number":"1","note":[{"text":"one two three four five six seven eight nine"}]})";

TEST(Fitting, AFreeTextIsCutWithAWarningAndTheRestIsALoss) {
  const Wrote wrote = write("FTX[4451=AAI].C108.4440  note.text  join 3 \" \" cut\n", long_note);
  EXPECT_EQ(wrote.text, "BGM++1'FTX+AAI++one two:three four:five six'");
  EXPECT_EQ(wrote.notes.finding_text(), "MAP-0029 FTX.C108.4440\n");
  EXPECT_EQ(wrote.notes.loss_text(), "note.text=seven eight nine\n");
}

TEST(Fitting, ATextIsSplitOverFurtherNodes) {
  const Wrote wrote =
      write("each FTX[4451=AAI]  note\n  FTX.C108.4440  text  join 2 \" \" split\n", long_note);
  EXPECT_EQ(wrote.text, "BGM++1'FTX+AAI++one two:three four'FTX+AAI++five six:seven'FTX+AAI++eight nine'");
  EXPECT_EQ(wrote.notes.finding_text() + wrote.notes.loss_text(), "");
  const Wrote single = write("each FTX[4451=AAI]  note\n  FTX.C108.4440  text  split\n", long_note);
  EXPECT_EQ(single.text,
            "BGM++1'FTX+AAI++one two'FTX+AAI++three four'FTX+AAI++five six'FTX+AAI++seven'FTX+AAI++eight "
            "nine'");
}

TEST(Fitting, WhatMustNotBeCutIsLeftOutOrAnError) {
  constexpr std::string_view json =
      R"({"document":"invoice","number":"1","kind":"SalesInvoice","seller":{"name":"S"}})";
  const Wrote left = write("BGM.C002.1001  kind  omit\n", json);
  EXPECT_EQ(left.text, "BGM++1'");
  EXPECT_EQ(left.notes.finding_text(), "MAP-0032 BGM.C002.1001\n");
  EXPECT_EQ(left.notes.loss_text(), "kind=SalesInvoice\nseller.name=S\n");
  const Wrote refused = write("BGM.C002.1001  kind\n", json);
  EXPECT_EQ(refused.notes.finding_text(), "MAP-0021 BGM.C002.1001\n");
}

TEST(Fitting, AGeneralCodeStandsForKeysWithoutOne) {
  constexpr std::string_view codes = "codes kinds\n  380  380\n  *  keep\n  ZZZ  *\n";
  const auto kind = [&](std::string_view key) {
    return write(std::string(codes) + "BGM.C002.1001  kind  codes kinds\n",
                 R"({"document":"invoice","number":"1","kind":")" + std::string(key) + "\"}");
  };
  EXPECT_EQ(kind("380").text, "BGM+380+1'");
  EXPECT_EQ(kind("381").text, "BGM+381+1'");
  const Wrote other = kind("SalesInvoice");
  EXPECT_EQ(other.text, "BGM+ZZZ+1'");
  EXPECT_EQ(other.notes.finding_text(), "MAP-0031 BGM.C002.1001\n");
  EXPECT_EQ(other.notes.loss_text(), "kind=SalesInvoice\n");
}

TEST(Fitting, MoreThanThereIsRoomForIsALoss) {
  const Wrote wrote = write("each BGM.C002  order_references\n  C002.1001  number\n",
                            R"({"document":"invoice","number":"1",)"
                            R"("order_references":[{"number":"A"},{"number":"B"}]})");
  EXPECT_EQ(wrote.text, "BGM+A+1'");
  EXPECT_EQ(wrote.notes.loss_text(), "order_references[2].number=B\n");
}

TEST(Fitting, TextsOfSeveralElementsAreGatheredInOneNode) {
  const Wrote wrote = write("each BGM  note\n  BGM.1004  text  gather \" / \"\n",
                            R"({"document":"invoice","note":[{"text":"A"},{"text":"B"},{"text":"C"}]})");
  EXPECT_EQ(wrote.text, "BGM++A / B / C'");
  EXPECT_EQ(wrote.notes.finding_text() + wrote.notes.loss_text(), "");
}

TEST(Fitting, ASecondValueForOnePlaceIsToldAndALoss) {
  const Wrote wrote = write("BGM.C002.1001  kind\nBGM.C002.1001  <- function\n",
                            R"({"document":"invoice","number":"1","kind":"380","function":"9"})");
  EXPECT_EQ(wrote.text, "BGM+380+1'");
  EXPECT_EQ(wrote.notes.finding_text(), "MAP-0030 BGM.C002.1001\n");
  EXPECT_EQ(wrote.notes.loss_text(), "function=9\n");
}

}  // namespace
}  // namespace purser::map::testing
