// Packs of business rules that routes switch on.
#include "gateway/route/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace purser::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// An order that Peppol's rules find one thing wrong with: it does not say how long it is valid, a warning.
Understanding one_order(const std::string& profile = "") {
  Understanding what;
  what.format = "ubl";
  Document document;
  document.ordinal = 1;
  document.type = DocumentType::purchase_order;
  document.canonical =
      R"({"document":"purchase_order","number":"1","issue_date":"2026-11-20","envelope":{"profile":")" +
      profile + R"("},"buyer":{"name":"A"},"seller":{"name":"B"}})";
  if (profile.empty()) {
    document.canonical.replace(document.canonical.find(R"("envelope")"), 26, "");
  }
  what.documents.push_back(std::move(document));
  return what;
}

RouteTable table_of(std::vector<Route> routes) {
  RouteTable table;
  table.routes = std::move(routes);
  table.targets.emplace_back();
  table.targets.back().name = "erp";
  return table;
}

Route judged(std::vector<std::string> rules, bool strict = false) {
  Route route;
  route.name = "judged";
  route.target = "erp";
  route.rules = std::move(rules);
  route.strict = strict;
  return route;
}

std::vector<std::string> codes(const Understanding& what) {
  std::vector<std::string> all;
  for (const Finding& finding : what.documents.at(0).findings) all.push_back(finding.code);
  return all;
}

constexpr const char* wrong_profile = "urn:fdc:peppol.eu:poacc:bis:billing:3";

TEST(RouteRules, AWarningIsToldAndTheDocumentGoes) {
  Understanding what = one_order();
  plan(table_of({judged({"peppol"})}), {}, what);
  EXPECT_THAT(codes(what), ElementsAre("PEPPOL-T01-R002"));
  EXPECT_EQ(what.documents[0].findings[0].severity, Severity::warning);
  EXPECT_EQ(what.state, MessageState::delivering);
  EXPECT_EQ(what.deliveries.size(), 1U);
}

TEST(RouteRules, AWarningParksOnAStrictRoute) {
  Understanding what = one_order();
  plan(table_of({judged({"peppol"}, true)}), {}, what);
  EXPECT_EQ(what.state, MessageState::parked);
  EXPECT_EQ(what.why, "ROUTE-0003");
}

TEST(RouteRules, AFatalRuleParksTheDocumentWhateverElseTakesIt) {
  Understanding what = one_order(wrong_profile);
  plan(table_of({judged({}), judged({"peppol"})}), {}, what);
  EXPECT_THAT(codes(what), ElementsAre("PEPPOL-T01-R031", "PEPPOL-T01-R002"));
  EXPECT_EQ(what.documents[0].findings[0].path, "envelope.profile");
  EXPECT_EQ(what.state, MessageState::parked);
  EXPECT_EQ(what.why, "ROUTE-0002");
  EXPECT_THAT(what.deliveries, IsEmpty());
}

TEST(RouteRules, OnlyRoutesThatTakeTheDocumentJudgeIt) {
  Route other = judged({"peppol"});
  other.match.document = "invoice";
  Route off = judged({"peppol"});
  off.enabled = false;
  Route last = judged({});
  last.last = true;
  Understanding what = one_order(wrong_profile);
  plan(table_of({other, off, last, judged({"peppol"})}), {}, what);
  EXPECT_THAT(codes(what), IsEmpty());
  EXPECT_EQ(what.state, MessageState::delivering);
}

TEST(RouteRules, WhatPartnerOrSourceSwitchedOnIsNotJudgedTwice) {
  RouteTable table = table_of({judged({"peppol"})});
  table.source_rules["shop"] = {"peppol"};
  Incoming incoming;
  incoming.source = "shop";
  Understanding what = one_order();
  plan(table, incoming, what);
  EXPECT_THAT(codes(what), IsEmpty());
}

TEST(RouteRules, AConnectorGetsThePacksOfRoutesThatTakeWhateverComes) {
  RouteTable table =
      table_of({judged({"peppol"}), judged({"xrechnung"}), judged({"en16931"}), judged({"en16931"})});
  table.routes[0].match.source = "sh*";
  table.routes[0].match.document = "invoice";
  table.routes[1].match.partner = "other";
  table.routes[2].match.document = "purchase_order";
  table.routes[3].match.fields = {{"currency", "EUR"}};
  table.partner_rules["acme"] = {"xrechnung"};
  Incoming incoming;
  incoming.source = "shop";
  incoming.partner = "acme";
  EXPECT_THAT(rules_for(table, "acme", "shop"), ElementsAre("xrechnung"));
  EXPECT_THAT(rules_for_reading(table, incoming), ElementsAre("peppol", "xrechnung"));
}

}  // namespace
}  // namespace purser::gateway
