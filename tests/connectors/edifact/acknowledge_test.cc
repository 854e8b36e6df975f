// What is answered: CONTRL from the findings of reading, written in both syntaxes, and read again.
#include <gtest/gtest.h>

#include "canonical/acknowledge/application.h"
#include "canonical/model/convert.h"
#include "tests/connectors/edifact/trial.h"

namespace purser::edifact {
namespace {

using testing::read_text;
using testing::write_text;

const Date today{2026, 11, 20};

std::string order(std::string_view reference, std::string_view lines, int segments, std::string_view date = "20261120:102") {
  return "UNH+" + std::string(reference) + "+ORDERS:D:96A:UN:EAN008'BGM+220+P" + std::string(reference) + "+9'DTM+137:" +
         std::string(date) + "'NAD+BY+5412345000013::9'NAD+SU+4012345000009::9'" + std::string(lines) + "UNS+S'UNT+" +
         std::to_string(segments) + "+" + std::string(reference) + "'";
}

std::string interchange(std::string_view messages, std::string_view trailer, std::string_view syntax = "UNOC:3") {
  return "UNB+" + std::string(syntax) + "+5412345000013:14+4012345000009:14+261120:0915+77'" + std::string(messages) +
         std::string(trailer);
}

constexpr std::string_view good_line = "LIN+1++4012345000016:EN'QTY+21:2:PCE'";

/// The CONTRL that answers `edi`; empty if none does.
std::string answer(std::string_view edi, std::string_view settings = "{}") {
  Tables tables({});
  const auto trial = read_text(tables, edi, {}, today);
  if (trial.documents.empty()) return {};
  const auto& last = trial.documents.back();
  if (last.events.events().front().number != static_cast<std::uint32_t>(DocumentType::acknowledgement)) return {};
  EXPECT_FALSE(last.report.has(Severity::error));
  sdk::Request request;
  request.settings = settings;
  RecordedDocument notes;
  const auto text = write_text(tables, std::span(&last, 1), request, notes);
  EXPECT_TRUE(text.has_value()) << text.error().message;
  return text ? *text : std::string();
}

std::string body(const std::string& edi) {
  const auto begin = edi.find("UNH");
  return edi.substr(begin, edi.find("UNZ") - begin);
}

TEST(Contrl, GoodInterchangesAreAcknowledged) {
  const std::string text = answer(interchange(order("X1", good_line, 9), "UNZ+1+77'"));
  EXPECT_TRUE(text.starts_with("UNA:+.? 'UNB+UNOC:3+4012345000009:14+5412345000013:14+")) << text;
  EXPECT_EQ(body(text),
            "UNH+77+CONTRL:D:3:UN'UCI+77+5412345000013:14+4012345000009:14+7'UCM+X1+ORDERS:D:96A:UN:EAN008+7'UNT+4+77'");
}

TEST(Contrl, EachErrorIsToldAtItsPlace) {
  const std::string wrong = order("X1", "LIN+1++4012345000016:EN'QTY+21:two:PCE'XYZ+1'", 10);
  const std::string text = answer(interchange(wrong + order("X2", good_line, 8), "UNZ+2+77'"));
  EXPECT_EQ(body(text),
            "UNH+77+CONTRL:D:3:UN'UCI+77+5412345000013:14+4012345000009:14+7'"
            "UCM+X1+ORDERS:D:96A:UN:EAN008+4'UCS+7+13'UCD+37+2:2'UCD+12+2:2'UCS+8+15'"
            "UCM+X2+ORDERS:D:96A:UN:EAN008+7+29+UNT+2'UNT+9+77'");
}

TEST(Contrl, MissingSegmentsStandBehindTheOneBefore) {
  const std::string text = answer(interchange("UNH+X1+ORDERS:D:96A:UN'DTM+137:20261120:102'UNS+S'UNT+4+X1'", "UNZ+1+77'"));
  EXPECT_NE(text.find("UCM+X1+ORDERS:D:96A:UN+4'UCS+1+13'"), std::string::npos) << text;
}

TEST(Contrl, WrongCountsOfTheInterchangeStandInUci) {
  const std::string text = answer(interchange(order("X1", good_line, 9), "UNZ+3+77'"));
  EXPECT_NE(text.find("UCI+77+5412345000013:14+4012345000009:14+7+29+UNZ+2'"), std::string::npos) << text;
  const std::string broken = answer(interchange(order("X1", good_line, 9), ""));
  EXPECT_NE(broken.find("UCI+77+5412345000013:14+4012345000009:14+4+13+UNZ'"), std::string::npos) << broken;
}

TEST(Contrl, AMessageWithoutTableIsRejected) {
  const std::string text =
      answer(interchange(order("X1", good_line, 9) + "UNH+X2+PAXLST:D:96A:UN'BGM+745'UNT+3+X2'", "UNZ+2+77'"));
  EXPECT_NE(text.find("UCM+X1+ORDERS:D:96A:UN:EAN008+7'UCM+X2+PAXLST:D:96A:UN+4+17+UNH"), std::string::npos) << text;
}

std::string group(std::string_view reference, std::string_view messages, int count) {
  return "UNG+ORDERS+5412345000013:14+4012345000009:14+261120:0915+" + std::string(reference) + "+UN+D:96A'" +
         std::string(messages) + "UNE+" + std::to_string(count) + "+" + std::string(reference) + "'";
}

TEST(Contrl, GroupsAreAnsweredOneByOne) {
  const std::string wrong = order("X2", "LIN+1++4012345000016:EN'QTY+21:two:PCE'", 9);
  const std::string edi =
      interchange(group("G1", order("X1", good_line, 9) + wrong, 2) + group("G2", order("X3", good_line, 9), 5), "UNZ+2+77'");
  const std::string whole =
      "UNH+77+CONTRL:D:3:UN'UCI+77+5412345000013:14+4012345000009:14+7'"
      "UCF+G1+5412345000013:14+4012345000009:14+7'UCM+X1+ORDERS:D:96A:UN:EAN008+7'"
      "UCM+X2+ORDERS:D:96A:UN:EAN008+4'UCS+7+13'UCD+37+2:2'UCD+12+2:2'"
      "UCF+G2+5412345000013:14+4012345000009:14+7+29+UNE+2'UCM+X3+ORDERS:D:96A:UN:EAN008+7'UNT+11+77'";
  const std::string text = answer(edi);
  EXPECT_EQ(body(text), whole);
  // Read again and written again it says the same.
  Tables tables({});
  const auto again = read_text(tables, text, {}, today);
  ASSERT_EQ(again.documents.size(), 1U);
  EXPECT_TRUE(again.documents[0].report.empty());
  EXPECT_TRUE(again.documents[0].losses.empty());
  RecordedDocument notes;
  const auto written = write_text(tables, again.documents, {}, notes);
  ASSERT_TRUE(written.has_value());
  EXPECT_EQ(body(*written), whole);
  EXPECT_TRUE(notes.losses.empty());
}

TEST(Contrl, AGroupWithoutTrailerIsTold) {
  const std::string open = "UNG+ORDERS+A+B+261120:0915+G1+UN+D:96A'" + order("X1", good_line, 9);
  const std::string text = answer(interchange(open, "UNZ+1+77'"));
  EXPECT_NE(text.find("UCF+G1+A+B+7+13+UNE'UCM+X1+"), std::string::npos) << text;
}

TEST(Contrl, Syntax4NamesItsOwnVersion) {
  const std::string text = answer(interchange(order("X1", good_line, 9), "UNZ+1+77'", "UNOC:4"), R"({"syntax_version":4})");
  EXPECT_TRUE(body(text).starts_with("UNH+77+CONTRL:4:1:UN'UCI+77+")) << text;
}

TEST(Contrl, AContrlIsNotAnswered) {
  Tables tables({});
  const auto trial = read_text(tables, interchange("UNH+1+CONTRL:D:3:UN'UCI+4713+A+B+8'UNT+3+1'", "UNZ+1+77'"), {}, today);
  EXPECT_EQ(trial.documents.size(), 1U);
}

TEST(Contrl, TruncatedAnywhereIsAnsweredOrNothing) {
  const std::string whole = interchange(order("X1", good_line, 9), "UNZ+1+77'");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string text = answer(std::string_view(whole).substr(0, size));
    if (text.empty()) continue;
    EXPECT_NE(text.find("UCI+77+"), std::string::npos) << size << text;
  }
}

TEST(Aperak, IsWrittenFromTheFindingsOfADocument) {
  acknowledge::DocumentFacts facts;
  facts.type = DocumentType::invoice;
  facts.number = "RE-1";
  facts.kind = "380";
  facts.envelope.sender.emplace().id = "SU";
  facts.envelope.recipient.emplace().id = "BY";
  Finding wrong = make_finding("MODEL-0001", {}, "'currency' has no value");
  RecordedDocument document;
  ASSERT_TRUE(model::to_events(acknowledge::of_document(facts, std::vector{wrong}, today), document));
  Tables tables({});
  sdk::Request request;
  request.message = "APERAK";
  RecordedDocument notes;
  const auto text = write_text(tables, std::span(&document, 1), request, notes);
  ASSERT_TRUE(text.has_value()) << text.error().message;
  EXPECT_EQ(body(*text),
            "UNH+1+APERAK:D:96A:UN'BGM+313+RE-1++RE'DTM+137:20261120:102'RFF+IV:RE-1'ERC+18'"
            "FTX+AAO+++MODEL-0001?: ?'currency?' has no value'UNT+7+1'");
  const auto again = read_text(tables, *text);
  ASSERT_EQ(again.documents.size(), 1U);
  EXPECT_FALSE(again.documents[0].report.has(Severity::error));
}

}  // namespace
}  // namespace purser::edifact
