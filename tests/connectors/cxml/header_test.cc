#include "connectors/cxml/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "canonical/event/header_first.h"
#include "canonical/event/json_reader.h"
#include "connectors/cxml/filters.h"
#include "connectors/cxml/format.h"
#include "connectors/reader/bytes.h"
#include "tests/connectors/table/trial.h"

namespace purser::cxml::testing {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view order =
    R"({"document":"purchase_order","number":"PO-1","issue_date":"2026-11-20","currency":"EUR",
"buyer":{"endpoint":{"id":"111","scheme":"DUNS"}},"seller":{"endpoint":{"id":"222","scheme":"DUNS"}},
"invoicee":{"name":"Buyer"},"totals":{"line_net":"1.00"},
"lines":[{"number":"1","quantity":{"value":"1","unit":"EA"},"item":{"name":"Desk","seller_id":"D1"},
"price":{"amount":"1.00"}}]})";

std::string written(std::string_view json, HeaderFacts facts, RecordedDocument& notes) {
  RecordedDocument document;
  const auto done = read_json(json, document);
  EXPECT_TRUE(done) << done.error().message;
  table::XmlTables tables(format());
  reader::StringSink out;
  const sdk::Request request;
  const auto encoder = tables.write(request, out, notes, {}, writing_filter(notes, std::move(facts)));
  HeaderFirst header_first(*encoder);
  EXPECT_TRUE(replay(document.events.events(), header_first));
  EXPECT_TRUE(encoder->finish());
  return out.text;
}

TEST(WriteHeader, TakesBuyerAndSellerWhereNothingElseIsSaid) {
  RecordedDocument notes;
  const auto text = written(order, {{}, "secret", "2026-11-20T12:00:00Z", "77@purser"}, notes);
  EXPECT_THAT(text, HasSubstr(R"(payloadID="77@purser" timestamp="2026-11-20T12:00:00Z")"));
  EXPECT_THAT(text, HasSubstr("<Identity>111</Identity>"));
  EXPECT_THAT(text, HasSubstr("<Identity>222</Identity>"));
  EXPECT_THAT(text, HasSubstr("<UserAgent>Purser</UserAgent>"));
  EXPECT_THAT(text, Not(HasSubstr("secret"))) << "a secret goes with our own identity only";
}

TEST(WriteHeader, TakesTheSettingsFirst) {
  HeaderFacts facts;
  facts.settings = *parse_settings(
      R"({"from":{"domain":"NetworkID","identity":"AN1"},"to":{"domain":"NetworkID","identity":"AN2"},
"user_agent":"Ours","deployment_mode":"test"})");
  facts.shared_secret = "geheim";
  RecordedDocument notes;
  const auto text = written(order, facts, notes);
  EXPECT_THAT(text, HasSubstr("<Identity>AN2</Identity>"));
  EXPECT_THAT(text, HasSubstr("<SharedSecret>geheim</SharedSecret>"));
  EXPECT_THAT(text, HasSubstr("<UserAgent>Ours</UserAgent>"));
  EXPECT_THAT(text, HasSubstr(R"(<Request deploymentMode="test">)"));
  EXPECT_THAT(text, Not(HasSubstr("<Identity>111</Identity>")));
}

TEST(WriteHeader, TellsThatNobodySends) {
  std::string nobody(order);
  constexpr std::string_view known = R"({"endpoint":{"id":"111","scheme":"DUNS"}})";
  nobody.replace(nobody.find(known), known.size(), R"({"name":"B"})");
  RecordedDocument notes;
  written(nobody, {}, notes);
  EXPECT_THAT(notes.report.findings(), Contains(Field(&Finding::code, "CXML-0001")));
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
  EXPECT_FALSE(parse_settings("{"));
  EXPECT_FALSE(parse_settings(R"({"from":"me"})"));
  EXPECT_TRUE(parse_settings("{}"));
}

}  // namespace
}  // namespace purser::cxml::testing
