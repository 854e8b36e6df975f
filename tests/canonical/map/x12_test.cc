// What the layouts of X12 add: places as names, sets, implied decimals, compact dates, versions, syntax
// notes.
#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/event/header_first.h"
#include "canonical/event/recorded_events.h"
#include "canonical/map/call.h"
#include "canonical/map/segment_check.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

constexpr std::string_view layout = R"(layout x12 810 004010 005010
element 76 AN 1..22
element 98 ID 2..3
element 93 AN 1..35 until 004030
element 93 AN 1..60 from 004040
element 143 ID 3
element 96 N0 1..10
element 234 AN 1..48
element 235 ID 2
element 337 TM 4..8
element 350 AN 1..20
element 358 R 1..10
element 373 DT 8
element 610 N2 1..15
element 127 AN 1..30
element 128 ID 2..3
composite C040 128! 127! 128 127
set ITEM 235 234
segment ST 143!
segment BIG 373! 76! 337
segment N1 98! 93 98 127 : R0203 P0304
segment IT1 350 358 ITEM*3 C040
segment TDS 610!
segment SE 96
message
  ST M 1
  BIG M 1
  group N1 C 10
    N1 M 1
  group IT1 C 100
    IT1 M 1
  TDS M 1
  SE M 1
)";

constexpr std::string_view table = R"(map x12 810 * <-> invoice
BIG.01              issue_date
BIG.02              number         required
BIG.03              issue_time
. ->                kind           default "380"
group N1[01=SE]     seller
  N1.02               name         default "?"
group N1[01=BY]     buyer
  N1.02               name         default "?"
each IT1            lines
  IT1.01              number       default "1"
  IT1.02              quantity.value
  group IT1.ITEM[01=VP]  item
    ITEM.02             seller_id
  each IT1.ITEM     item.other_ids
    ITEM.02             id
    ITEM.01             scheme
  IT1.09.02           note.text
TDS.01              totals.payable
ST.01               <- "810"
ST.01               -> ignore "says which table reads"
SE -> ignore "end"
)";

std::shared_ptr<const Program> program(std::string_view version = "004010") {
  const TableFile library[] = {{"810.map", table}, {"810.layout", layout}};
  const CallTable calls;
  auto loaded = Program::load(library[0], library, {}, calls, version);
  if (!loaded) {
    for (const Finding& finding : loaded.error().findings())
      ADD_FAILURE() << finding.at.line << " " << finding.code << " " << finding.message << " "
                    << finding.expected;
    return nullptr;
  }
  return *loaded;
}

constexpr std::string_view invoice =
    "ST+810'BIG+20261120+R1+093015'N1+SE+Seller'N1+BY+Buyer'IT1+1+2.5+UP+0123+VP+X-1+ZZ+Z9'TDS+-10050'SE+7'";

struct Checked : LineSink {
  std::vector<std::string> told;
};

Checked read(const Program& program, std::string_view text) {
  Checked sink;
  Decoder decoder(program, sink);
  const SegmentForms forms(program);
  SegmentCheck check(
      forms, decoder,
      [&](const Finding& finding) { sink.told.push_back(finding.code + " " + finding.source); }, false);
  EXPECT_TRUE(play_edi(text, check));
  EXPECT_TRUE(decoder.finish({}));
  return sink;
}

TEST(X12Layout, PlacesSetsDecimalsAndDates) {
  const auto loaded = program();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->version(), "004010");
  const Checked sink = read(*loaded, invoice);
  EXPECT_EQ(sink.text(),
            "number=R1\nissue_date=2026-11-20\nissue_time=09:30:15\nkind=380\nbuyer.name=Buyer\nseller.name="
            "Seller\n"
            "lines.number=1\nlines.quantity.value=2.5\nlines.item.seller_id=X-1\n"
            "lines.item.other_ids.id=0123\nlines.item.other_ids.scheme=UP\n"
            "lines.item.other_ids.id=Z9\nlines.item.other_ids.scheme=ZZ\ntotals.payable=-100.50\n");
  EXPECT_EQ(sink.loss_text(), "");
  EXPECT_TRUE(sink.told.empty());
}

