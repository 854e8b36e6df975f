#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/event/json_reader.h"
#include "canonical/event/json_writer.h"
#include "tests/canonical/event/random_document.h"

namespace purser {
namespace {

std::string written(std::span<const Event> events, JsonStyle style = JsonStyle::compact) {
  std::string json;
  JsonWriter writer(append_to_text(json), style);
  EXPECT_TRUE(replay(events, writer, 5));
  return json;
}

RecordedDocument read(std::string_view json, bool good = true) {
  RecordedDocument document;
  EXPECT_EQ(read_json(json, document).has_value(), good) << json;
  return document;
}

using Places = std::vector<std::string>;

/// Code, line, column and path of each finding.
Places places(const RecordedDocument& document) {
  Places out;
  for (const Finding& finding : document.report.findings())
    out.push_back(finding.code + " " + std::to_string(finding.at.line) + ":" +
                  std::to_string(finding.at.column) + " " + finding.path);
  return out;
}

TEST(Json, WritesAndReadsEveryKindOfDocument) {
  for (const DocumentDescriptor& document : documents()) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      RecordedEvents made = test::random_document(document, seed);
      for (JsonStyle style : {JsonStyle::compact, JsonStyle::indented}) {
        RecordedDocument back = read(written(made.events(), style));
        EXPECT_TRUE(back.report.empty()) << to_line(back.report.findings().front(), document.name);
        ASSERT_EQ(describe(back.events.events()), describe(made.events())) << document.name << " " << seed;
      }
    }
  }
}

constexpr std::string_view small =
    R"({"document":"invoice","model":"1.0","number":"R-1","issue_date":"2026-11-20","seller":{"name":"S"},)"
    R"("totals":{"payable":"119.00"},"lines":[{"number":"1","price":{"amount":"1.500"}},{"number":"2"}]})";

TEST(Json, WritesDeterministically) {
  RecordedDocument document = read(small);
  EXPECT_EQ(written(document.events.events()), std::string(small) + "\n");
  EXPECT_EQ(
      written(document.events.events(), JsonStyle::indented).substr(0, 119),
      "{\n  \"document\": \"invoice\",\n  \"model\": \"1.0\",\n  \"number\": \"R-1\",\n  \"issue_date\": "
      "\"2026-11-20\",\n  \"seller\": {\n    \"name\":");
}

TEST(Json, EscapesWhatMustBeEscaped) {
  RecordedDocument document = read(R"({"document":"invoice","number":"a\"\\\/\n\t\u00e9\ud83d\ude9a"})");
  EXPECT_EQ(
      written(document.events.events()),
      "{\"document\":\"invoice\",\"model\":\"1.0\",\"number\":\"a\\\"\\\\/\\n\\té\xF0\x9F\x9A\x9A\"}\n");
}

TEST(Json, TakesDecimalsAsNumbersExactly) {
  RecordedDocument document =
      read(R"({"document":"invoice","totals":{"net":100.00,"tax":1.9e1,"payable":"119.00","charges":-0.1}})");
  EXPECT_EQ(describe(document.events.events()),
            (Places{"document invoice", "totals", "totals.net = 100.00", "totals.tax = 19",
                    "totals.payable = 119.00", "totals.charges = -0.1"}));
}

TEST(Json, SaysWhereAndWhatIsNearest) {
  RecordedDocument document = read(
      "{\"document\":\"invoice\",\n \"nmber\":{\"a\":[1,2]},\n \"number\":\"1\",\"number\":\"2\",\n"
      " \"issue_date\":\"20.11.2026\",\n \"lines\":[{\"number\":\"1\"},{\"number\":5,\n"
      "  \"price\":[]}],\"buyer\":null,\"allowances\":{},\"model\":\"2.0\"}");
  RecordedDocument control = read(R"({"document":"invoice","number":"a\u0001b"})");
  EXPECT_EQ(places(control), Places{"JSON-0003 1:32 number"});
  EXPECT_EQ(places(document), (Places{"JSON-0002 2:2 ", "JSON-0004 3:15 ", "JSON-0003 4:15 issue_date",
                                      "JSON-0003 5:36 lines[2].number", "JSON-0003 6:11 lines[2].price",
                                      "JSON-0003 6:42 allowances", "JSON-0006 6:53 "}));
  EXPECT_EQ(document.report.findings()[0].expected, "perhaps 'number'");
}

