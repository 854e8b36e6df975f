// Writing beyond what samples show: control numbers, groups, recipients, refusals, settings, hostile input.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "canonical/event/json_reader.h"
#include "connectors/x12/embedded.h"
#include "connectors/x12/settings.h"
#include "connectors/x12/version.h"
#include "tests/connectors/x12/trial.h"

namespace purser::x12::testing {
namespace {

std::filesystem::path samples() {
  const char* source = std::getenv("PURSER_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "connectors/x12/samples";
}

class Writing : public ::testing::Test {
 protected:
  table::Library tables{{}, embedded_files()};
  std::string sample(const std::string& name) { return file_text(samples() / (name + ".in.x12")); }
  std::string written(const std::vector<std::string>& names, const std::string& settings,
                      const std::string& version = "004010") {
    std::vector<RecordedDocument> documents;
    for (const std::string& name : names) {
      Trial trial = read_text(tables, sample(name));
      for (RecordedDocument& document : trial.documents) documents.push_back(std::move(document));
    }
    sdk::Request request;
    request.settings = settings;
    request.version = version;
    RecordedDocument notes;
    const auto text = write_text(tables, documents, request, notes);
    return text ? *text : text.error().code;
  }
  /// A document of canonical JSON.
  std::expected<std::string, Status> written_of(const std::string& json, RecordedDocument& notes,
                                                const std::string& version = "004010") {
    std::vector<RecordedDocument> documents(1);
    std::size_t at = 0;
    const auto bytes = [&](std::span<char> into) -> std::expected<std::size_t, Status> {
      const std::size_t size = std::min(into.size(), json.size() - at);
      std::copy_n(json.begin() + static_cast<std::ptrdiff_t>(at), size, into.begin());
      at += size;
      return size;
    };
    if (auto read = read_json(bytes, documents[0]); !read) return std::unexpected(read.error());
    sdk::Request request;
    request.settings = R"({"sender": {"id": "ME"}, "recipient": {"id": "YOU"}})";
    request.version = version;
    return write_text(tables, documents, request, notes);
  }
};

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST_F(Writing, OneInterchangeAGroupOfEachKind) {
  const std::string text =
      written({"850", "850", "860"}, R"({"sender": {"id": "ME"}, "recipient": {"id": "YOU"}})");
  EXPECT_EQ(count(text, "ISA*"), 1u);
  EXPECT_EQ(count(text, "~GS*"), 2u);
  EXPECT_EQ(count(text, "~ST*850*"), 2u);
  EXPECT_NE(text.find("~GE*2*"), std::string::npos) << text;
  EXPECT_NE(text.find("~IEA*2*"), std::string::npos) << text;
  const Trial again = read_text(tables, text);
  EXPECT_EQ(again.documents.size(), 3u);
  for (const Finding& finding : again.findings())
    EXPECT_LT(finding.severity, Severity::warning) << to_line(finding, "");
}
// N1 has a name or an identifier. A trading name serves, and goods that go to nobody named go to the buyer.
TEST_F(Writing, PartiesHaveNames) {
  const std::string json =
      R"({"document":"invoice","model":"1.0","number":"R-1","issue_date":"2026-11-02","kind":"380","currency":"EUR",)"
      R"("delivery":{"address":{"city":"Bonn"}},"buyer":{"trading_name":"Kontor"},)"
      R"("seller":{"name":"Werk AG","trading_name":"Werk"},"totals":{"payable":"10.00"},)"
      R"("lines":[{"number":"1","quantity":{"value":"1","unit":"C62"},"price":{"amount":"10.00"}}]})";
  RecordedDocument notes;
  const auto text = written_of(json, notes);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_NE(text->find("~N1*BY*Kontor~N1*SE*Werk AG~N2*Werk~N1*ST*Kontor~N4*Bonn~"), std::string::npos)
      << *text;
}

// The net amount of a line has no place in IT1.
TEST_F(Writing, TheTotalOfALineIsAPeriodAmount) {
  RecordedDocument notes;
  const auto text = written_of(
      R"({"document":"invoice","model":"1.0","number":"R-1","issue_date":"2026-11-02","kind":"380","currency":"EUR",)"
      R"("buyer":{"name":"B"},"seller":{"name":"S"},"totals":{"payable":"10.00"},"lines":[{"number":"1",)"
      R"("quantity":{"value":"4","unit":"C62"},"price":{"amount":"2.5"},"net_amount":"10.00","item":{"seller_id":"A"}}]})",
      notes);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("~PAM****1*10"), std::string::npos) << *text;
  EXPECT_TRUE(notes.losses.losses().empty());
  const Trial again = read_text(tables, *text);
  ASSERT_EQ(again.documents.size(), 1U);
  EXPECT_NE(canonical_json(again).find("\"net_amount\""), std::string::npos);
}

// AMT hangs on CTT, which counts what is not there.
TEST_F(Writing, AnOrderWithoutLinesCountsNone) {
  const auto order = [this](std::string_view totals) {
    RecordedDocument notes;
    const auto text = written_of(
        R"({"document":"purchase_order","model":"1.0","number":"P-1","issue_date":"2026-11-02","kind":"220",)"
        R"("function":"9","buyer":{"name":"B"},"seller":{"name":"S"})" +
            std::string(totals) + R"(,"lines":[]})",
        notes);
    EXPECT_TRUE(notes.losses.losses().empty());
    EXPECT_EQ(notes.report.findings().size(), 1U);
    EXPECT_EQ(notes.report.findings().front().code, "MAP-0020");  // X12 demands a line
    return text.value_or("");
  };
  EXPECT_NE(order("").find("~N1*SE*S~SE*"), std::string::npos) << order("");
  const std::string text = order(R"(,"totals":{"payable":"5.00"})");
  EXPECT_NE(text.find("~CTT*0~AMT*TT*5.00~SE*"), std::string::npos) << text;
}

TEST_F(Writing, WhatStandsInForAValueIsTold) {
  RecordedDocument notes;
  const auto text = written_of(
      R"({"document":"purchase_order","model":"1.0","number":"P-1","issue_date":"2026-11-02",)"
      R"("buyer":{"name":"B"},"seller":{"name":"S"},"lines":[{"number":"1","quantity":{"value":"1","unit":"C62"}}]})",
      notes);
  ASSERT_TRUE(text);
  std::string told;
  for (const Finding& finding : notes.report.findings())
    if (finding.code == "MAP-0034") told += finding.source + ' ';
  EXPECT_EQ(told, "BEG.01 BEG.02 ");
}

// SCH demands a quantity; a delivery of the line as a whole has a date only.
TEST_F(Writing, ADeliveryWithoutItsQuantityIsADateOfTheLine) {
  RecordedDocument notes;
  const auto text = written_of(
      R"({"document":"purchase_order","model":"1.0","number":"P-1","issue_date":"2026-11-02","kind":"220",)"
      R"("function":"9","buyer":{"name":"B"},"seller":{"name":"S"},"lines":[{"number":"1",)"
      R"("quantity":{"value":"5","unit":"C62"},"deliveries":[{"quantity":{"value":"2","unit":"C62"},)"
      R"("requested":{"start_date":"2026-11-20"}},{"requested":{"start_date":"2026-11-25"}}]}]})",
      notes);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("~PO1*1*5*UN~DTM*002*20261125~SCH*2*UN***002*20261120~"), std::string::npos) << *text;
  EXPECT_TRUE(notes.report.findings().empty());
  EXPECT_TRUE(notes.losses.losses().empty());
}

// BCH11 may be left out, and the model asks for a date.
TEST_F(Writing, AChangeWithoutADateIsOfItsGroups) {
  std::string text = sample("860");
  const std::string date = "*20261121~";
  ASSERT_NE(text.find(date), std::string::npos);
  text.replace(text.find(date), date.size(), "~");
  const Trial trial = read_text(tables, text);
  EXPECT_NE(canonical_json(trial).find("\"issue_date\": \"2026-11-20\""), std::string::npos)
      << canonical_json(trial);
  for (const Finding& finding : trial.findings())
    EXPECT_LT(finding.severity, Severity::warning) << to_line(finding, "");
}

TEST_F(Writing, EveryRecipientHasItsInterchange) {
  const std::string text = written({"850", "810"}, "{}");
  EXPECT_EQ(count(text, "ISA*"), 2u);
  EXPECT_EQ(count(text, "~IEA*1*"), 2u);
}

TEST_F(Writing, HeaderIsFixedAndVersionTellsTheRest) {
  const std::string old =
      written({"850"}, R"({"sender": {"id": "ME"}, "recipient": {"id": "YOU", "qualifier": "12"}})");
  EXPECT_EQ(old.substr(0, 107),
            "ISA*00*          *00*          *ZZ*ME             *12*YOU            "
            "*261120*1230*U*00401*000000042*0*T*>~G");
  const std::string young = written({"850"}, R"({"version": "005010X"})", "");
  EXPECT_EQ(young.substr(82, 7), "^*00501");
  EXPECT_NE(young.find("*X*005010X~ST*850*0001*005010X~"), std::string::npos) << young.substr(0, 250);
}

TEST_F(Writing, RefusesWithoutAddress) {
  Trial trial = read_text(tables, sample("850"));
  RecordedDocument bare;
  std::vector<Event> events;  // without envelope, buyer and seller
  for (const Event& event : trial.documents[0].events.events()) {
    if (event.kind == EventKind::begin_document || event.kind == EventKind::end_document)
      events.push_back(event);
  }
  ASSERT_TRUE(bare.push(events));
  sdk::Request request;
  RecordedDocument notes;
  std::vector<RecordedDocument> documents;
  documents.push_back(std::move(bare));
  const auto text = write_text(tables, documents, request, notes);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, "X12-0052");
}

