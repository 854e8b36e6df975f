#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/cxml/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::cxml::testing {
namespace {

using table::testing::read_text;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string message(std::string_view body) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd">
<cXML payloadID="p1@buyer" timestamp="2026-11-20T12:30:05+01:00"><Header><From><Credential domain="DUNS">
<Identity>111</Identity></Credential></From><To><Credential domain="DUNS"><Identity>222</Identity></Credential></To>
<Sender><Credential domain="DUNS"><Identity>111</Identity><SharedSecret>top secret</SharedSecret></Credential>
<UserAgent>Test</UserAgent></Sender></Header>)" +
         std::string(body) + "</cXML>";
}

std::string response(std::string_view code, std::string_view inside = {}) {
  return R"(<cXML payloadID="p2@seller" timestamp="2026-11-20T12:30:05Z"><Response><Status code=")" +
         std::string(code) + R"(" text="said">more</Status>)" + std::string(inside) + "</Response></cXML>";
}

std::string order(std::string_view type) {
  return message(
      R"(<Request><OrderRequest><OrderRequestHeader orderID="PO-1" orderDate="2026-11-20")" +
      std::string(type) +
      R"(><Total><Money currency="EUR">1</Money></Total></OrderRequestHeader></OrderRequest></Request>)");
}

DocumentType type_of(const std::string& text) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, text);
  EXPECT_TRUE(trial.outcome) << trial.outcome.error().message;
  const auto events = trial.document.events.events();
  return events.empty() ? DocumentType::none : static_cast<DocumentType>(events.front().number);
}

TEST(Tables, AllCompile) {
  table::XmlTables tables(format());
  for (const auto& document : format().documents) {
    const auto program = tables.library().find(document.message, document.version);
    if (program) continue;
    for (const auto& finding : program.error().findings()) ADD_FAILURE() << to_line(finding, finding.source);
  }
}

TEST(Read, TellsNewOrdersFromChangesAndCancellations) {
  EXPECT_EQ(type_of(order("")), DocumentType::purchase_order);
  EXPECT_EQ(type_of(order(R"( type="new")")), DocumentType::purchase_order);
  EXPECT_EQ(type_of(order(R"( type="update")")), DocumentType::order_change);
  EXPECT_EQ(type_of(order(R"( type="delete")")), DocumentType::order_change);
}

TEST(Read, TellsWhatAStatusUpdateIsAbout) {
  const std::string status =
      R"(<Request><StatusUpdateRequest><DocumentReference payloadID="x"/><Status code="200" text="OK"/>)";
  EXPECT_EQ(type_of(message(status + "</StatusUpdateRequest></Request>")), DocumentType::acknowledgement);
  EXPECT_EQ(type_of(message(status + R"(<InvoiceStatus type="paid"/></StatusUpdateRequest></Request>)")),
            DocumentType::invoice_response);
}

TEST(Read, KnowsWhatAStatusMeans) {
  const auto status = [](std::string_view code) {
    table::XmlTables tables(format());
    const auto trial = read_text(tables, response(code));
    EXPECT_TRUE(trial.outcome);
    EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
    const auto values = describe(trial.document.events.events());
    EXPECT_THAT(values, Contains("status_code = " + std::string(code)));
    EXPECT_THAT(values, Contains("status_text = said"));
    EXPECT_THAT(values, Contains("status_detail = more"));
    for (const auto& value : values) {
      if (value.starts_with("status = ")) return value.substr(9);
    }
    return std::string();
  };
  EXPECT_EQ(status("200"), "accepted");
  EXPECT_EQ(status("201"), "accepted");
  EXPECT_EQ(status("204"), "accepted");
  EXPECT_EQ(status("400"), "rejected");
  EXPECT_EQ(status("475"), "rejected");
  EXPECT_EQ(status("500"), "failed");
  EXPECT_EQ(status("550"), "failed");
  EXPECT_EQ(status("560"), "failed");
  EXPECT_EQ(status("x"), "received");
  EXPECT_EQ(type_of(response(
                "200", R"(<ProfileResponse effectiveDate="2026-01-01"><Transaction requestName="OrderRequest">
<URL>https://x</URL></Transaction></ProfileResponse>)")),
            DocumentType::service_profile);
}

TEST(Read, LetsNoSecretThrough) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, order(""));
  ASSERT_TRUE(trial.outcome);
  EXPECT_THAT(describe(trial.document.events.events()), Not(Contains(HasSubstr("secret"))));
  EXPECT_THAT(describe(trial.document.events.events()), Contains("envelope.submitter.id = 111"));
  EXPECT_THAT(trial.document.losses.losses(), IsEmpty());
  EXPECT_THAT(table::testing::findings_json(trial), Not(HasSubstr("secret")));
}

TEST(Read, RefusesAnInternalSubset) {
  table::XmlTables tables(format());
  const auto trial = read_text(tables, "<!DOCTYPE cXML [<!ENTITY x 'y'>]><cXML/>");
  ASSERT_FALSE(trial.outcome);
  EXPECT_EQ(trial.outcome.error().code, "XML-0011");
}

TEST(Read, NamesTheOrderOfEachItemAndTakesPortionsApart) {
  table::XmlTables tables(format());
  const auto portion = [](std::string_view number, std::string_view items) {
    return R"(<ShipNoticePortion><OrderReference orderID=")" + std::string(number) +
           R"("><DocumentReference payloadID="x"/></OrderReference>)" + std::string(items) +
           "</ShipNoticePortion>";
  };
  const std::string item =
      R"(<ShipNoticeItem quantity="1" lineNumber="9"><UnitOfMeasure>EA</UnitOfMeasure></ShipNoticeItem>)";
  const auto trial = read_text(
      tables,
      message(R"(<Request><ShipNoticeRequest><ShipNoticeHeader shipmentID="S" noticeDate="2026-11-20"/>)" +
              portion("A", item + item) + portion("B", item) + portion("C", "") +
              "</ShipNoticeRequest></Request>"));
  ASSERT_TRUE(trial.outcome) << trial.outcome.error().message;
  const auto values = describe(trial.document.events.events());
  EXPECT_THAT(values, Contains("lines[1].order_reference.number = A"));
  EXPECT_THAT(values, Contains("lines[2].order_reference.number = A"));
  EXPECT_THAT(values, Contains("lines[3].order_reference.number = B"));
  EXPECT_THAT(values, Contains("order_reference.number = C"));
  RecordedDocument notes;
  const auto written = table::testing::write_text(tables, trial.document.events.events(), notes);
  ASSERT_TRUE(written) << written.error().message;
  std::size_t portions = 0;
  for (auto at = written->find("<ShipNoticePortion"); at != std::string::npos;
       at = written->find("<ShipNoticePortion", at + 1))
    ++portions;
  EXPECT_EQ(portions, 3U) << *written;
}

}  // namespace
}  // namespace purser::cxml::testing
