#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <map>
#include <thread>

#include <nlohmann/json.hpp>

#include "gateway/access/webhook.h"
#include "gateway/serve/serve.h"
#include "tests/gateway/intake/raw_client.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::eventually;
using testing::Fields;
using testing::order;
using testing::RunningServer;

std::string id_of(const testing::Reply& reply) { return json::parse(reply.body).value("id", ""); }

TEST(Serve, TakesADocumentOnceAndDeliversIt) {
  RunningServer server;
  server.start();
  auto first = server.post("/v1/documents?source=api", order("PO-1"));
  ASSERT_EQ(first.status, 202) << first.text;
  auto id = id_of(first);
  EXPECT_EQ(first.header("Location"), "/v1/documents/" + id);
  EXPECT_EQ(first.header("Idempotent-Replayed"), "");
  auto again = server.post("/v1/documents?source=api", order("PO-1"));
  EXPECT_EQ(again.status, 202);
  EXPECT_EQ(id_of(again), id);
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_TRUE(eventually([&] {
    return server.get("/v1/documents/" + id).body.find("\"delivered\"") != std::string::npos;
  })) << server.get("/v1/documents/" + id).body;
  std::size_t files = 0;
  for (const auto& file : fs::directory_iterator(server.data() + "/out"))
    files += file.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 1U);
  EXPECT_EQ(server.stop(), 0);
}

TEST(Serve, AnIdempotencyKeyIsOneDocument) {
  RunningServer server;
  server.start();
  auto first = server.post("/v1/documents?source=strict", order("PO-1"), {{"Idempotency-Key", "k-1"}});
  ASSERT_EQ(first.status, 202) << first.text;
  auto other = server.post("/v1/documents?source=strict", order("PO-2"), {{"Idempotency-Key", "k-1"}});
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(json::parse(other.body)["code"], "INTAKE-0006");
  EXPECT_EQ(other.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(server.post("/v1/documents?source=strict", order("PO-3")).status, 400);
  EXPECT_EQ(
      server.post("/v1/documents?source=strict", order("PO-3"), {{"Idempotency-Key", std::string(300, 'k')}})
          .status,
      400);
  // The first answer survives a restart.
  EXPECT_EQ(server.stop(), 0);
  server.start();
  auto again = server.post("/v1/documents?source=strict", order("PO-1"), {{"Idempotency-Key", "k-1"}});
  EXPECT_EQ(id_of(again), id_of(first));
}

TEST(Serve, HoldsBodiesAgainstTheSchemasOfTheDescription) {
  RunningServer server;
  server.start();
  const std::string wrong =
      R"({"document":"purchase_order","number":7,"issue_date":"2026-13-01","buyer":{"nme":"Nordwind"},)"
      R"("lines":[{"number":"1","quantity":{"value":"ten"}}]})";
  const auto check = [&](const testing::Reply& reply) {
    EXPECT_EQ(reply.status, 422) << reply.text;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    std::map<std::string, std::string> found;
    const auto problem = json::parse(reply.body);
    for (const auto& finding : problem["findings"]) found[finding["path"]] = finding["code"];
    EXPECT_EQ(found["/number"], "SCHEMA-0003");
    EXPECT_EQ(found["/issue_date"], "SCHEMA-0005");
    EXPECT_EQ(found["/buyer/nme"], "SCHEMA-0002");
    EXPECT_EQ(found["/lines/0/quantity/value"], "SCHEMA-0008");
    EXPECT_EQ(found["/seller"], "SCHEMA-0001");
    for (const auto& finding : problem["findings"])
      EXPECT_FALSE(finding["expected"].get<std::string>().empty());
  };
  check(server.post("/v1/documents?source=api", wrong));
  check(server.post("/v1/translate?from=canonical&to=canonical", wrong));
  // One that was written to a file while it came, and two documents one after the other.
  check(server.post("/v1/documents?source=api", wrong + std::string(3 << 20, ' ')));
  check(server.post("/v1/documents?source=api", order("PO-1") + "\n" + wrong));
  const auto broken = server.post("/v1/documents?source=api", R"({"document":"purchase_order",})");
  EXPECT_EQ(broken.status, 400);
  EXPECT_EQ(json::parse(broken.body)["code"], "JSON-0001");
  EXPECT_TRUE(json::parse(server.get("/v1/documents").body)["documents"].empty());
  // The schemas that anyone can read are those that refused.
  const auto description = json::parse(server.get("/openapi.json").body);
  EXPECT_EQ(description["components"]["schemas"]["purchase_order"]["additionalProperties"], false);
}

TEST(Serve, LetsInWhoHasAKeyAndTheScope) {
  RunningServer server;
  server.start();
  struct Case {
    const char* method;
    const char* target;
    Fields fields;
    int status;
  };
  const Fields reader = {{"Authorization", "Bearer " + server.reader()}};
  const Case cases[] = {
      {"GET", "/v1/documents", {}, 401},
      {"GET", "/v1/documents", {{"Authorization", "Bearer purser_aaaaaaaaaa_x"}}, 401},
      {"GET", "/v1/documents", {{"Authorization", "Basic dTpw"}}, 401},
      {"GET", "/v1/documents", reader, 200},
      {"GET", "/v1/documents", {{"X-API-Key", server.reader()}}, 200},
      {"POST", "/v1/documents?source=api", reader, 403},
      {"POST", "/v1/deliveries/d0000000000001/release", reader, 403},
      {"DELETE", "/v1/documents", reader, 405},
      {"GET", "/v2/documents", reader, 404},
      {"GET", "/v1/../v1/documents", reader, 400},
      {"GET", "/v1/documents/m0000000000001", reader, 404},
      {"GET", "/v1/documents/nonsense", reader, 404},
      {"GET", "/v1/documents?limit=0", reader, 400},
      {"GET", "/v1/documents?colour=red", reader, 400},
      {"GET", "/health/live", {}, 200},
      {"GET", "/health/ready", {}, 200},
      {"GET", "/metrics", {}, 200},
  };
  for (const auto& one : cases) {
    auto reply = server.send(one.method, one.target, one.fields);
    EXPECT_EQ(reply.status, one.status) << one.method << " " << one.target << "\n" << reply.text;
    if (reply.status >= 400) {
      EXPECT_EQ(json::parse(reply.body)["status"], one.status);
    }
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
  }
  EXPECT_EQ(server.post("/v1/documents?source=none", order("PO-1")).status, 404);
  EXPECT_EQ(server.post("/v1/documents?source=shop", order("PO-1")).status, 404);
  EXPECT_EQ(server.post("/v1/documents?source=api", "").status, 400);
  EXPECT_EQ(server.post("/v1/documents?source=api", order("PO-1"), {{"Content-Encoding", "gzip"}}).status,
            415);
}

TEST(Serve, ASignedWebhookIsTakenOnceAndAForgedOneNever) {
  RunningServer server;
  server.start();
  auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  auto fields = [&](std::int64_t at, const std::string& body) {
    return Fields{{"webhook-id", "msg_1"},
                  {"webhook-timestamp", std::to_string(at)},
                  {"webhook-signature", sign_webhook(server.webhook_key(), "msg_1", at, body)}};
  };
  auto first = server.send("POST", "/v1/webhooks/shop", fields(now, order("PO-1")), order("PO-1"));
  ASSERT_EQ(first.status, 202) << first.text;
  auto replayed = server.send("POST", "/v1/webhooks/shop", fields(now, order("PO-1")), order("PO-1"));
  EXPECT_EQ(replayed.status, 202);
  EXPECT_EQ(id_of(replayed), id_of(first));
  EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", fields(now, order("PO-1")), order("PO-2")).status, 401);
  EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", fields(now - 400, order("PO-1")), order("PO-1")).status,
            401);
  EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", {}, order("PO-1")).status, 401);
  EXPECT_EQ(server.send("POST", "/v1/webhooks/none", fields(now, order("PO-1")), order("PO-1")).status, 404);
  // Signed anew for other content under the same id: a conflict, never a merge.
  EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", fields(now, order("PO-2")), order("PO-2")).status, 409);
}

