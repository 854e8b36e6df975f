// What a tenant's callers and receivers are shown is the tenant's own, and no other's.
#include <gtest/gtest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "canonical/value/text.h"
#include "gateway/access/api_key.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/intake/raw_client.h"
#include "tests/gateway/pipeline/receiver.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::body_of;
using testing::eventually;
using testing::Fields;
using testing::order;
using testing::RawClient;
using testing::Reply;
using testing::RunningServer;

constexpr std::string_view configuration = R"(
tenants:
  acme:
    private_addresses: true
    branding: {name: "Acme Trade\r\nX-Evil: 1", support: "https://acme.example/help", logo: "https://acme.example/logo.svg", host: api.acme.example}
  globex: {}
)";

class Branded : public ::testing::Test {
 protected:
  Branded() : server_(configuration) {
    for (const char* tenant : {"acme", "globex"}) {
      const std::string folder = std::string("tenants/") + tenant;
      std::filesystem::create_directories(server_.config() + "/" + folder);
      SystemRandom random;
      auto fresh =
          make_api_key(random, "pepper", "front", {"documents:write", "documents:read", "config:admin"});
      keys_[tenant] = fresh.text;
      server_.write_config(folder + "/secret", "whsec_" + base64_encoded(std::string(32, tenant[0])));
      server_.write_config(folder + "/all.yaml", R"(
sources: {api: {kind: http}, shop: {kind: webhook, secrets: [secret://file/secret]}}
targets: {out: {kind: folder, path: out}}
routes: {all: {to: out}}
keys:
)" + to_yaml(fresh.entry));
    }
    server_.start();
  }
  Reply as(const std::string& tenant, std::string_view method, const std::string& target,
           std::string_view body = {}) const {
    return server_.send(method, target, {{"Authorization", "Bearer " + keys_.at(tenant)}}, body);
  }
  static std::string support(const Reply& reply) {
    const auto problem = json::parse(reply.body);
    return problem.contains("support") ? problem["support"].value("url", "") : "";
  }

  RunningServer server_;
  std::map<std::string, std::string> keys_;
};

TEST_F(Branded, ErrorsNameTheSupportOfTheCallersTenant) {
  const std::string own = "https://acme.example/help";
  EXPECT_EQ(support(as("acme", "GET", "/v1/documents/m0000000000001")), own) << "answered by an endpoint";
  EXPECT_EQ(support(as("acme", "GET", "/v1/tenants")), own) << "refused at the door";
  EXPECT_EQ(support(as("acme", "GET", "/v1/documents?limit=x")), own);
  EXPECT_EQ(support(server_.send("POST", "/v1/webhooks/shop@acme", {}, "{}")), own) << "by the source";
  for (const char* target : {"/v1/documents/m0000000000001", "/v1/tenants", "/v1/documents?limit=x"})
    EXPECT_EQ(support(as("globex", "GET", target)), "") << target;
  EXPECT_EQ(support(server_.send("POST", "/v1/webhooks/shop@globex", {}, "{}")), "");
  EXPECT_EQ(support(server_.send("GET", "/v1/documents")), "") << "nobody knows whose caller this is";
  EXPECT_EQ(support(server_.get("/v1/documents/m0000000000001")), "") << "the operator's own";
}

TEST_F(Branded, WhoeverAsksByATenantsHostIsShownItsOwn) {
  const auto by_host = [&](const std::string& host, const char* target) {
    RawClient client(server_.port());
    client.send(std::string("GET ") + target + " HTTP/1.1\r\nHost: " + host +
                "\r\nConnection: close\r\n\r\n");
    const std::string answer = client.response();
    const auto head = answer.substr(0, answer.find("\r\n\r\n"));
    EXPECT_EQ(lowered(head).find("purser"), std::string::npos) << head;
    return json::parse(body_of(answer));
  };
  EXPECT_EQ(by_host("API.Acme.example:8443", "/v1/documents")["support"]["url"], "https://acme.example/help");
  EXPECT_EQ(by_host("api.acme.example", "/openapi.json")["info"]["contact"]["url"],
            "https://acme.example/help");
  for (const char* other : {"acme.example", "api.acme.example.evil.example", "[::1]"}) {
    EXPECT_FALSE(by_host(other, "/v1/documents").contains("support")) << other;
  }
}

TEST_F(Branded, TheDescriptionBearsTheTenantsName) {
  const auto info = [](const Reply& reply) { return json::parse(reply.body)["info"]; };
  const auto own = info(as("acme", "GET", "/openapi.json"));
  EXPECT_TRUE(own["title"].get<std::string>().starts_with("Acme Trade"));
  EXPECT_EQ(own["contact"]["url"], "https://acme.example/help");
  EXPECT_EQ(own["x-logo"]["url"], "https://acme.example/logo.svg");
  for (const auto& plain : {as("globex", "GET", "/openapi.json"), server_.send("GET", "/openapi.json"),
                            server_.send("GET", "/openapi.json", {{"Authorization", "Bearer nonsense"}})}) {
    EXPECT_EQ(info(plain)["title"], "Purser");
    EXPECT_FALSE(info(plain).contains("contact"));
  }
  auto mine = json::parse(as("acme", "GET", "/openapi.json").body);
  auto plain = json::parse(server_.send("GET", "/openapi.json").body);
  EXPECT_TRUE(eventually([&] {
    return server_.get("/metrics").body.find("purser_denied_total{code=\"AUTH-0001\"} 1\n") !=
           std::string::npos;
  })) << "what is wrong is noted here, too";
  mine.erase("info");
  plain.erase("info");
  EXPECT_EQ(mine, plain) << "and all the rest is the same";
}

TEST_F(Branded, EventsComeFromTheTenantsHost) {
  Receiver receiver;
  for (const char* tenant : {"acme", "globex"}) {
    // globex may not go into the own network: its events stay here, and acme's come alone.
    const auto made =
        as(tenant, "POST", "/v1/subscriptions", json{{"name", "erp"}, {"url", receiver.url()}}.dump());
    EXPECT_EQ(made.status, std::string_view(tenant) == "acme" ? 201 : 422) << made.text;
  }
  ASSERT_EQ(as("acme", "POST", "/v1/documents?source=api", order("PO-1")).status, 202);
  ASSERT_TRUE(eventually([&] { return !receiver.requests().empty(); }));
  const auto got = receiver.requests().front();
  EXPECT_EQ(json::parse(got.body)["source"], "https://api.acme.example");
  EXPECT_EQ(got.field("user-agent"), "Acme-Trade--X-Evil--1") << "a name ends no field";
  EXPECT_EQ(got.field("x-evil"), "");
}

}  // namespace
}  // namespace purser::gateway
