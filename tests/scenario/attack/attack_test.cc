#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/access/hmac.h"
#include "gateway/access/webhook.h"
#include "gateway/fetch/fetch.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/intake/raw_client.h"
#include "tests/gateway/serve/running_server.h"
#include "tests/scenario/attack/undefended.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::Defence;
using testing::eventually;
using testing::Fields;
using testing::order;
using testing::RawClient;
using testing::RunningServer;
using testing::Without;

std::string id_of(const testing::Reply& reply) { return json::parse(reply.body).value("id", ""); }

Fields bearer(const std::string& text) { return {{"Authorization", "Bearer " + text}}; }

// A key of a partner, beside the ones of RunningServer.
std::string add_key(const RunningServer& server, const std::string& name, std::vector<std::string> scopes,
                    const std::string& partner) {
  SystemRandom random;
  auto fresh = make_api_key(random, "pepper", name, std::move(scopes));
  fresh.entry.partner = partner;
  server.write_config(name + ".yaml", "partners: {" + partner + ": {}}\nkeys:\n" + to_yaml(fresh.entry));
  return fresh.text;
}

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

TEST(Owasp, Api1BrokenObjectLevelAuthorization) {
  RunningServer server;
  const std::vector<std::string> scopes = {"documents:write", "documents:read", "deliveries:release"};
  auto acme = add_key(server, "acme", scopes, "acme");
  auto globex = add_key(server, "globex", scopes, "globex");
  server.start();
  auto posted = server.send("POST", "/v1/documents?source=api", bearer(acme), order("SECRET-1"));
  ASSERT_EQ(posted.status, 202) << posted.text;
  auto id = id_of(posted);
  {
    const Without ownership(Defence::ownership);
    EXPECT_EQ(server.send("GET", "/v1/documents/" + id + "/body", bearer(globex)).status, 200)
        << "where nobody asks whose it is, it is everybody's";
  }
  for (const char* part : {"", "/timeline", "/canonical", "/body", "/deliveries"}) {
    auto target = "/v1/documents/" + id + part;
    EXPECT_EQ(server.send("GET", target, bearer(acme)).status, 200) << target;
    auto other = server.send("GET", target, bearer(globex));
    EXPECT_EQ(other.status, 404) << target;
    EXPECT_EQ(other.body.find("SECRET"), std::string::npos);
    auto nobody = server.send("GET", "/v1/documents/m0000000000001" + std::string(part), bearer(globex));
    EXPECT_EQ(other.body, nobody.body) << "another's document looks like none";
  }
  EXPECT_EQ(json::parse(server.send("GET", "/v1/documents", bearer(globex)).body)["documents"].size(), 0U);
  EXPECT_EQ(json::parse(server.send("GET", "/v1/documents", bearer(acme)).body)["documents"].size(), 1U);
  EXPECT_EQ(
      json::parse(server.send("GET", "/v1/keys/order/SECRET-1", bearer(globex)).body)["documents"].size(),
      0U);
  EXPECT_EQ(json::parse(server.send("GET", "/v1/keys/order/SECRET-1", bearer(acme)).body)["documents"].size(),
            1U);
  auto delivery = json::parse(server.get("/v1/documents/" + id + "/deliveries").body)["deliveries"][0]["id"];
  EXPECT_EQ(server.send("POST", "/v1/deliveries/" + delivery.get<std::string>() + "/release", bearer(globex))
                .status,
            404);
  // The same idempotency key of another partner is another claim: it neither conflicts nor gives the first
  // answer.
  auto keyed = [&](const std::string& key) {
    auto fields = bearer(key);
    fields.emplace_back("Idempotency-Key", "same");
    return server.send("POST", "/v1/documents?source=api", fields, order("K-" + key.substr(7, 4)));
  };
  auto first = keyed(acme);
  auto second = keyed(globex);
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(second.status, 202) << second.text;
  EXPECT_NE(id_of(first), id_of(second));
}

