// A cXML sender proves itself by a secret in the message and is answered in cXML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using ::testing::HasSubstr;
using testing::RunningServer;

std::string message(std::string_view id, std::string_view secret) {
  return R"(<?xml version="1.0"?><!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.063/cXML.dtd"><cXML payloadID=")" +
         std::string(id) +
         R"(" timestamp="2026-11-20T12:00:00Z"><Header><From><Credential domain="DUNS"><Identity>1</Identity></Credential>
</From><To><Credential domain="DUNS"><Identity>2</Identity></Credential></To><Sender><Credential domain="DUNS">
<Identity>1</Identity><SharedSecret>)" +
         std::string(secret) +
         R"(</SharedSecret></Credential><UserAgent>x</UserAgent></Sender></Header><Request><ProfileRequest/></Request></cXML>)";
}

TEST(Cxml, AnswersInCxml) {
  RunningServer server;
  server.start();
  const auto first =
      server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, message("p1", "abracadabra"));
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("Content-Type"), "text/xml; charset=UTF-8");
  EXPECT_THAT(first.body, HasSubstr(R"(<Status code="201" text="Accepted">m)"));
  const auto rotated =
      server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, message("p2", "sesame"));
  EXPECT_THAT(rotated.body, HasSubstr(R"(code="201")"));
}

TEST(Cxml, BooksAPayloadOnce) {
  RunningServer server;
  server.start();
  const auto id_in = [](const std::string& body) { return body.substr(body.find("\">m"), 16); };
  const auto first =
      server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, message("p1", "abracadabra"));
  const auto again =
      server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, message("p1", "abracadabra"));
  EXPECT_EQ(id_in(first.body), id_in(again.body));
  auto other = message("p1", "abracadabra");
  other.replace(other.find("<UserAgent>x"), 12, "<UserAgent>y");
  const auto conflict = server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, other);
  EXPECT_THAT(conflict.body, HasSubstr(R"(code="409" text="Conflict")"));
}

TEST(Cxml, RefusesAnotherSecret) {
  RunningServer server;
  server.start();
  const auto refused =
      server.send("POST", "/v1/cxml/hub", {{"Content-Type", "text/xml"}}, message("p1", "guess"));
  EXPECT_EQ(refused.status, 200);
  EXPECT_THAT(refused.body, HasSubstr(R"(<Status code="401" text="Unauthorized">)"));
  EXPECT_EQ(server.send("POST", "/v1/cxml/api", {}, message("p1", "abracadabra")).status, 404);
}

}  // namespace
}  // namespace purser::gateway
