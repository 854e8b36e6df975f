#include "connectors/table/line_count.h"

#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "canonical/event/recorded_events.h"

namespace purser::table {
namespace {

std::string told(std::string_view json) {
  RecordedDocument out;
  LineCount counted(out);
  EXPECT_TRUE(read_json(json, counted));
  std::string text;
  for (const Finding& found : out.report.findings())
    text += found.code + " " + found.path + ": " + found.message + ", expected " + found.expected;
  return text;
}

TEST(LineCount, IsComparedWithTheLinesThatCame) {
  EXPECT_EQ(
      told(
          R"({"document":"purchase_order","totals":{"line_count":2},"lines":[{"number":"1"},{"number":"2"}]})"),
      "");
  EXPECT_EQ(told(R"({"document":"purchase_order","totals":{"line_count":3},"lines":[{"number":"1"}]})"),
            "TABLE-0017 totals.line_count: the number of lines is 3, expected 1");
  EXPECT_EQ(told(R"({"document":"invoice","totals":{"line_count":1}})"),
            "TABLE-0017 totals.line_count: the number of lines is 1, expected 0");
}

TEST(LineCount, LeavesDocumentsWithoutOneAlone) {
  EXPECT_EQ(told(R"({"document":"purchase_order","totals":{"payable":"1"},"lines":[{"number":"1"}]})"), "");
  EXPECT_EQ(told(R"({"document":"acknowledgement","number":"1","status":"accepted"})"), "");
}

}  // namespace
}  // namespace purser::table
