// cXML with attachments: the message is read, what else comes is told.
#include "connectors/cxml/multipart.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "connectors/cxml/format.h"
#include "tests/connectors/reader/trace.h"
#include "tests/connectors/table/samples.h"
#include "tests/connectors/table/trial.h"

namespace purser::cxml::testing {
namespace {

std::string order() { return table::testing::Samples("connectors/cxml/samples").xml("order-request"); }

constexpr std::string_view pdf =
    "Content-Type: application/pdf; name=\"plan.pdf\"\r\nContent-ID: <plan@buyer>\r\n\r\n%PDF-\r\n--not the "
    "end\r\n";

std::string parts(std::string_view xml) {
  return "--b=_1\r\nContent-Type: text/xml;\r\n charset=UTF-8\r\nContent-ID: <order@buyer>\r\n\r\n" +
         std::string(xml) + "\r\n--b=_1\r\n" + std::string(pdf) +
         "\r\n--b=_1\r\nContent-ID: <empty@buyer>\r\n\r\n\r\n--b=_1--\r\nepilogue";
}

std::string with_headers(std::string_view body) {
  return "MIME-Version: 1.0\r\nContent-Type: multipart/related; "
         "type=\"text/xml\";\r\n\tboundary=\"b=_1\"\r\n\r\npreamble\r\n" +
         std::string(body);
}

struct Result {
  Outcome outcome;
  std::string canonical, told;
};

Result read(std::string_view text, std::size_t step = 1 << 16) {
  table::XmlTables tables(format());
  reader::PieceSource source(text, step);
  RecordedDocument document;
  Result result{read_message(tables, {}, source, document), {}, {}};
  if (result.outcome) result.canonical = table::testing::canonical_json(document.events.events());
  for (const Loss& loss : document.losses.losses()) result.told += loss.source + " = " + loss.value + "\n";
  for (const Finding& finding : document.report.findings()) result.told += finding.code + "\n";
  return result;
}

TEST(Multipart, IsKnownByItsFirstBytes) {
  table::XmlTables tables(format());
  for (const std::string& text : {parts(order()), with_headers(parts(order()))}) {
    EXPECT_TRUE(Multipart::is_one(text));
    ASSERT_NE(tables.detect(Multipart::first_part(text)).document, nullptr);
    EXPECT_EQ(tables.detect(Multipart::first_part(text)).document->message, "cXML.OrderRequest");
  }
  for (const std::string_view other :
       {"", "--", "--\r\n", "<cXML/>", "--x\r\n<cXML/>", "Content-Type: text/xml\r\n\r\n<cXML/>"})
    EXPECT_FALSE(Multipart::is_one(other)) << other;
}

TEST(Multipart, GivesItsMessageAndTellsTheRest) {
  const Result alone = read(order());
  ASSERT_TRUE(alone.outcome);
  const std::string attachments =
      "attachment <plan@buyer> = application/pdf; name=\"plan.pdf\", 22 bytes\nattachment <empty@buyer> = , "
      "0 bytes\n";
  for (const std::string& text : {parts(order()), with_headers(parts(order()))}) {
    for (const std::size_t step : {1, 7, 1000, 1 << 16}) {
      const Result found = read(text, step);
      ASSERT_TRUE(found.outcome) << found.outcome.error().message;
      EXPECT_EQ(found.canonical, alone.canonical);
      EXPECT_EQ(found.told, alone.told + attachments) << step;
    }
  }
}

TEST(Multipart, NeedsNoEnd) {
  const std::string text = parts(order());
  const Result cut = read(text.substr(0, text.find("%PDF-")));
  ASSERT_TRUE(cut.outcome);
  EXPECT_NE(cut.told.find("<plan@buyer>"), std::string::npos) << cut.told;
}

TEST(Multipart, IsRefusedWhereItsMessageCannotBeRead) {
  std::string encoded = parts("PGNYTUwvPg==");
  encoded.insert(encoded.find("Content-ID"), "Content-Transfer-Encoding: base64\r\n");
  for (const std::string& text :
       {encoded, std::string("--b\r\nContent-Type: text/xml\r\n"),
        std::string("Content-Type: multipart/related; boundary=b\r\n\r\nnothing")}) {
    const Result found = read(text);
    ASSERT_FALSE(found.outcome) << text;
    EXPECT_EQ(found.outcome.error().code, "CXML-0004");
    EXPECT_NE(found.told.find("CXML-0004"), std::string::npos);
  }
}

// Damaged anywhere: no crash, an answer.
TEST(Multipart, SurvivesDamage) {
  const std::string text = with_headers(parts("<cXML/>"));
  for (std::size_t at = 0; at < text.size(); ++at) {
    (void)read(text.substr(0, at));
    for (const char c : {'\0', '\n', '-', '"', ' '}) {
      std::string damaged = text;
      damaged[at] = c;
      (void)read(damaged);
    }
  }
}

}  // namespace
}  // namespace purser::cxml::testing
