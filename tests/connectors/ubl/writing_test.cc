#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/event/json_reader.h"
#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

using table::testing::write_text;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

struct Discard : ByteSink {
  Outcome write(std::span<const char>) override { return {}; }
};

RecordedDocument from_json(std::string_view json) {
  RecordedDocument document;
  const auto done = read_json(json, document);
  EXPECT_TRUE(done) << done.error().message;
  return document;
}

std::string invoice(std::string_view kind) {
  return R"({"document":"invoice","number":"1","issue_date":"2026-11-02","kind":")" + std::string(kind) +
         R"(","currency":"EUR","note":[{"text":"Paid","subject":"AAI"}],"due_date":"2026-12-02",)"
         R"("payment_means":[{"type":"30"}],"project_reference":{"number":"P-1"},"totals":{"payable":"1.00"}})";
}

std::string written(std::string_view json) {
  table::XmlTables tables(format());
  RecordedDocument notes;
  const auto document = from_json(json);
  const auto text = write_text(tables, document.events.events(), notes);
  return text ? *text : text.error().code;
}

TEST(Write, ACreditNoteByItsKind) {
  for (const auto* kind : {"381", "261", "396"})
    EXPECT_THAT(written(invoice(kind)), HasSubstr("<CreditNote "));
  for (const auto* kind : {"380", "384", "389"}) EXPECT_THAT(written(invoice(kind)), HasSubstr("<Invoice "));
}

TEST(Write, DueDateAndProjectWhereEachDocumentHasThem) {
  EXPECT_THAT(written(invoice("380")), HasSubstr("<cbc:DueDate>2026-12-02</cbc:DueDate>"));
  EXPECT_THAT(written(invoice("380")), HasSubstr("<cac:ProjectReference>"));
  EXPECT_THAT(written(invoice("381")), HasSubstr("<cbc:PaymentDueDate>2026-12-02</cbc:PaymentDueDate>"));
  EXPECT_THAT(written(invoice("381")), HasSubstr("<cbc:DocumentTypeCode>50</cbc:DocumentTypeCode>"));
}

TEST(Write, TheSubjectOfANoteBetweenTwoSigns) {
  EXPECT_THAT(written(invoice("380")), HasSubstr("<cbc:Note>#AAI#Paid</cbc:Note>"));
}

TEST(Write, SaysWhatTheSchemaDemandsAndTheDocumentLacks) {
  table::XmlTables tables(format());
  RecordedDocument notes;
  const auto document = from_json(R"({"document":"purchase_order","number":"1"})");
  ASSERT_TRUE(write_text(tables, document.events.events(), notes));
  EXPECT_THAT(notes.report.findings(), Contains(Field(&Finding::code, "MAP-0020")));
}

TEST(Write, RefusesAMessageOfAnotherKind) {
  table::XmlTables tables(format());
  Discard out;
  RecordedDocument notes;
  const auto document = from_json(invoice("380"));
  sdk::Request request;
  request.message = "Order";
  const auto writing = tables.write(request, out, notes);
  const auto done = replay(document.events.events(), *writing);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "TABLE-0013");
}

TEST(Write, RefusesASecondDocumentInOneFile) {
  table::XmlTables tables(format());
  Discard out;
  RecordedDocument notes;
  const auto document = from_json(invoice("380") + "\n" + invoice("380"));
  const sdk::Request request;
  const auto writing = tables.write(request, out, notes);
  const auto done = replay(document.events.events(), *writing);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "TABLE-0012");
}

TEST(Overlay, ChangesWhatOnePartnerDoesDifferently) {
  const sdk::TableText acme{"acme.overlay",
                            "overlay acme for xml Invoice 2.4\n"
                            "deviation \"order number in the buyer's reference\" since 2026-01\n"
                            "  remove cbc:BuyerReference\n"
                            "  add cbc:BuyerReference -> order_reference.number\n"};
  table::XmlTables tables(format(), {acme});
  const std::vector<std::string> overlays = {"acme"};
  const auto program = tables.library().find("Invoice", "2.4", overlays);
  if (!program) {
    for (const auto& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  }
  EXPECT_TRUE(tables.library().find("Invoice", "2.4"));
}

}  // namespace
}  // namespace purser::ubl::testing
