// What the connector's C++ does beside its tables: nested lines, payment, account numbers, refusals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "connectors/cii/calls.h"
#include "connectors/cii/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::cii {
namespace {

using table::testing::read_text;
using table::testing::round_trip_difference;
using table::testing::write_text;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// An invoice of nothing but what a test is about: more of the document as JSON.
RecordedDocument invoice(std::string_view more) {
  RecordedDocument document;
  const auto done = read_json(R"({"document":"invoice","number":"1","issue_date":"2026-11-02","kind":"380",)"
                              R"("currency":"EUR","buyer":{"name":"B"},"seller":{"name":"S"})" +
                                  std::string(more) + "}",
                              document);
  EXPECT_TRUE(done) << done.error().message;
  return document;
}

class Shapes : public ::testing::Test {
 protected:
  std::string written(const RecordedDocument& document) {
    const auto text = write_text(tables, document.events.events(), notes);
    return text ? *text : text.error().message;
  }
  std::vector<std::string> again(const RecordedDocument& document) {
    return describe(read_text(tables, written(document)).document.events.events());
  }
  table::XmlTables tables{format()};
  RecordedDocument notes;
};

TEST(Iban, IsTwoLettersTwoDigitsAndMore) {
  EXPECT_TRUE(is_iban("DE89 3704 0044 0532 0130 00"));
  EXPECT_TRUE(is_iban("NO9386011117947"));
  EXPECT_FALSE(is_iban("0532013000"));
  EXPECT_FALSE(is_iban("DE89"));
  EXPECT_FALSE(is_iban("DE89-3704-0044-0532-0130-00"));
}

TEST_F(Shapes, LinesWithinLinesFollowThem) {
  const auto document = invoice(
      R"(,"lines":[{"number":"1","net_amount":"5","lines":[{"number":"1.1","net_amount":"2","lines":[)"
      R"({"number":"1.1.1","net_amount":"2"}]},{"number":"1.2","net_amount":"3"}]},{"number":"2","net_amount":"1"}])");
  const auto xml = written(document);
  EXPECT_THAT(xml, HasSubstr("<ram:ParentLineID>1.1</ram:ParentLineID>"));
  EXPECT_THAT(xml, HasSubstr("<ram:LineStatusReasonCode>DETAIL</ram:LineStatusReasonCode>"));
  EXPECT_EQ(round_trip_difference(tables, document), "");
}

TEST_F(Shapes, ALineWhoseParentIsNotThereStaysAsItCame) {
  const auto document = invoice(
      R"(,"lines":[{"number":"1","net_amount":"5"},{"number":"2","net_amount":"1","parent":"7","kind":"DETAIL"}])");
  const auto lines = again(document);
  EXPECT_THAT(lines, Contains("lines[2].parent = 7"));
  EXPECT_THAT(lines, Contains("lines[2].kind = DETAIL"));
}

TEST_F(Shapes, RemittanceInformationIsSaidOnceAndBelongsToEachMeans) {
  const auto document = invoice(
      R"(,"payment_means":[{"type":"58","remittance_information":"R 1","account":{"id":"DE89370400440532013000"}},)"
      R"({"type":"58","remittance_information":"R 1","account":{"id":"0532013000"}}])");
  const auto xml = written(document);
  EXPECT_EQ(xml.find("<ram:PaymentReference>"), xml.rfind("<ram:PaymentReference>"));
  EXPECT_THAT(xml, HasSubstr("<ram:ProprietaryID>0532013000</ram:ProprietaryID>"));
  EXPECT_EQ(round_trip_difference(tables, document), "");
}

TEST_F(Shapes, MeansThatDifferInRemittanceInformationLoseTheSecond) {
  const auto document = invoice(R"(,"payment_means":[{"type":"58","remittance_information":"R 1"},)"
                                R"({"type":"58","remittance_information":"R 2"}])");
  written(document);
  ASSERT_EQ(notes.losses.losses().size(), 1u);
  EXPECT_EQ(notes.losses.losses()[0].value, "R 2");
}

TEST_F(Shapes, TheMandateBelongsToDirectDebits) {
  const auto document = invoice(
      R"(,"creditor_id":"DE98ZZZ","payment_means":[{"type":"58","account":{"id":"DE89370400440532013000"}},)"
      R"({"type":"59","mandate_id":"M 1","payer_account":{"id":"DE89370400440532013000"}}])");
  EXPECT_THAT(written(document), HasSubstr("<ram:DirectDebitMandateID>M 1</ram:DirectDebitMandateID>"));
  EXPECT_EQ(round_trip_difference(tables, document), "");
}

TEST_F(Shapes, TheDueDateStandsWithTheTerms) {
  EXPECT_EQ(round_trip_difference(tables, invoice(R"(,"due_date":"2026-12-02")")), "");
  EXPECT_EQ(
      round_trip_difference(
          tables, invoice(R"(,"due_date":"2026-12-02","payment_terms":[{"note":"soon"},{"note":"later"}])")),
      "");
  const auto instalments = invoice(R"(,"payment_terms":[{"note":"half","due_date":"2026-12-02"},)"
                                   R"({"note":"rest","due_date":"2027-01-02"}])");
  EXPECT_EQ(round_trip_difference(tables, instalments), "");
  EXPECT_THAT(again(instalments), Not(Contains(StartsWith("due_date"))));
}

TEST_F(Shapes, SeveralPrecedingInvoicesFindAPlace) {
  EXPECT_EQ(
      round_trip_difference(
          tables,
          invoice(R"(,"preceding_invoices":[{"number":"A"},{"number":"B","type":"381"},{"number":"C"}])")),
      "");
}

TEST_F(Shapes, AProjectGetsTheNameThatTheSchemaDemands) {
  EXPECT_THAT(written(invoice(R"(,"project_reference":{"number":"P-1"})")),
              HasSubstr("<ram:Name>Project reference</ram:Name>"));
  EXPECT_EQ(
      round_trip_difference(tables, invoice(R"(,"project_reference":{"number":"P","description":"Bridge"})")),
      "");
}

TEST_F(Shapes, WhatTheSchemaDemandsIsThere) {
  const auto xml = written(invoice(R"(,"lines":[{"number":"1","net_amount":"5"}])"));
  EXPECT_THAT(xml, HasSubstr("<ram:ApplicableHeaderTradeDelivery/>"));
  EXPECT_LT(xml.find("ApplicableHeaderTradeDelivery"), xml.find("ApplicableHeaderTradeSettlement"));
}

TEST_F(Shapes, NamesOfALaterReleaseAreReadAndNotWritten) {
  std::string xml = written(invoice(R"(,"lines":[{"number":"1","net_amount":"5","item":{"name":"Pen"}}])"));
  const std::string name = "<ram:Name>Pen</ram:Name>";
  xml.replace(xml.find(name), 0,
              "<ram:IndustryAssignedID>I-1</ram:IndustryAssignedID><ram:ModelID>M-1</ram:ModelID>");
  const auto trial = read_text(tables, xml);
  EXPECT_TRUE(trial.document.losses.losses().empty());
  EXPECT_THAT(describe(trial.document.events.events()), Contains("lines[1].item.extensions[1].value = I-1"));
  EXPECT_THAT(written(trial.document), Not(HasSubstr("IndustryAssignedID")));
  EXPECT_FALSE(notes.losses.losses().empty());
}

TEST_F(Shapes, APaymentOfAThirdPartyKeepsItsKind) {
  EXPECT_EQ(round_trip_difference(
                tables, invoice(R"(,"prepayments":[{"id":"Mobile","instruction_id":"fare","amount":"5"},)"
                                R"({"amount":"1"},{"amount":"7","received_date":"2026-10-01"}])")),
            "");
}

TEST_F(Shapes, OlderAndOtherDocumentsAreKnownAndRefused) {
  const auto old =
      read_text(tables, R"(<r:CrossIndustryDocument xmlns:r="urn:ferd:CrossIndustryDocument:invoice:1p0"/>)");
  ASSERT_FALSE(old.outcome);
  EXPECT_EQ(old.outcome.error().code, "TABLE-0016");
  EXPECT_THAT(old.outcome.error().message, HasSubstr("ZUGFeRD 1"));
}

}  // namespace
}  // namespace purser::cii
