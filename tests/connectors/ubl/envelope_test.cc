#include "connectors/ubl/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "connectors/reader/bytes.h"
#include "connectors/ubl/format.h"
#include "tests/connectors/table/trial.h"

namespace purser::ubl::testing {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view order =
    R"({"document":"purchase_order","number":"PO-1","issue_date":"2026-11-20","currency":"EUR",
"envelope":{"specification":"urn:fdc:peppol.eu:poacc:trns:order:3","profile":"urn:fdc:peppol.eu:poacc:bis:ordering:3",
"recipient":{"id":"987654325","scheme":"0192"}},"buyer":{"name":"B"},"seller":{"name":"S"},
"lines":[{"number":"1","quantity":{"value":"1","unit":"C62"},"item":{"name":"Desk"}}]})";

std::string written(EnvelopeFacts facts, RecordedDocument& notes) {
  RecordedDocument document;
  EXPECT_TRUE(read_json(order, document));
  table::XmlTables tables(format());
  reader::StringSink out;
  const sdk::Request request;
  const auto encoder = tables.write(
      request, out, notes, {}, [&](map::SyntaxSink& next) { return write_envelope(next, notes, facts); });
  HeaderFirst header_first(*encoder);
  EXPECT_TRUE(replay(document.events.events(), header_first));
  EXPECT_TRUE(encoder->finish());
  return out.text;
}

TEST(Envelope, IsPutAroundWhereTheSettingsSaySo) {
  EnvelopeFacts facts{*parse_settings(R"({"envelope":"sbdh","sender":{"id":"7300010000001","scheme":"0088"},
"country":"NO"})"),
                      "2026-11-20T12:00:00Z", "purser-1"};
  RecordedDocument notes;
  const auto text = written(facts, notes);
  for (const char* part :
       {"<sbdh:StandardBusinessDocument ",
        R"(<sbdh:Identifier Authority="iso6523-actorid-upis">0088:7300010000001<)",
        R"(<sbdh:Identifier Authority="iso6523-actorid-upis">0192:987654325<)",
        "<sbdh:Standard>urn:oasis:names:specification:ubl:schema:xsd:Order-2<", "<sbdh:Type>Order<",
        "<sbdh:InstanceIdentifier>purser-1<", "<sbdh:CreationDateAndTime>2026-11-20T12:00:00Z<",
        "Order-2::Order##urn:fdc:peppol.eu:poacc:trns:order:3::2.1<", "<sbdh:Identifier>busdox-docid-qns<",
        "<sbdh:InstanceIdentifier>urn:fdc:peppol.eu:poacc:bis:ordering:3<",
        "<sbdh:Identifier>cenbii-procid-ubl<", "<sbdh:Type>COUNTRY_C1<"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(notes.report.findings(), IsEmpty());
  table::XmlTables tables(format());
  const auto again = table::testing::read_text(tables, text);
  ASSERT_TRUE(again.outcome) << again.outcome.error().message;
  const auto values = describe(again.document.events.events());
  EXPECT_THAT(values, Contains("envelope.sender.id = 7300010000001"));
  EXPECT_THAT(values, Contains("envelope.sender_country = NO"));
  EXPECT_THAT(values, Contains("number = PO-1"));
}

TEST(Envelope, IsLeftOutOtherwiseAndThatIsTold) {
  RecordedDocument notes;
  const auto text = written({}, notes);
  EXPECT_THAT(text, Not(HasSubstr("sbdh")));
  EXPECT_THAT(text, HasSubstr("<cbc:CustomizationID>"));
  EXPECT_THAT(notes.report.findings(), Contains(Field(&Finding::code, "UBL-0008")));
}

TEST(Envelope, TellsThatNobodySends) {
  EnvelopeFacts facts;
  facts.settings.enveloped = true;
  RecordedDocument notes;
  written(facts, notes);
  EXPECT_THAT(notes.report.findings(), Contains(Field(&Finding::code, "UBL-0007")));
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
  EXPECT_FALSE(parse_settings("["));
  EXPECT_FALSE(parse_settings(R"({"sender":"me"})"));
  EXPECT_TRUE(parse_settings("{}"));
}

}  // namespace
}  // namespace purser::ubl::testing
