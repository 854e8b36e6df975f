// What answers an interchange: derived from the findings, written as 997, 999 and TA1, read again as the
// same.
#include <gtest/gtest.h>

#include <algorithm>

#include "canonical/acknowledge/application.h"
#include "canonical/model/convert.h"
#include "connectors/x12/embedded.h"
#include "tests/connectors/x12/trial.h"

namespace purser::x12::testing {
namespace {

constexpr Date day{2026, 11, 20};

std::string interchange(std::string_view body, std::string_view asks = "0") {
  return "ISA*00*          *00*          *ZZ*BUYERCORP      *01*123456789      "
         "*261120*0930*U*00401*000000042*" +
         std::string(asks) + "*T*>~GS*PO*BUYAPP*SELAPP*20261120*0930*7*X*004010~" + std::string(body) +
         "GE*1*7~IEA*1*000000042~";
}

constexpr std::string_view sound =
    "ST*850*0001~BEG*00*SA*PO-1**20261118~N1*BY*Buyer*92*B01~PO1*1*1*EA*1.5**VP*X1~CTT*1~SE*6*0001~";

class Answer : public ::testing::Test {
 protected:
  table::Library tables{{}, embedded_files()};

  /// The segments that answer an interchange, from AK1 or TA1 to the trailer.
  std::string answers(const std::string& text, const std::string& message = {},
                      const std::string& version = "004010") {
    Trial trial = read_text(tables, text, {}, day);
    std::erase_if(trial.documents, [](const RecordedDocument& document) {
      const auto lines = describe(document.events.events());
      return std::ranges::find(lines, "outgoing = true") == lines.end();
    });
    if (trial.documents.empty()) return "none";
    sdk::Request request;
    request.message = message;
    request.version = version;
    RecordedDocument notes;
    const auto written = write_text(tables, trial.documents, request, notes);
    if (!written) return written.error().message;
    for (const Loss& loss : notes.losses.losses()) losses += loss.source + " ";
    for (const Finding& finding : notes.report.findings()) losses += finding.code + " ";
    header = written->substr(0, written->find('~'));
    const auto begin = std::min(written->find("AK1"), written->find("TA1"));
    return written->substr(begin, written->find("SE*", begin) - begin);
  }

  std::string losses, header;
};

TEST_F(Answer, AcceptsWhatIsSound) {
  EXPECT_EQ(answers(interchange(sound)), "AK1*PO*7~AK2*850*0001~AK5*A~AK9*A*1*1*1~");
  EXPECT_EQ(losses, "");
  EXPECT_EQ(header.substr(0, 70), "ISA*00*          *00*          *01*123456789      *ZZ*BUYERCORP      *");
}

TEST_F(Answer, NamesSegmentsAndElements) {
  const std::string text = interchange(
      "ST*850*0001~BEG*00*SA*PO-1**20261318~N1*BY*Buyer*92~ZZZ*1~PO1*1*ten*EA*1.5**VP*X1~CTT*1~SE*9*0001~");
  EXPECT_EQ(answers(text),
            "AK1*PO*7~AK2*850*0001~"
            "AK3*BEG*2**8~AK4*5*373*8~AK4*5*373*7~"
            "AK3*N1*3**8~AK4*4*67*2~"
            "AK3*ZZZ*4**6~"
            "AK3*PO1*5**8~AK4*2*330*6~AK4*2*330*7~"
            "AK5*R*4*5~AK9*R*1*1*0~");
}

TEST_F(Answer, SaysWhatIsWrongWithTheGroup) {
  std::string text = interchange(sound);
  text.replace(text.find("GE*1*7"), 6, "GE*2*8");
  EXPECT_EQ(answers(text), "AK1*PO*7~AK2*850*0001~AK5*A~AK9*E*2*1*1*5*4~");
}

TEST_F(Answer, MissingSegmentAndUnknownTransactionSet) {
  EXPECT_EQ(answers(interchange("ST*850*0001~BEG*00*SA*PO-1**20261118~SE*3*0001~")),
            "AK1*PO*7~AK2*850*0001~AK3*PO1*2**3~AK5*R*5~AK9*R*1*1*0~");
  EXPECT_EQ(answers(interchange("ST*214*0001~B10*1~SE*3*0001~")),
            "AK1*PO*7~AK2*214*0001~AK5*R*1~AK9*R*1*1*0~");
}

TEST_F(Answer, ImplementationAcknowledgement) {
  EXPECT_EQ(answers(interchange(sound), "999", "005010X231A1"),
            "AK1*PO*7*004010~AK2*850*0001~IK5*A~AK9*A*1*1*1~");
}

TEST_F(Answer, InterchangeAcknowledgementWhereItIsAskedFor) {
  const std::string text = answers(interchange(sound, "1"));
  EXPECT_EQ(text.substr(0, text.find("GS*")), "TA1*000000042*261120**A*000~");
}

TEST_F(Answer, InterchangeAcknowledgementNamesTheElement) {
  std::string text = interchange(sound, "1");
  text.replace(text.find("*261120*0930*U*"), 15, "*269920*0930*U*");
  EXPECT_EQ(answers(text).substr(0, 33), "TA1*000000042*261120**E*014~GS*FA");
}

TEST_F(Answer, ContentIsAnsweredWith824) {
  acknowledge::DocumentFacts facts;
  facts.type = DocumentType::purchase_order;
  facts.number = "PO-1";
  facts.envelope.sender.emplace().id = "BUYERCORP";
  facts.envelope.recipient.emplace().id = "SELLER";
  Finding finding =
      make_finding("MAP-0002", {}, "a sentence that says so much that sixty characters do not hold it");
  const auto answer = acknowledge::of_document(facts, std::span(&finding, 1), day);
  std::vector<RecordedDocument> documents(1);
  ASSERT_TRUE(model::to_events(answer, documents[0]));
  RecordedDocument notes;
  const auto written = write_text(tables, documents, {}, notes);
  ASSERT_TRUE(written) << written.error().message;
  EXPECT_NE(
      written->find("~BGN*00*PO-1*20261120~OTI*TR*PO*PO-1~TED*008*MAP-0002: a sentence that says so much "
                    "that sixty characters~NTE** do not hold it~SE*6*"),
      std::string::npos)
      << *written;
  EXPECT_NE(written->find("*ZZ*SELLER         *ZZ*BUYERCORP      *"), std::string::npos) << *written;
}

TEST_F(Answer, AcknowledgementsAreNotAnswered) {
  std::string text = interchange("ST*997*0001~AK1*PO*7~AK9*A*1*1*1~SE*4*0001~");
  text.replace(text.find("GS*PO"), 5, "GS*FA");
  EXPECT_EQ(answers(text), "none");
}

}  // namespace
}  // namespace purser::x12::testing
