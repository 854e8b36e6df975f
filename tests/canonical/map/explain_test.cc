#include "canonical/map/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/canonical/map/layouts.h"
#include "tests/canonical/map/script.h"

namespace purser::map::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::shared_ptr<const Program> edi() { return load(edi_table, {std::string(edi_layout)}); }

TEST(Explain, NamesTheRowBehindEachValue) {
  const auto program = edi();
  ASSERT_NE(program, nullptr);
  LineSink sink;
  Decoder decoder(*program, sink);
  ASSERT_TRUE(play(*program, "UNH+1'BGM+380+R-17'DTM+137:20261120:102'", decoder));
  ASSERT_TRUE(decoder.finish({}));
  ASSERT_EQ(sink.lines.at(0), "number=R-17");
  const Position& at = sink.positions.at(0);
  EXPECT_EQ(at.segment, 2U);
  EXPECT_EQ(at.element, 2U);
  const auto row = row_of(*program, at.table, at.row);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->table, "test.map");
  EXPECT_EQ(row->text, "BGM.1004 number required");
  EXPECT_EQ(row->source, "BGM.1004");
  EXPECT_FALSE(row_of(*program, 9, 1));
  EXPECT_FALSE(row_of(*program, 1, 1));
}

TEST(Explain, WritesTheTableAsASpecification) {
  const auto program = edi();
  ASSERT_NE(program, nullptr);
  const std::string text = specification(*program);
  EXPECT_THAT(text, HasSubstr("| `BGM.1004` | `number` | BT-1"));
  EXPECT_THAT(text, HasSubstr("| `NAD.C080.3036#2` | `seller.trading_name` | BT-28"));
  EXPECT_THAT(text, HasSubstr("| `380` | `380` |"));
}

TEST(Explain, SaysWhatNoRowReads) {
  const auto program = edi();
  ASSERT_NE(program, nullptr);
  std::vector<std::string> sources;
  for (const Unread& each : coverage(*program)) sources.push_back(each.source);
  EXPECT_THAT(sources, Contains("FTX.C107.*"));
  EXPECT_THAT(sources, Contains("LIN.RFF.*").Times(0));
  EXPECT_THAT(sources, Contains("RFF.*"));  // of the line: no row there
  EXPECT_THAT(sources, Not(Contains("BGM.1004")));
  EXPECT_THAT(sources, Not(Contains("UNS.0081")));
}

}  // namespace
}  // namespace purser::map::testing