TEST(X12Layout, WritesSetsInTheirPlaces) {
  const auto loaded = program();
  ASSERT_TRUE(loaded);
  RecordedDocument recorded;
  HeaderFirst header_first(recorded);
  class Ordered : public DocumentSink {
   public:
    explicit Ordered(EventSink& next) : next_(next) {}
    Outcome push(std::span<const Event> batch) override { return next_.push(batch); }
    void finding(Finding) override {}
    void loss(Loss) override {}

   private:
    EventSink& next_;
  } ordered(header_first);
  Decoder decoder(*loaded, ordered);
  ASSERT_TRUE(
      play_edi("ST+810'BIG+20261120+R1+0930'N1+SE+S'N1+BY+B'IT1+1+2.5+UP+0123'TDS+7.5'SE+7'", decoder));
  ASSERT_TRUE(decoder.finish({}));
  TextSink out("x12");
  LineSink notes;
  Encoder encoder(*loaded, out, notes);
  ASSERT_TRUE(encoder.push(recorded.events.events()));
  ASSERT_TRUE(encoder.finish());
  EXPECT_EQ(out.text, "ST+810'BIG+20261120+R1+0930'N1+SE+S'N1+BY+B'IT1+1+2.5+UP+0123'TDS+750'");
  EXPECT_EQ(notes.finding_text(), "");
  EXPECT_EQ(notes.loss_text(), "") << "the kind is what reading would give again";
}

TEST(X12Layout, AnAmountOfMoreDecimalsThanItsFormIsRefusedInWholeWords) {
  const auto loaded = program();
  ASSERT_TRUE(loaded);
  TextSink out("x12");
  LineSink notes;
  Encoder encoder(*loaded, out, notes);
  feed(encoder, R"({"document":"invoice","number":"R1","issue_date":"2026-11-20","totals":{"payable":"7.505"}})");
  const auto found = std::ranges::find(notes.findings, "TDS.01", &Finding::source);
  ASSERT_NE(found, notes.findings.end()) << notes.finding_text();
  EXPECT_EQ(found->expected, "no more decimals than the form has, and 18 digits at most");
}

TEST(X12Layout, TellsWhatIsWrongInsideSegments) {
  const auto loaded = program();
  ASSERT_TRUE(loaded);
  const Checked sink =
      read(*loaded,
           "ST+810'BIG+20261320'N1+SE+'N1+BY+Buyer+92'N1+S+X+92+1+Q'IT1+1+2,5+UP++++++ZZ:x:y'TDS+1.5'SE+7'");
  EXPECT_EQ(sink.told,
            (std::vector<std::string>{"MAP-0024 BIG.01", "MAP-0014 BIG.02", "MAP-0015 N1.02",
                                      "MAP-0015 N1.04", "MAP-0017 N1.01", "MAP-0016 N1.05", "MAP-0019 IT1.02",
                                      "MAP-0017 IT1.09.03", "MAP-0019 TDS.01"}));
}

TEST(X12Layout, VersionsDiffer) {
  const std::string name(50, 'x');
  const std::string text = "ST+810'BIG+20261120+R1'N1+SE+" + name + "'N1+BY+B'TDS+1'SE+7'";
  const auto old = program("004010"), young = program("005010");
  ASSERT_TRUE(old && young);
  EXPECT_EQ(read(*old, text).told, std::vector<std::string>{"MAP-0018 N1.02"});
  EXPECT_TRUE(read(*young, text).told.empty());
  EXPECT_EQ(SegmentForms(*old).element_code("IT1", 6, 1), "234");
  EXPECT_EQ(SegmentForms(*old).element_code("IT1", 9, 2), "127");
  EXPECT_EQ(SegmentForms(*old).element_code("N1", 2, 1), "93");
}

}  // namespace
}  // namespace purser::map::testing