TEST(Json, PositionsTravelWithTheEvents) {
  RecordedDocument document = read("{\"document\":\"invoice\",\r\n  \"number\": \"R-1\"}");
  const Event& number = document.events.events()[1];
  EXPECT_EQ(number.at.line, 2U);
  EXPECT_EQ(number.at.column, 13U);
  EXPECT_EQ(number.at.offset, 36U);
}

TEST(Json, StopsAtBrokenText) {
  EXPECT_EQ(places(read("{\"document\":\"invoice\",\n\"number\" \"1\"}", false)),
            (Places{"JSON-0001 2:10 number"}));
  EXPECT_EQ(places(read("", false)), (Places{"JSON-0007 1:1 "}));
  EXPECT_EQ(places(read("[]", false)), (Places{"JSON-0007 1:1 "}));
  EXPECT_EQ(places(read(R"({"number":"1"})", false)), (Places{"JSON-0007 1:2 "}));
  EXPECT_EQ(places(read(R"({"document":"invoic"})", false)), (Places{"JSON-0007 1:13 "}));
  EXPECT_EQ(places(read("{\"document\":\"invoice\",\"number\":\"caf\xE9\"}", false)),
            (Places{"JSON-0001 1:32 number"}));
}

TEST(Json, KeepsToItsLimits) {
  RecordedDocument document;
  EXPECT_FALSE(read_json(R"({"document":"invoice","x":[[[[[1]]]]]})", document, {.max_depth = 4}));
  EXPECT_FALSE(read_json(R"({"document":"invoice","number":"12345678"})", document, {.max_string = 7}));
  ASSERT_EQ(document.report.findings().size(), 3U);
  EXPECT_EQ(document.report.findings()[1].code, "JSON-0005");
  EXPECT_EQ(document.report.findings()[2].code, "JSON-0005");
  std::string blanks(200'000, ' ');
  EXPECT_FALSE(read_json(blanks + std::string(small), document, {.max_size = 100'000}));
}

TEST(Json, ReadsByteByByteAsInOnePiece) {
  RecordedEvents made = test::random_document(*find_document(DocumentType::invoice), 5);
  std::string json = "\xEF\xBB\xBF" + written(made.events(), JsonStyle::indented);
  RecordedDocument document;
  std::size_t at = 0;
  TextInput one = [&](std::span<char> into) -> std::expected<std::size_t, Status> {
    if (at == json.size()) return 0;
    into[0] = json[at++];
    return 1;
  };
  ASSERT_TRUE(read_json(one, document));
  RecordedDocument whole = read(json);
  ASSERT_EQ(describe(document.events.events()), describe(whole.events.events()));
  for (std::size_t i = 0; i < whole.events.events().size(); ++i)
    ASSERT_EQ(document.events.events()[i].at, whole.events.events()[i].at);
}

TEST(Json, ReadsSeveralDocuments) {
  RecordedDocument document = read(std::string(small) + "\n" + std::string(small));
  EXPECT_EQ(std::ranges::count(document.events.events(), EventKind::end_document, &Event::kind), 2);
}

TEST(Json, WriterPassesTheOutputsFailureOn) {
  JsonWriter writer([](std::string_view) -> Outcome {
    return std::unexpected(Status{StatusClass::unavailable, "DELIVER-0001", "full"});
  });
  RecordedEvents made = test::random_document(*find_document(DocumentType::invoice), 1);
  Outcome good = replay(made.events(), writer);
  ASSERT_FALSE(good);
  EXPECT_EQ(good.error().what, StatusClass::unavailable);
}

}  // namespace
}  // namespace purser
