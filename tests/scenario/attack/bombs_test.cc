// Small messages that would become large ones, and callers that never come to an end. (OWASP API4:2023;
// CWE-776, CWE-409; slowloris.) Purser's readers know no entities and nothing opens compressed bodies, so
// there is nothing to switch off: libxml2 and zlib show first what the bombs do to a reader that has what
// they need.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <vector>

#include "tests/gateway/intake/raw_client.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using testing::eventually;
using testing::RawClient;
using testing::RunningServer;

// Entities of entities, ten times ten times ten: "billion laughs", cut to a million.
std::string laughs() {
  std::string declarations = "<!ENTITY a0 \"0123456789\">";
  for (int i = 1; i <= 5; ++i) {
    declarations += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int j = 0; j < 10; ++j) declarations += "&a" + std::to_string(i - 1) + ";";
    declarations += "\">";
  }
  return "<?xml version=\"1.0\"?><!DOCTYPE Invoice [" + declarations +
         "]><Invoice "
         "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>&a5;</ID></Invoice>";
}

// Each of many elements names one long entity: "quadratic blowup", which no limit on nesting stops.
std::string blowup() {
  std::string body;
  for (int i = 0; i < 1'000; ++i) body += "<Note>&a;</Note>";
  return "<?xml version=\"1.0\"?><!DOCTYPE Invoice [<!ENTITY a \"" + std::string(1'000, 'x') +
         "\">]><Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">" + body +
         "</Invoice>";
}

// What a reader that expands makes of it; it may read files, too.
std::string expanded(const std::string& text) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                    XML_PARSE_NOENT | XML_PARSE_HUGE | XML_PARSE_DTDLOAD),
      xmlFreeDoc);
  if (!document) return {};
  const std::unique_ptr<xmlChar, void (*)(void*)> content(
      xmlNodeGetContent(xmlDocGetRootElement(document.get())), [](void* bytes) { xmlFree(bytes); });
  return content ? reinterpret_cast<const char*>(content.get()) : std::string();
}

// The real connector, in this process: what a bomb costs would show here.
std::string with_ubl() {
  const char* build = std::getenv("PURSER_BUILD");
  const auto library = std::filesystem::absolute(std::string(build == nullptr ? "build" : build) +
                                                 "/lib/purser/connectors/ubl.so");
  return "connectors: {ubl: {isolation: in-process, library: \"" + library.string() + "\"}}\n";
}

TEST(Bombs, Cwe776EntitiesAreNotExpanded) {
  RunningServer server(with_ubl());
  server.start();
  for (const std::string& bomb : {laughs(), blowup()}) {
    ASSERT_LT(bomb.size(), 20'000U);
    EXPECT_GE(expanded(bomb).size(), 1'000'000U) << "where entities are expanded it is a bomb";
    const auto reply = server.post("/v1/translate?from=ubl&to=canonical", bomb);
    EXPECT_GE(reply.status, 400) << reply.text;
    EXPECT_LT(reply.status, 500) << reply.text;
    EXPECT_NE(reply.body.find("XML-"), std::string::npos) << "it says what it does not take: " << reply.body;
  }
  EXPECT_EQ(server.get("/v1/documents").status, 200);
}

// XML external entity (CWE-611): a file of the machine in the answer.
TEST(Bombs, Cwe611NoFileIsReadForADocument) {
  RunningServer server(with_ubl());
  server.start();
  server.write_config("secrets/flag", "the-flag-is-here");
  const std::string attack =
      "<?xml version=\"1.0\"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM \"file://" + server.config() +
      "/secrets/flag\">]><Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">"
      "<ID>&x;</ID></Invoice>";
  EXPECT_EQ(expanded(attack), "the-flag-is-here") << "where entities are loaded it works";
  const auto reply = server.post("/v1/translate?from=ubl&to=canonical", attack);
  EXPECT_GE(reply.status, 400) << reply.text;
  EXPECT_EQ(reply.text.find("the-flag"), std::string::npos);
}

TEST(Bombs, Cwe409ACompressedBodyIsNotOpened) {
  constexpr std::size_t large = 8U << 20U;
  const std::string zeros(large, '0');
  std::string bomb(compressBound(large), '\0');
  uLongf packed = bomb.size();
  ASSERT_EQ(compress2(reinterpret_cast<Bytef*>(bomb.data()), &packed,
                      reinterpret_cast<const Bytef*>(zeros.data()), large, 9),
            Z_OK);
  bomb.resize(packed);
  std::string opened(large, '\0');
  uLongf length = opened.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(opened.data()), &length,
                       reinterpret_cast<const Bytef*>(bomb.data()), packed),
            Z_OK);
  EXPECT_GE(length, 500 * packed) << "where it is opened it is a bomb";
  RunningServer server;
  server.start();
  for (const char* encoding : {"gzip", "deflate", "br", "gzip, gzip", "x-gzip"}) {
    EXPECT_EQ(server.post("/v1/documents?source=api", bomb, {{"Content-Encoding", encoding}}).status, 415)
        << encoding;
  }
}

// Callers who send a byte now and then, as many as there are connections.
TEST(Bombs, SlowlorisIsEndedByAnAbsoluteDeadline) {
  constexpr std::size_t connections = 6;
  const auto with_deadline = [](const char* deadline) {
    return std::string(R"(server: {listen: "127.0.0.1:0", limits: {connections: 6, header_deadline: )") +
           deadline +
           R"(}}
access: {hash_key: secret://file/secrets/hash}
sources: {api: {kind: http}}
targets: {out: {kind: folder, path: out}}
routes: {all: {to: out}}
)";
  };
  for (const char* deadline : {"1 h", "1 s"}) {
    RunningServer server;
    server.write_config("purser.yaml", with_deadline(deadline));
    server.start();
    std::vector<std::unique_ptr<RawClient>> slow;
    const auto one_more = [&] {
      slow.push_back(std::make_unique<RawClient>(server.port()));
      slow.back()->send("GET /v1/documents HTTP/1.1\r\nHost: x\r\n");
    };
    for (std::size_t i = 0; i < connections; ++i) one_more();
    const auto honest_is_served = [&] {
      for (const auto& one : slow) one->send("X");  // on, and on
      try {
        return server.get("/v1/documents").status == 200;
      } catch (const std::exception&) {
        return false;
      }
    };
    if (std::string_view(deadline) == "1 h") {
      int refused =
          0;  // one after the other: a place that is free for a moment is taken by the next slow one
      EXPECT_TRUE(eventually([&] {
        one_more();
        refused = honest_is_served() ? 0 : refused + 1;
        return refused == 20;
      })) << "with a deadline that does not come the slow ones have every place";
    } else {
      EXPECT_TRUE(eventually(honest_is_served)) << "the slow ones are ended though they go on";
    }
  }
}

}  // namespace
}  // namespace purser::gateway
