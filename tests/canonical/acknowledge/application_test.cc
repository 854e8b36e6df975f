#include "canonical/acknowledge/application.h"

#include <gtest/gtest.h>

namespace purser::acknowledge {
namespace {

const Date today{2026, 11, 25};

DocumentFacts invoice() {
  DocumentFacts facts;
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
  ASSERT_EQ(answer.messages.size(), 1U);
  EXPECT_EQ(answer.messages[0].reference, "1");
}

TEST(Application, AnErrorRejectsAndIsTold) {
  Finding wrong = make_finding("MODEL-0001", {}, "'number' has no value");
  wrong.path = "number";
  Finding known = make_finding("MODEL-0003", {}, "rare code");
  const std::vector findings = {wrong, known};
  const auto answer = of_document(invoice(), findings, today);
  EXPECT_EQ(answer.status, "rejected");
  EXPECT_EQ(answer.kind, "313");
  ASSERT_EQ(answer.messages[0].errors.size(), 1U);
  EXPECT_EQ(answer.messages[0].errors[0].rule, "MODEL-0001");
  EXPECT_EQ(answer.messages[0].errors[0].path, "number");
  EXPECT_EQ(answer.messages[0].errors[0].severity, "error");
}

}  // namespace
}  // namespace purser::acknowledge