TEST(Serve, ShowsWhatItKnows) {
  RunningServer server;
  server.start();
  auto id = id_of(server.post("/v1/documents?source=api", order("PO-7")));
  auto canonical = json::parse(server.get("/v1/documents/" + id + "/canonical").body);
  EXPECT_EQ(canonical["number"], "PO-7");
  auto body = server.get("/v1/documents/" + id + "/body");
  EXPECT_EQ(body.body, order("PO-7"));
  EXPECT_EQ(body.header("Content-Type"), "application/octet-stream");
  EXPECT_GE(json::parse(server.get("/v1/documents/" + id + "/timeline").body)["timeline"].size(), 1U);
  EXPECT_EQ(json::parse(server.get("/v1/documents/" + id + "/deliveries").body)["deliveries"].size(), 1U);
  auto hits = json::parse(server.get("/v1/keys/order/PO-7").body)["documents"];
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0]["message"], id);
  EXPECT_EQ(server.get("/v1/keys/order/PO-7?limit=1001").status, 400);
  EXPECT_EQ(server.get("/v1/keys/order/PO-7?cursor=PO-7").status, 400);
  const auto full = json::parse(server.get("/v1/keys/order/PO-7?limit=1").body);
  ASSERT_EQ(full["documents"].size(), 1U);
  const auto rest = server.get("/v1/keys/order/PO-7?limit=1&cursor=" + full["cursor"].get<std::string>());
  EXPECT_EQ(json::parse(rest.body), json({{"documents", json::array()}}));
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(server.post("/v1/documents?source=api", order("L-" + std::to_string(i))).status, 202);
  }
  auto page = json::parse(server.get("/v1/documents?limit=2").body);
  ASSERT_EQ(page["documents"].size(), 2U);
  auto next =
      json::parse(server.get("/v1/documents?limit=2&cursor=" + page["cursor"].get<std::string>()).body);
  ASSERT_EQ(next["documents"].size(), 2U);
  EXPECT_EQ(next["documents"][1]["id"], id);
}