TEST_F(Writing, EveryTableServesEveryVersion) {
  EXPECT_EQ(tables.heads().size(), 12u);
  for (const table::Head& head : tables.heads()) {
    const auto versions = tables.versions(head.message);
    EXPECT_EQ(versions.size(), 3u) << head.message;
    for (const std::string_view version : versions) {
      const table::ProgramResult program = tables.find(head.message, version);
      for (const Finding& finding : program ? std::vector<Finding>{} : program.error().findings()) {
        ADD_FAILURE() << head.message << " " << version << " " << to_line(finding, "");
      }
    }
  }
}

TEST(X12Settings, AreChecked) {
  EXPECT_TRUE(parse_settings(R"({"characters": "utf-8", "segment_terminator": "'"})"));
  EXPECT_FALSE(parse_settings(R"({"segment_terminator": "*"})"));
  EXPECT_FALSE(parse_settings("{"));
}

TEST(X12Version, NearestOlder) {
  const std::vector<std::string_view> known = {"004010", "004030", "005010"};
  EXPECT_EQ(nearest_version("004010", known), "004010");
  EXPECT_EQ(nearest_version("004060", known), "004030");
  EXPECT_EQ(nearest_version("003010", known), "004010");
  EXPECT_EQ(nearest_version("006020", known), "005010");
  EXPECT_EQ(table_version("005010X231A1"), "005010");
}

/// Every sample cut at each byte, and with each byte changed once: documents or findings, nothing else.
TEST_F(Writing, HostileSamples) {
  for (const auto& entry : std::filesystem::directory_iterator(samples())) {
    if (!entry.path().string().ends_with(".in.x12")) continue;
    const std::string text = file_text(entry.path());
    for (std::size_t at = 0; at < text.size(); at += 3) {
      const Trial cut = read_text(tables, std::string_view(text).substr(0, at));
      if (!cut.outcome) {
        EXPECT_EQ(cut.outcome.error().what, StatusClass::invalid) << cut.outcome.error().message;
      }
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ (at % 2 == 0 ? 0x11 : 0x81));
      const Trial flipped = read_text(tables, changed);
      if (!flipped.outcome) {
        EXPECT_EQ(flipped.outcome.error().what, StatusClass::invalid) << flipped.outcome.error().message;
      }
    }
  }
}

}  // namespace
}  // namespace purser::x12::testing
