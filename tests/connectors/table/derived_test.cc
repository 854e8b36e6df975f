#include "connectors/table/derived.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"

namespace purser::table {
namespace {

/// What a document has more than the JSON says, one line a value.
std::string added(std::string_view json, Demand demand) {
  RecordedDocument before;
  EXPECT_TRUE(read_json(json, before));
  std::string text;
  for (const std::size_t batch : {std::size_t{1}, std::size_t{3}, std::size_t{1000}}) {
    RecordedEvents after;
    const auto filler = fill_derived(after, demand);
    EXPECT_TRUE(replay(before.events.events(), *filler, batch));
    auto was = describe(before.events.events()), is = describe(after.events());
    std::ranges::sort(was);
    std::ranges::sort(is);
    std::vector<std::string> more;
    std::ranges::set_difference(is, was, std::back_inserter(more));
    EXPECT_TRUE(std::ranges::includes(is, was)) << "nothing gets lost or changed";
    std::string lines;
    for (const auto& line : more) lines += line + "\n";
    EXPECT_TRUE(text.empty() || lines == text) << "in batches of " << batch << "\n" << lines;
    text = lines;
  }
  return text;
}

constexpr std::string_view invoice =
    R"({"document":"invoice","number":"1","tax_subtotals":[{"tax_amount":"3.80"},{"tax_amount":"0.70"}],)"
    R"("totals":{"gross":"119.50","prepaid":"19.50"},"lines":[)"
    R"({"number":"1","quantity":{"value":"3"},"price":{"amount":"1.005"}},)"
    R"({"number":"2","quantity":{"value":"10"},"price":{"amount":"9.90","gross_amount":"11.00",)"
    R"("base_quantity":{"value":"5"}},"allowances":[{"amount":"0.80"}],"charges":[{"amount":"1.00"}]}]})";

TEST(Derived, NothingIsPutThatIsNotDemanded) { EXPECT_EQ(added(invoice, {}), ""); }

TEST(Derived, AmountsOfLinesFollowFromQuantityAndPrice) {
  EXPECT_EQ(added(invoice, {.line_amounts = true}),
            "lines[1].net_amount = 3.02\nlines[2].net_amount = 20.00\n");
  EXPECT_EQ(added(invoice, {.discounts = true}), "lines[2].price.discount = 1.10\n");
}

TEST(Derived, TotalsFollowFromEachOther) {
  EXPECT_EQ(added(invoice, {.tax = true, .payable = true}), "totals.payable = 100.00\ntotals.tax = 4.50\n");
  EXPECT_EQ(added(invoice, {.gross = true}), "") << "it is there";
  EXPECT_EQ(added(R"({"document":"invoice","totals":{"payable":"5.00","rounding":"0.02"}})", {.gross = true}),
            "totals.gross = 4.98\n");
}

TEST(Derived, TheSumOfTheLinesComesInFrontOfThem) {
  EXPECT_EQ(added(invoice, {.sum_in_front = true}), "totals.line_net = 23.02\n");
  constexpr std::string_view order =
      R"({"document":"purchase_order","number":"1","lines":[{"quantity":{"value":"2"},"price":{"amount":"1.50"}},)"
      R"({"net_amount":"4.00"}]})";
  EXPECT_EQ(added(order, {.sum_in_front = true}), "totals\ntotals.line_net = 7.00\n");
}

TEST(Derived, AnUnknownLineLeavesTheSumOpen) {
  constexpr std::string_view order =
      R"({"document":"purchase_order","lines":[{"quantity":{"value":"2"}},{"net_amount":"4.00"}]})";
  EXPECT_EQ(added(order, {.sum_in_front = true}), "");
  EXPECT_EQ(added(R"({"document":"purchase_order","number":"1"})", {.sum_in_front = true}), "")
      << "no lines, no sum";
}

TEST(Derived, WhatHasTooManyDigitsStaysOpen) {
  EXPECT_EQ(added(R"({"document":"invoice","lines":[{"quantity":{"value":"999999999999999999"},)"
                  R"("price":{"amount":"999999999999"}},{"quantity":{"value":"1"},"price":{"amount":"1",)"
                  R"("base_quantity":{"value":"0"}}}]})",
                  {.line_amounts = true}),
            "");
}

}  // namespace
}  // namespace purser::table
