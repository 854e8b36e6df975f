#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/translate/services.h"
#include "tests/gateway/journal/fixture.h"
#include "tests/gateway/pipeline/node.h"

namespace purser::gateway {
namespace {

TEST(Translator, DecodesSeveralDocumentsOfOneMessage) {
  TestConnectors connectors;
  Translator translator(connectors);
  const auto what = translator.decode({}, order_json("1") + "\n" + order_json("22"));
  ASSERT_TRUE(what);
  EXPECT_EQ(what->format, "canonical");
  ASSERT_EQ(what->documents.size(), 2U);
  EXPECT_EQ(what->documents[1].ordinal, 2U);
  EXPECT_EQ(what->documents[1].number, "22");
  EXPECT_EQ(what->documents[1].type, DocumentType::purchase_order);
  EXPECT_FALSE(what->documents[1].keys.empty());
  EXPECT_FALSE(what->documents[1].has(Severity::error));
  EXPECT_FALSE(what->documents[1].canonical.ends_with('\n'));
}

TEST(Translator, WhatItWritesItReadsBack) {
  TestConnectors connectors;
  Translator translator(connectors);
  const auto first = translator.decode({}, order_json("1"));
  ASSERT_TRUE(first);
  const auto again = translator.decode({}, first->documents.at(0).canonical);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->documents.at(0).canonical, first->documents[0].canonical);
  EXPECT_EQ(again->documents[0].keys, first->documents[0].keys);
}

TEST(Translator, KeepsTheDocumentsBeforeAnError) {
  TestConnectors connectors;
  Translator translator(connectors);
  const auto what = translator.decode({}, order_json("1") + R"({"document":"purchase_order","number":)");
  ASSERT_TRUE(what);
  EXPECT_EQ(what->documents.size(), 1U);
  ASSERT_FALSE(what->findings.empty());
  EXPECT_GE(what->findings[0].severity, Severity::error);
}

TEST(Translator, FindsTheConnectorByContent) {
  TestConnectors connectors;
  Translator translator(connectors);
  EXPECT_EQ(translator.decode({}, "UPPER 5")->format, "upper");
  const auto unknown = translator.decode({}, "what is this");
  ASSERT_TRUE(unknown);
  EXPECT_EQ(unknown->findings.at(0).code, "ROUTE-0007");
}

TEST(Translator, ReadsWhatComesByteByByte) {
  TestConnectors connectors;
  Translator translator(connectors);
  const std::string json = order_json("1");
  const auto what = translator.decode({}, Pull([&, at = std::size_t{0}](std::span<char> into) mutable {
                                        if (at < json.size()) into[0] = json[at];
                                        return std::expected<std::size_t, Status>(at++ < json.size() ? 1 : 0);
                                      }));
  ASSERT_TRUE(what);
  EXPECT_EQ(what->documents.size(), 1U);
}

const Finding* finding_of(const std::vector<Finding>& findings, std::string_view code) {
  const auto found = std::ranges::find(findings, code, &Finding::code);
  return found == findings.end() ? nullptr : &*found;
}

TEST(Translator, JudgesByThePacksThatAreAskedFor) {
  TestConnectors connectors;
  Translator translator(connectors);
  const std::string order = R"({"document":"purchase_order","number":"1","issue_date":"2026-11-20",
    "buyer":{"name":"B"},"seller":{"name":"S"},"lines":[{"number":"1","quantity":{"value":"-1"}}]})";
  DecodeOrder from;
  const auto unjudged = translator.decode(from, order);
  ASSERT_TRUE(unjudged);
  EXPECT_EQ(finding_of(unjudged->documents.at(0).findings, "PEPPOL-T01-R004"), nullptr);
  EXPECT_FALSE(unjudged->documents[0].has(Severity::error));
  from.rules = {"peppol"};
  const auto judged = translator.decode(from, order);
  ASSERT_TRUE(judged);
  const auto& findings = judged->documents.at(0).findings;
  const Finding* negative = finding_of(findings, "PEPPOL-T01-R004");
  ASSERT_NE(negative, nullptr);
  EXPECT_EQ(negative->severity, Severity::error);
  EXPECT_EQ(negative->at.line, 2U);
  const Finding* validity = finding_of(findings, "PEPPOL-T01-R002");
  ASSERT_NE(validity, nullptr);
  EXPECT_EQ(validity->severity, Severity::warning);
}

class ServicesTest : public JournalTest {
 protected:
  Log log{clock, 2, LogForm::text, LogLevel::error};
  plugin::Scope scope{"edifact", "", "acme"};
};

TEST_F(ServicesTest, NumbersGrowAndAreNeverGivenTwice) {
  std::uint64_t last = 0;
  for (int restart = 0; restart < 3; ++restart) {
    JournalServices services(journal(), clock, log);
    for (int i = 0; i < 150; ++i) {
      const auto number = services.next(scope, "interchange", 0);
      ASSERT_TRUE(number);
      EXPECT_GT(*number, last);
      last = *number;
    }
  }
  JournalServices services(journal(), clock, log);
  EXPECT_EQ(services.next({"edifact", "", "other"}, "interchange", 0), 1U) << "each partner has a sequence";
}

TEST_F(ServicesTest, NumbersBeginAgainAfterTheLast) {
  JournalServices services(journal(), clock, log);
  std::vector<std::uint64_t> seen;
  for (int i = 0; i < 5; ++i) seen.push_back(services.next(scope, "s", 3).value_or(0));
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1, 2, 3, 1, 2}));
}

TEST_F(ServicesTest, AStaleRevisionSetsNothing) {
  JournalServices services(journal(), clock, log);
  EXPECT_EQ(services.compare_and_set(scope, "k", "a", 0), 1U);
  EXPECT_EQ(services.compare_and_set(scope, "k", "b", 0)->has_value(), false);
  EXPECT_EQ(services.compare_and_set(scope, "k", "b", 1), 2U);
  EXPECT_EQ(services.compare_and_set(scope, "k", "c", 1)->has_value(), false);
  const auto value = services.get(scope, "k");
  ASSERT_TRUE(value && *value);
  EXPECT_EQ((*value)->value, "b");
  EXPECT_EQ((*value)->revision, 2U);
}

}  // namespace
}  // namespace purser::gateway
