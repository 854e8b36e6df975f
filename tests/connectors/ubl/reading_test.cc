#include "connectors/ubl/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/connectors/ubl/trial.h"

namespace purser::ubl::testing {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view order = R"(<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  ><b:ID>7</b:ID><b:IssueDate>2026-10-01</b:IssueDate><a:BuyerCustomerParty><a:Party/></a:BuyerCustomerParty
  ><a:SellerSupplierParty><a:Party/></a:SellerSupplierParty></Order>)";

std::string enveloped(std::string_view inside) {
  return R"(<S:StandardBusinessDocument xmlns:S="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
<S:StandardBusinessDocumentHeader><S:HeaderVersion>1.0</S:HeaderVersion></S:StandardBusinessDocumentHeader>)" +
         std::string(inside) + "</S:StandardBusinessDocument>";
}

TEST(Detect, KnowsTheSevenDocumentsByTheirNamespace) {
  bool in_envelope = true;
  const auto* found = detect(order, &in_envelope);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->root, "Order");
  EXPECT_FALSE(in_envelope);
  EXPECT_EQ(detect("<Order><ID>1</ID></Order>", &in_envelope), nullptr);
  EXPECT_EQ(detect("UNB+UNOC:3'", &in_envelope), nullptr);
}

TEST(Detect, LooksIntoAnEnvelope) {
  bool in_envelope = false;
  const auto* found = detect(enveloped(order), &in_envelope);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->root, "Order");
  EXPECT_TRUE(in_envelope);
}

TEST(Read, TakesAnyPrefixes) {
  Programs programs;
  const auto trial = read_text(programs, order);
  ASSERT_TRUE(trial.outcome);
  EXPECT_THAT(describe(trial.document.events.events()), Contains("number = 7"));
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
}

TEST(Read, OpensAnEnvelopeAndSaysSo) {
  Programs programs;
  const auto trial = read_text(programs, enveloped(order));
  ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
  EXPECT_THAT(describe(trial.document.events.events()), Contains("number = 7"));
  EXPECT_THAT(trial.document.report.findings(), Contains(Field(&Finding::code, "UBL-0002")));
}

TEST(Read, RefusesAnEnvelopeWithoutDocument) {
  Programs programs;
  const auto trial = read_text(programs, enveloped(""));
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "UBL-0005");
}

TEST(Read, RefusesOtherDocuments) {
  Programs programs;
  const auto trial =
      read_text(programs, R"(<Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"/>)");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "UBL-0001");
  EXPECT_THAT(trial.outcome.error().message, HasSubstr("Catalogue"));
}

TEST(Read, NamesALeafThatNoRowReads) {
  Programs programs;
  std::string text(order);
  text.replace(text.find("<b:IssueDate>"), 0, "<b:Colour>red</b:Colour>");
  const auto trial = read_text(programs, text);
  ASSERT_TRUE(trial.outcome);
  ASSERT_EQ(trial.document.losses.losses().size(), 1u);
  EXPECT_EQ(trial.document.losses.losses()[0].value, "red");
  EXPECT_EQ(trial.document.losses.losses()[0].at.line, 4u);
}

TEST(Programs, TellAMissingOverlay) {
  Programs programs;
  const std::vector<std::string> overlays = {"acme.overlay"};
  const auto program = programs.get(*find_document("Invoice"), overlays);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().findings()[0].code, "UBL-0006");
}

TEST(Programs, EveryTableCompiles) {
  Programs programs;
  for (const auto& document : documents()) {
    const auto program = programs.get(document);
    if (program) continue;
    for (const auto& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  }
}

}  // namespace
}  // namespace purser::ubl::testing
