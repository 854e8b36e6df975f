#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

using table::testing::read_text;
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
  const table::XmlTables tables(format());
  const auto found = tables.detect(order);
  ASSERT_NE(found.document, nullptr);
  EXPECT_EQ(found.document->root, "Order");
  EXPECT_FALSE(found.enveloped);
  EXPECT_EQ(tables.detect("<Order><ID>1</ID></Order>").document, nullptr);
  EXPECT_EQ(tables.detect("UNB+UNOC:3'").document, nullptr);
}

TEST(Detect, LooksIntoAnEnvelope) {
  const table::XmlTables tables(format());
  const auto found = tables.detect(enveloped(order));
  ASSERT_NE(found.document, nullptr);
  EXPECT_EQ(found.document->root, "Order");
  EXPECT_TRUE(found.enveloped);
}

TEST(Read, TakesAnyPrefixes) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, order);
  ASSERT_TRUE(trial.outcome);
  EXPECT_THAT(describe(trial.document.events.events()), Contains("number = 7"));
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
}

TEST(Read, OpensAnEnvelopeAndSaysSo) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, enveloped(order));
  ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
  EXPECT_THAT(describe(trial.document.events.events()), Contains("number = 7"));
  EXPECT_THAT(trial.document.report.findings(), Contains(Field(&Finding::code, "TABLE-0011")));
}

TEST(Read, RefusesAnEnvelopeWithoutDocument) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, enveloped(""));
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0014");
}

TEST(Read, RefusesOtherDocuments) {
  table::XmlTables tables(format());
  const auto trial =
      read_text(tables, R"(<Catalogue xmlns="urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"/>)");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "TABLE-0010");
  EXPECT_THAT(trial.outcome.error().message, HasSubstr("Catalogue"));
}

TEST(Read, NamesALeafThatNoRowReads) {
  table::XmlTables tables(format());
  std::string text(order);
  text.replace(text.find("<b:IssueDate>"), 0, "<b:Colour>red</b:Colour>");
  const auto trial = read_text(tables, text);
  ASSERT_TRUE(trial.outcome);
  ASSERT_EQ(trial.document.losses.losses().size(), 1u);
  EXPECT_EQ(trial.document.losses.losses()[0].value, "red");
  EXPECT_EQ(trial.document.losses.losses()[0].at.line, 4u);
}

TEST(Tables, TellAMissingOverlay) {
  table::XmlTables tables(format());
  const std::vector<std::string> overlays = {"acme.overlay"};
  const auto program = tables.library().find("Invoice", "2.4", overlays);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().findings()[0].code, "TABLE-0001");
}

TEST(Tables, AllCompile) {
  table::XmlTables tables(format());
  for (const auto& document : format().documents) {
    const auto program = tables.library().find(document.message, document.version);
    if (program) continue;
    for (const auto& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  }
}

}  // namespace
}  // namespace purser::ubl::testing