TEST(Owasp, Api4UnrestrictedResourceConsumption) {
  RunningServer server;
  server.write_config("limits.yaml", "");
  server.write_config("purser.yaml", R"(server: {listen: "127.0.0.1:0"}
access:
  hash_key: secret://file/secrets/hash
  limits: {credential: {requests: 2, per: 1 h, burst: 3}, daily: 100}
sources: {api: {kind: http}, shop: {kind: webhook, secrets: [secret://file/secrets/shop]}}
targets: {out: {kind: folder, path: out}}
routes: {all: {to: out}}
)");
  server.start();
  {
    const Without rates(Defence::rates);
    for (int i = 0; i < 20; ++i)
      EXPECT_EQ(server.get("/v1/documents").status, 200) << "uncounted, he goes on";
  }
  for (int left = 2; left >= 0; --left) {
    auto reply = server.get("/v1/documents");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("RateLimit-Policy"), "\"credential\";q=2;w=3600");
    EXPECT_TRUE(reply.header("RateLimit").starts_with("\"credential\";r=" + std::to_string(left)))
        << reply.text;
  }
  auto refused = server.get("/v1/documents");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(json::parse(refused.body)["code"], "AUTH-0005");
  auto wait = std::stoi(refused.header("Retry-After"));
  EXPECT_GT(wait, 0);
  EXPECT_LE(wait, 1800);
  EXPECT_EQ(server.send("GET", "/v1/documents", bearer(server.reader())).status, 200) << "another's bucket";
  EXPECT_EQ(server.get("/health/live").status, 200);
  EXPECT_NE(server.get("/metrics").body.find("purser_denied_total{code=\"AUTH-0005\"} 1"), std::string::npos);
}

TEST(Owasp, Api5BrokenFunctionLevelAuthorization) {
  RunningServer server;
  server.start();
  {
    const Without functions(Defence::functions);
    EXPECT_EQ(server.send("POST", "/v1/documents?source=api", bearer(server.reader()), order("X")).status,
              202)
        << "where a door is open to whoever is known, a reader writes";
  }
  for (const char* target :
       {"/v1/documents?source=api", "/v1/translate", "/v1/deliveries/d0000000000001/release"}) {
    auto reply = server.send("POST", target, bearer(server.reader()), order("X"));
    EXPECT_EQ(reply.status, 403) << target;
    for (const char* scope : {"documents:write", "deliveries:release", "\"translate"}) {
      EXPECT_EQ(reply.body.find(scope), std::string::npos) << "which right is missing is ours to know";
    }
  }
  // Other spellings of a path lead to the same door, or nowhere.
  for (const char* target : {"/v1/translate/", "//v1//translate", "/v1/%74ranslate"}) {
    EXPECT_EQ(server.send("POST", target, bearer(server.reader()), order("X")).status, 403) << target;
  }
  for (const char* target :
       {"/v1/documents/../translate", "/v1/documents/%2e%2e/translate", "/V1/translate"}) {
    EXPECT_GE(server.send("POST", target, bearer(server.reader()), order("X")).status, 400) << target;
  }
}

TEST(Owasp, Api7ServerSideRequestForgery) {
  RunningServer server;
  server.start();
  auto local = "://127.0.0.1:" + std::to_string(server.port()) + "/health/live";
  EXPECT_TRUE(fetch({"http" + local, true})) << "where it is allowed it works";
  const std::string inside = "https://127.0.0.1:" + std::to_string(server.port()) + "/health/live";
  {
    const Without addresses(Defence::addresses);
    EXPECT_NE(fetch({inside, false}).error().message, "the address lies in the own network")
        << "it connects, and fails at a door that speaks no TLS";
  }
  EXPECT_EQ(fetch({inside, false}).error().message, "the address lies in the own network");
  EXPECT_FALSE(fetch({"https" + local, false}));
  for (const char* url : {"https://169.254.169.254/latest/meta-data/", "https://localhost/", "https://[::1]/",
                          "https://[::ffff:127.0.0.1]/", "https://0x7f000001/", "https://10.0.0.1/"}) {
    auto answer = fetch({url, false});
    ASSERT_FALSE(answer) << url;
    EXPECT_EQ(answer.error().message, "the address lies in the own network") << url;
  }
  EXPECT_FALSE(fetch({"file:///etc/passwd", true}));
  EXPECT_FALSE(fetch({"gopher://127.0.0.1/", true}));
}

/// What a browser decides about an answer that a page of another origin asked for: the Fetch standard's CORS
/// check, CSP's frame-ancestors, and whether it may take the content for something else than is said.
struct Browser {
  bool reads, frames, guesses;
  explicit Browser(const testing::Reply& reply)
      : reads(reply.header("Access-Control-Allow-Origin") == "*" ||
              reply.header("Access-Control-Allow-Origin") == "https://evil.example"),
        frames(reply.header("Content-Security-Policy").find("frame-ancestors 'none'") == std::string::npos),
        guesses(reply.header("X-Content-Type-Options") != "nosniff") {}
};

TEST(Owasp, Api8APageOfAnotherOrigin) {
  RunningServer server;
  server.start();
  auto fields = bearer(server.key());
  fields.emplace_back("Origin", "https://evil.example");
  const auto answers = [&] {
    return std::vector{server.send("GET", "/v1/documents", fields),
                       server.send("GET", "/openapi.json", fields), server.send("GET", "/v1/nothing", fields),
                       server.send("POST", "/v1/webhooks/shop", fields, "x")};
  };
  {
    const Without headers(Defence::headers);
    for (const auto& reply : answers()) {
      const Browser victim(reply);
      EXPECT_TRUE(victim.reads && victim.frames && victim.guesses) << "open to every page: " << reply.text;
    }
  }
  for (const auto& reply : answers()) {
    const Browser safe(reply);
    EXPECT_FALSE(safe.reads || safe.frames || safe.guesses) << reply.text;
  }
}

TEST(Owasp, Api8SecurityMisconfiguration) {
  RunningServer server;
  server.start();
  auto preflight =
      server.send("OPTIONS", "/v1/documents",
                  {{"Origin", "https://evil.example"}, {"Access-Control-Request-Method", "POST"}});
  EXPECT_EQ(preflight.status, 405);
  for (const auto& reply :
       {preflight, server.send("GET", "/health/live", {{"Origin", "https://evil.example"}}),
        server.send("GET", "/v1/nothing"), server.send("TRACE", "/v1/documents")}) {
    EXPECT_EQ(reply.text.find("Access-Control-Allow"), std::string::npos) << reply.text;
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
    EXPECT_EQ(reply.header("Server"), "");
  }
  EXPECT_NE(server.send("TRACE", "/v1/documents", bearer(server.key())).status, 200);
}

TEST(Owasp, Api2ARefusalDoesNotSayWhy) {
  RunningServer server;
  server.start();
  const auto& known = server.key();
  const std::vector<std::string> credentials = {"Bearer purser_aaaaaaaaaa_b",
                                                "Bearer " + known + "x",
                                                "Bearer a.b.c",
                                                "Basic OjE=",
                                                "Digest x",
                                                "Bearer"};
  {
    // Told why, one learns which keys there are before one guesses the rest of one.
    const Without silence(Defence::silence);
    std::set<std::string> told;
    for (const auto& credential : credentials)
      told.insert(server.send("GET", "/v1/documents", {{"Authorization", credential}}).body);
    EXPECT_GE(told.size(), 2U);
  }
  std::string body;
  for (const auto& credential : credentials) {
    auto reply = server.send("GET", "/v1/documents", {{"Authorization", credential}});
    EXPECT_EQ(reply.status, 401) << credential;
    if (body.empty()) body = reply.body;
    EXPECT_EQ(reply.body, body) << credential;
    EXPECT_NE(reply.header("WWW-Authenticate"), "");
  }
}

// A message that one reader takes for one request and another for two.
TEST(Rfc9112, Section11_2RequestSmuggling) {
  RunningServer server;
  server.start();
  const std::string inner = "GET /v1/documents HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string head = "POST /v1/webhooks/shop HTTP/1.1\r\nHost: x\r\n";
  const std::string attacks[] = {
      head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + inner,
      head + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello" + inner,
      head + "Content-Length: 5, 5\r\n\r\nhello" + inner,
      head + "Content-Length: +5\r\n\r\nhello" + inner,
      head + "Content-Length: 0x5\r\n\r\nhello" + inner,
      head + "Content-Length : 5\r\n\r\nhello" + inner,
      head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + inner,
      head +
          "Transfer-Encoding:\x0b"
          "chunked\r\n\r\n0\r\n\r\n" +
          inner,
      head + "Transfer-Encoding\r\n : chunked\r\n\r\n0\r\n\r\n" + inner,
      head + "X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      head + "X: a\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      head + "X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      "POST /v1/webhooks/shop HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      "POST /v1/webhooks/shop HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 0\r\n\r\n" + inner,
      "POST /v1/webhooks/shop HTTP/1.1\nHost: x\nContent-Length: 0\n\n" + inner,
      head + "Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: chunked\r\n\r\n1\na\n0\n\n" + inner,
      head + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + inner,
      head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\na\r\n0\r\n\r\n" + inner,
  };
  const auto answers = [&](const std::string& attack) {
    RawClient client(server.port());
    client.send(attack);
    client.shut_down();
    return client.rest();
  };
  {
    const Without framing(Defence::framing);
    std::size_t two = 0, taken = 0;
    for (const auto& attack : attacks) {
      const auto all = answers(attack);
      if (testing::status_of(all) != 400) ++taken;
      if (all.find("HTTP/1.1", 8) != std::string::npos) ++two;
    }
    EXPECT_GE(taken, 4U) << "a parser that forgives takes what others frame differently";
    EXPECT_GE(two, 1U) << "and answers the request that was hidden";
  }
  for (const auto& attack : attacks) {
    const auto all = answers(attack);
    EXPECT_EQ(testing::status_of(all), 400) << attack << "\n" << all;
    EXPECT_EQ(all.find("HTTP/1.1", 8), std::string::npos) << "a second answer for " << attack << "\n" << all;
  }
}

// Standard Webhooks: what was taken once gives the first answer, and nothing new, even after a restart.
TEST(Replay, AWebhookIsBookedOnce) {
  RunningServer server;
  server.start();
  auto at = now_seconds();
  auto body = order("PO-R");
  Fields fields = {{"webhook-id", "msg_r"},
                   {"webhook-timestamp", std::to_string(at)},
                   {"webhook-signature", sign_webhook(server.webhook_key(), "msg_r", at, body)}};
  std::size_t booked = 0;
  {
    const Without receipts(Defence::receipts);
    const auto once = server.send("POST", "/v1/webhooks/shop", fields, body);
    EXPECT_NE(id_of(server.send("POST", "/v1/webhooks/shop", fields, body)), id_of(once)) << "booked twice";
    booked = 2;
  }
  auto first = server.send("POST", "/v1/webhooks/shop", fields, body);
  ASSERT_EQ(first.status, 202) << first.text;
  EXPECT_EQ(server.stop(), 0);
  server.start();
  auto again = server.send("POST", "/v1/webhooks/shop", fields, body);
  EXPECT_EQ(again.status, 202);
  EXPECT_EQ(id_of(again), id_of(first));
  EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
  EXPECT_EQ(json::parse(server.get("/v1/documents").body)["documents"].size(), booked + 1);
  for (const char* stripped : {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
    auto without = fields;
    std::erase_if(without, [&](const auto& field) { return field.first == stripped; });
    EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", without, body).status, 401) << stripped;
  }
}

TEST(Replay, AWebhookWithoutSignedIdIsBookedOnceToo) {
  RunningServer server("");
  server.write_config("secrets/github", "0123456789abcdef0123456789abcdef");
  server.write_config(
      "more.yaml",
      "sources: {github: {kind: webhook, scheme: github, secrets: [secret://file/secrets/github]}}\n");
  server.start();
  auto body = order("PO-G");
  auto mac = hex_encoded(bytes_of(hmac_sha256("0123456789abcdef0123456789abcdef", body)));
  auto call = [&](const char* delivery) {
    return server.send("POST", "/v1/webhooks/github",
                       {{"X-Hub-Signature-256", "sha256=" + mac}, {"X-GitHub-Delivery", delivery}}, body);
  };
  {
    const Without signed_ids(Defence::signed_ids);
    EXPECT_NE(id_of(call("a")), id_of(call("b")))
        << "another id beside the same signature is another message";
  }
  auto first = call("1");
  ASSERT_EQ(first.status, 202) << first.text;
  EXPECT_EQ(id_of(call("2")), id_of(first)) << "the id is not signed: it makes no new message";
}

TEST(Audit, EveryDenialIsNotedWithItsReason) {
  RunningServer server;
  server.start();
  EXPECT_EQ(server.send("GET", "/v1/documents", bearer("purser_aaaaaaaaaa_b")).status, 401);
  EXPECT_EQ(server.send("POST", "/v1/translate", bearer(server.reader()), "x").status, 403);
  EXPECT_EQ(server.send("POST", "/v1/webhooks/shop", {}, "x").status, 401);
  EXPECT_TRUE(eventually([&] {
    auto text = server.get("/metrics").body;
    return text.find("purser_denied_total{code=\"AUTH-0001\"} 1\n") != std::string::npos &&
           text.find("purser_denied_total{code=\"AUTH-0002\"} 1\n") != std::string::npos &&
           text.find("purser_denied_total{code=\"AUTH-0003\"} 1\n") != std::string::npos;
  })) << server.get("/metrics").body;
}

}  // namespace
}  // namespace purser::gateway
