#include "gateway/route/route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/route/json_path.h"

namespace purser::gateway {
namespace {

using ::testing::ElementsAre;

Understanding one_invoice(const std::string& number) {
  Understanding what;
  what.format = "ubl";
  Document document;
  document.ordinal = 1;
  document.type = DocumentType::invoice;
  document.number = number;
  document.canonical = nlohmann::json{{"document", "invoice"},
                                      {"number", number},
                                      {"buyer", {{"id", "529900ABC"}}},
                                      {"lines", {{{"number", "1"}}, {{"number", "2"}}}}}
                           .dump();
  what.documents.push_back(std::move(document));
  return what;
}

Route route_to(const std::string& target) {
  Route route;
  route.name = "to " + target;
  route.target = target;
  return route;
}

RouteTable table_of(std::vector<Route> routes) {
  RouteTable table;
  table.routes = std::move(routes);
  for (const char* name : {"erp", "archive"}) {
    table.targets.emplace_back();
    table.targets.back().name = name;
  }
  return table;
}

Incoming from(const std::string& source, const std::string& partner) {
  Incoming in;
  in.source = source;
  in.partner = partner;
  return in;
}

struct MatchCase {
  const char* name;
  RouteMatch match;
  bool taken;
};

class RouteMatching : public ::testing::TestWithParam<MatchCase> {};

TEST_P(RouteMatching, TakesWhatItSays) {
  Route route = route_to("erp");
  route.match = GetParam().match;
  Understanding what = one_invoice("F-1");
  plan(table_of({route}), from("webhook", "acme"), what);
  EXPECT_EQ(what.deliveries.size(), GetParam().taken ? 1U : 0U) << GetParam().name;
  EXPECT_EQ(what.why, GetParam().taken ? "" : "ROUTE-0001");
}

INSTANTIATE_TEST_SUITE_P(
    All, RouteMatching,
    ::testing::Values(MatchCase{"everything", {}, true},
                      MatchCase{"source", {"webhook", "", "", "", {}}, true},
                      MatchCase{"other source", {"folder", "", "", "", {}}, false},
                      MatchCase{"pattern", {"web*", "ac*e", "", "", {}}, true},
                      MatchCase{"document", {"", "", "invoice", "ubl", {}}, true},
                      MatchCase{"other document", {"", "", "receipt", "", {}}, false},
                      MatchCase{"field", {"", "", "", "", {{"buyer.id", "529900*"}}}, true},
                      MatchCase{"field in a list", {"", "", "", "", {{"lines.number", "2"}}}, true},
                      MatchCase{"other field", {"", "", "", "", {{"buyer.id", "4*"}}}, false},
                      MatchCase{"missing field", {"", "", "", "", {{"seller.id", "*"}}}, false}));

TEST(Route, EveryRouteThatMatchesGivesADelivery) {
  Understanding what = one_invoice("F-1");
  plan(table_of({route_to("erp"), route_to("archive")}), {}, what);
  EXPECT_EQ(what.deliveries.size(), 2U);
  Route last = route_to("erp");
  last.last = true;
  what = one_invoice("F-1");
  plan(table_of({last, route_to("archive")}), {}, what);
  EXPECT_EQ(what.deliveries.size(), 1U);
  Route off = route_to("erp");
  off.enabled = false;
  what = one_invoice("F-1");
  plan(table_of({off, route_to("archive")}), {}, what);
  ASSERT_EQ(what.deliveries.size(), 1U);
  EXPECT_EQ(what.deliveries[0].target, "archive");
}

TEST(Route, ALaneIsMadeOfTheValuesItNames) {
  Route route = route_to("erp");
  route.lane = {"buyer.id"};
  Understanding one = one_invoice("F-1");
  Understanding two = one_invoice("F-2");
  plan(table_of({route}), {}, one);
  plan(table_of({route}), {}, two);
  EXPECT_FALSE(one.deliveries[0].lane.empty());
  EXPECT_EQ(one.deliveries[0].lane, two.deliveries[0].lane);
  route.lane = {"seller.id"};
  plan(table_of({route}), {}, one = one_invoice("F-1"));
  EXPECT_TRUE(one.deliveries[0].lane.empty()) << "no value, no order";
}

TEST(Route, InvalidDocumentsParkOthersOfTheMessageGo) {
  Understanding what = one_invoice("F-1");
  what.documents.push_back(what.documents[0]);
  what.documents[1].ordinal = 2;
  what.documents[1].findings.push_back(make_finding("ROUTE-0008", {}, "x"));
  plan(table_of({route_to("erp")}), {}, what);
  EXPECT_EQ(what.state, MessageState::parked);
  EXPECT_EQ(what.why, "ROUTE-0002");
  ASSERT_EQ(what.deliveries.size(), 1U);
  EXPECT_EQ(what.deliveries[0].document, 1U);
}

TEST(Route, StrictRoutesTakeNoWarnings) {
  Route route = route_to("erp");
  Understanding what = one_invoice("F-1");
  what.documents[0].findings.push_back(make_finding("ROUTE-0008", {}, "x"));
  what.documents[0].findings[0].severity = Severity::warning;
  plan(table_of({route}), {}, what);
  EXPECT_EQ(what.state, MessageState::delivering);
  route.strict = true;
  what.deliveries.clear();
  plan(table_of({route}), {}, what);
  EXPECT_EQ(what.why, "ROUTE-0003");
}

TEST(Route, NothingReadParksWithTheCause) {
  Understanding what;
  plan(table_of({route_to("erp")}), {}, what);
  EXPECT_EQ(what.why, "ROUTE-0004");
  what = {};
  what.findings.push_back(make_finding("ROUTE-0007", {}, "x"));
  plan(table_of({route_to("erp")}), {}, what);
  EXPECT_EQ(what.why, "ROUTE-0007");
  EXPECT_EQ(what.state, MessageState::parked);
  Incoming in;
  in.reject_invalid = true;
  what = {};
  plan(table_of({route_to("erp")}), in, what);
  EXPECT_EQ(what.state, MessageState::rejected);
}

TEST(JsonPath, EntersListsAndTakesScalars) {
  constexpr std::string_view json = R"({"a":[{"b":"1"},{"b":2},{"c":true}],"d":null,"e":[[1],[2,"3"]]})";
  EXPECT_THAT(values_at(json, "a.b"), ElementsAre("1", "2"));
  EXPECT_THAT(values_at(json, "a.c"), ElementsAre("true"));
  EXPECT_THAT(values_at(json, "e"), ElementsAre("1", "2", "3"));
  EXPECT_TRUE(values_at(json, "a").empty());
  EXPECT_TRUE(values_at(json, "d").empty());
  EXPECT_TRUE(values_at(json, "d.e").empty());
  EXPECT_TRUE(values_at(json, "b").empty());  // only at its own depth
}

TEST(JsonPath, ReadsJsonAsAnybodyWritesIt) {
  constexpr std::string_view json = R"(
    { "x" : { "a" : "no }, \\" , "y" : [ ] } ,
      "name" : "a \"quoted\" \u00e4 \\", "path": {"name": "C:\\", "n": -1.50e2}, "" : 7 })";
  EXPECT_THAT(values_at(json, "name"), ElementsAre("a \"quoted\" \xc3\xa4 \\"));
  EXPECT_THAT(values_at(json, "path.name"), ElementsAre("C:\\"));
  EXPECT_THAT(values_at(json, "path.n"), ElementsAre("-1.50e2"));
  EXPECT_TRUE(values_at(json, "x.y").empty());
  EXPECT_TRUE(values_at(json, "y").empty());
}

TEST(JsonPath, WhatIsNoJsonEnds) {
  for (const std::string_view broken : {"", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[", "{\"a\":[1,", "[",
                                        "}", "{]", "{\"a\" 1", "{,:,:}"}) {
    EXPECT_LE(values_at(broken, "a").size(), 1U) << broken;
  }
}

TEST(JsonPath, PatternsAreLinear) {
  EXPECT_TRUE(matches("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(matches("*a*b", "xxbxxa"));
  EXPECT_TRUE(matches("", ""));
  EXPECT_FALSE(matches("", "x"));
  EXPECT_FALSE(matches("*a*a*a*a*a*a*a*a*a*b", std::string(10'000, 'a')));
}

}  // namespace
}  // namespace purser::gateway
