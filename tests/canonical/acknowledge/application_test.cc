#include "canonical/acknowledge/application.h"

#include <gtest/gtest.h>

namespace purser::acknowledge {
namespace {

const Date today{2026, 11, 25};

DocumentFacts invoice() {
  DocumentFacts facts;
  facts.type = DocumentType::invoice;
  facts.number = "RE-1";
  facts.kind = "380";
  facts.envelope.reference = "77";
  facts.envelope.message_reference = "1";
  return facts;
}

TEST(Application, ADocumentWithoutFindingsIsAcknowledged) {
  const auto answer = of_document(invoice(), {}, today);
  EXPECT_EQ(answer.status, "accepted");
  EXPECT_EQ(answer.kind, "312");
  EXPECT_EQ(answer.interchange, "77");
  EXPECT_EQ(answer.document_reference->number, "RE-1");
  EXPECT_EQ(answer.document_reference->type, "380");
  EXPECT_EQ(answer.document_reference->scheme, "IV");
  EXPECT_TRUE(answer.reasons.empty());
}

TEST(Application, AnErrorRejectsAndIsTold) {
  Finding wrong = make_finding("MODEL-0001", {}, "'number' has no value");
  wrong.path = "number";
  Finding known = make_finding("MODEL-0003", {}, "rare code");
  const std::vector findings = {wrong, known};
  const auto answer = of_document(invoice(), findings, today);
  EXPECT_EQ(answer.status, "rejected");
  EXPECT_EQ(answer.kind, "313");
  ASSERT_EQ(answer.reasons.size(), 1U);
  EXPECT_EQ(answer.reasons[0].text, "MODEL-0001: 'number' has no value");
  EXPECT_EQ(answer.reasons[0].path, "number");
}

TEST(Application, LongTextsAreCutBetweenCharacters) {
  Finding wrong = make_finding("MODEL-0001", {}, std::string(max_reason_text - 13, 'x') + "üü");
  const auto answer = of_document(invoice(), std::vector{wrong}, today);
  EXPECT_EQ(answer.reasons[0].text, "MODEL-0001: " + std::string(max_reason_text - 13, 'x'));
}

}  // namespace
}  // namespace purser::acknowledge