TEST(Serve, TranslatesWithoutStoring) {
  RunningServer server;
  server.start();
  auto reply = server.post("/v1/translate?from=canonical&to=canonical", order("T-1"));
  ASSERT_EQ(reply.status, 200) << reply.text;
  EXPECT_EQ(json::parse(reply.body)["number"], "T-1");
  EXPECT_EQ(server.post("/v1/translate?from=canonical", "{\"document\":\"purchase_order\",").status / 100, 4);
  EXPECT_EQ(json::parse(server.get("/v1/documents").body)["documents"].size(), 0U);
}

TEST(Serve, ReloadsWholeOrNotAtAll) {
  RunningServer server;
  server.start();
  auto version = [&] { return json::parse(server.get("/health/ready").body)["configuration"]; };
  auto before = version()["version"];
  EXPECT_EQ(server.post("/v1/documents?source=late", order("PO-1")).status, 404);
  server.write_config("more.yaml", "sources: {late: {kind: http}}\ntargets: {bad: {kind: htp}}\n");
  ::kill(::getpid(), SIGHUP);
  ASSERT_TRUE(eventually([&] { return version().contains("last_reload"); }));
  EXPECT_EQ(version()["last_reload"]["result"], "refused");
  EXPECT_EQ(version()["version"], before);
  EXPECT_EQ(server.post("/v1/documents?source=late", order("PO-1")).status, 404);
  server.write_config("more.yaml", "sources: {late: {kind: http}}\n");
  ::kill(::getpid(), SIGHUP);
  ASSERT_TRUE(eventually([&] { return version()["last_reload"]["result"] == "swapped"; }));
  EXPECT_NE(version()["version"], before);
  EXPECT_EQ(server.post("/v1/documents?source=late", order("PO-1")).status, 202);
}

TEST(Serve, DoesNotStartOnABadConfiguration) {
  RunningServer server;
  server.write_config("more.yaml", "nonsense: 1\n");
  ServeOptions options;
  options.config = server.config();
  options.data = server.data();
  EXPECT_EQ(serve(options), 3);
  EXPECT_FALSE(fs::exists(server.data()));
}

TEST(Serve, ALargeDocumentDoesNotPassThroughMemory) {
  RunningServer server;
  server.start();
  std::string large = order("BIG");
  large.insert(large.size() - 1, ",\"note\":[{\"text\":\"" + std::string(3 << 20, 'x') + "\"}]");
  auto reply = server.post("/v1/documents?source=api", large);
  ASSERT_EQ(reply.status, 202) << reply.text;
  auto body = server.get("/v1/documents/" + id_of(reply) + "/body");
  EXPECT_EQ(body.body.size(), large.size());
  EXPECT_EQ(id_of(server.post("/v1/documents?source=api", large)), id_of(reply));
}

TEST(Serve, AnswersOnlyWhatTheAskerHasNotYet) {
  RunningServer server;
  server.start();
  const auto id = nlohmann::json::parse(server.post("/v1/documents?source=api", order("PO-E")).body)["id"]
                      .get<std::string>();
  for (const char* part : {"/body", "/canonical"}) {
    const auto target = "/v1/documents/" + id + part;
    const auto first = server.get(target);
    ASSERT_EQ(first.status, 200) << target;
    const auto tag = first.header("ETag");
    ASSERT_TRUE(tag.starts_with('"') && tag.ends_with('"')) << tag;
    const auto ask = [&](const std::string& tags) {
      return server.send("GET", target,
                         {{"Authorization", "Bearer " + server.key()}, {"If-None-Match", tags}});
    };
    for (const auto& tags : {tag, "\"other, one\", W/" + tag, std::string("*")}) {
      const auto again = ask(tags);
      EXPECT_EQ(again.status, 304) << tags;
      EXPECT_EQ(again.body, "");
      EXPECT_EQ(again.header("ETag"), tag);
    }
    for (const auto& tags : {std::string("\"other\""), tag.substr(0, 5), std::string("x")}) {
      EXPECT_EQ(ask(tags).body, first.body) << tags;
    }
  }
  EXPECT_EQ(server.send("GET", "/v1/documents/" + id + "/body", {{"If-None-Match", "*"}}).status, 401)
      << "who may not ask learns nothing";
}

TEST(Serve, TellsOfOperationsThatWillGo) {
  RunningServer server(
      "deprecated: {traceKey: {since: 2026-11-01, sunset: 2027-05-01, link: "
      "\"https://purser.example/keys\"}}\n");
  server.start();
  const auto going = server.get("/v1/keys/order/PO-1");
  EXPECT_EQ(going.status, 200);
  EXPECT_EQ(going.header("Deprecation"), "@1793491200");
  EXPECT_EQ(going.header("Sunset"), "Sat, 01 May 2027 00:00:00 GMT");
  EXPECT_EQ(going.header("Link"), "<https://purser.example/keys>; rel=\"deprecation\"");
  EXPECT_EQ(server.get("/v1/documents").header("Deprecation"), "");
}

}  // namespace
}  // namespace purser::gateway
