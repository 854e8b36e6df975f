// Tenants who try to reach each other. Every endpoint that takes an id is asked with another's.
#include <gtest/gtest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/api/endpoint.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/serve/running_server.h"
#include "tests/scenario/attack/undefended.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::eventually;
using testing::Fields;
using testing::order;
using testing::Reply;
using testing::RunningServer;

const std::vector<std::string> every_scope = {"documents:write", "documents:read", "deliveries:release",
                                              "translate",       "audit:read",     "config:admin"};

/// A gateway with the tenants acme and globex, which have the same names for everything and the same partner.
class Tenants : public ::testing::Test {
 protected:
  Tenants() : server_("tenants: {acme: {}, globex: {}}\n") {
    for (const char* tenant : {"acme", "globex"}) {
      const std::string folder = std::string("tenants/") + tenant;
      std::filesystem::create_directories(server_.config() + "/" + folder);
      SystemRandom random;
      auto fresh = make_api_key(random, "pepper", "front", every_scope);
      keys_[tenant] = fresh.text;
      server_.write_config(folder + "/secret", "whsec_" + base64_encoded(std::string(32, tenant[0])));
      server_.write_config(folder + "/all.yaml", R"(
partners: {nord: {}}
sources: {api: {kind: http, partner: nord}, shop: {kind: webhook, secrets: [secret://file/secret]}, drop: {kind: folder, path: in, quiet: 50 ms}}
targets: {out: {kind: folder, path: out}, lost: {kind: http, url: "http://127.0.0.1:9/", retry: {attempts: 1}}}
routes: {all: {to: out}, parks: {match: {fields: {number: "P*"}}, to: lost}}
keys:
)" + to_yaml(fresh.entry));
    }
    server_.start();
  }
  Reply as(const std::string& tenant, std::string_view method, const std::string& target,
           std::string_view body = {}, Fields fields = {}) const {
    fields.emplace_back("Authorization", "Bearer " + keys_.at(tenant));
    return server_.send(method, target, fields, body);
  }
  std::string post(const std::string& tenant, const std::string& number) const {
    const auto reply = as(tenant, "POST", "/v1/documents?source=api", order(number));
    EXPECT_EQ(reply.status, 202) << reply.text;
    return json::parse(reply.body).value("id", "");
  }

  RunningServer server_;
  std::map<std::string, std::string> keys_;
};

TEST_F(Tenants, Api1EveryIdOfOneAskedByTheOther) {
  const auto id = post("acme", "P-SECRET");
  const auto parked = [&] { return json::parse(as("acme", "GET", "/v1/parked").body)["groups"].size(); };
  ASSERT_TRUE(eventually([&] { return parked() == 1; }));
  const auto deliveries =
      json::parse(as("acme", "GET", "/v1/documents/" + id + "/deliveries").body)["deliveries"];
  ASSERT_EQ(deliveries.size(), 2U);
  {
    const testing::Without ownership(testing::Defence::ownership);
    EXPECT_EQ(as("globex", "GET", "/v1/documents/" + id, {}, {{"Purser-Tenant", "acme"}}).status, 200)
        << "where one is who one says, one reads what one likes";
  }
  EXPECT_EQ(as("globex", "GET", "/v1/documents/" + id, {}, {{"Purser-Tenant", "acme"}}).status, 404);
  std::size_t asked = 0;
  for (const auto& endpoint : endpoints()) {
    const auto at = endpoint.path.find("{id}");
    if (at == std::string_view::npos) continue;
    const bool delivery = endpoint.path.starts_with("/v1/deliveries/");
    std::vector<std::string> ids;
    if (!delivery) {
      ids.push_back(id);
    } else {
      for (const auto& one : deliveries) ids.push_back(one["id"]);
    }
    for (const auto& one : ids) {
      std::string target(endpoint.path), none(endpoint.path);
      target.replace(at, 4, one);
      none.replace(at, 4, delivery ? "d0000000000001" : "m0000000000001");
      for (const auto& tenant : {std::string("globex"), std::string("default")}) {
        const auto ask = [&](const std::string& what) {
          return tenant == "default"
                     ? server_.send(endpoint.method, what, {{"Authorization", "Bearer " + server_.key()}})
                     : as(tenant, endpoint.method, what);
        };
        const auto reply = ask(target);
        EXPECT_EQ(reply.status, 404) << tenant << " " << target;
        EXPECT_EQ(reply.body, ask(none).body) << "another's looks like none: " << target;
        ++asked;
      }
    }
  }
  EXPECT_GE(asked, 20U) << "the endpoints with ids";
  // Nothing of it was done either.
  EXPECT_EQ(json::parse(as("acme", "GET", "/v1/documents/" + id).body)["state"], "parked");
  EXPECT_EQ(as("acme", "POST", "/v1/documents/" + id + "/release").status, 202) << "its own may";
}

TEST_F(Tenants, Api1ListsHoldOnesOwnOnly) {
  post("acme", "P-1");
  post("globex", "P-1");
  ASSERT_TRUE(
      eventually([&] { return json::parse(as("acme", "GET", "/v1/parked").body)["groups"].size() == 1; }));
  ASSERT_TRUE(
      eventually([&] { return json::parse(as("globex", "GET", "/v1/parked").body)["groups"].size() == 1; }));
  for (const char* tenant : {"acme", "globex"}) {
    for (const char* list : {"/v1/documents", "/v1/documents?source=api", "/v1/documents?partner=nord",
                             "/v1/documents?state=parked", "/v1/keys/order/P-1", "/v1/keys/any/P-1"}) {
      EXPECT_EQ(json::parse(as(tenant, "GET", list).body)["documents"].size(), 1U) << tenant << " " << list;
    }
    EXPECT_EQ(json::parse(as(tenant, "GET", "/v1/parked").body)["groups"][0]["count"], 1);
    const std::string other = std::string(tenant) == "acme" ? "globex" : "acme";
    for (const auto& list : {"/v1/documents?source=api@" + other, "/v1/documents?partner=nord@" + other})
      EXPECT_EQ(json::parse(as(tenant, "GET", list).body)["documents"].size(), 0U) << list;
  }
  EXPECT_EQ(json::parse(server_.get("/v1/documents").body)["documents"].size(), 0U) << "the operator's own";
  EXPECT_EQ(json::parse(server_.get("/v1/documents?source=api@acme").body)["documents"].size(), 0U);
  EXPECT_EQ(json::parse(server_.get("/v1/keys/order/P-1").body)["documents"].size(), 0U);
}

TEST_F(Tenants, Api1TheAuditTrailOfOneDoesNotHoldTheOthers) {
  const auto id = post("acme", "N-1");
  EXPECT_EQ(as("acme", "POST", "/v1/documents?source=nothing", order("X")).status, 404);
  const auto trail = [&](const std::string& tenant) {
    std::set<std::string> messages;
    std::string cursor;
    do {
      const auto page = json::parse(as(tenant, "GET", "/v1/audit?limit=2&cursor=" + cursor).body);
      for (const auto& entry : page["entries"])
        messages.insert(entry.value("message", "") + entry.value("who", ""));
      cursor = page.value("cursor", "");
    } while (!cursor.empty());
    return messages;
  };
  EXPECT_TRUE(eventually([&] { return trail("acme").contains(id + "key:front@acme"); }));
  EXPECT_EQ(trail("globex"), std::set<std::string>());
}

TEST_F(Tenants, Api1PostsGoToOnesOwnSources) {
  for (const char* source : {"api@globex", "api@default", "strict", "shop@globex"})
    EXPECT_EQ(as("acme", "POST", std::string("/v1/documents?source=") + source, order("X")).status, 404)
        << source;
  EXPECT_EQ(server_.post("/v1/documents?source=api@acme", order("X")).status, 404) << "nor the operator's";
  // The same key and the same content of two tenants are two documents.
  const Fields key = {{"Idempotency-Key", "same"}};
  const auto first = as("acme", "POST", "/v1/documents?source=api", order("I-1"), key);
  const auto second = as("globex", "POST", "/v1/documents?source=api", order("I-2"), key);
  EXPECT_EQ(first.status, 202);
  EXPECT_EQ(second.status, 202) << second.text;
  EXPECT_EQ(post("globex", "I-1") == json::parse(first.body)["id"], false);
  // Each went to its own tenant's folder by the route of the same name, none by the operator's.
  const auto files = [&](const std::string& folder) {
    std::error_code error;
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(server_.data() + folder, error))
      count += file.is_regular_file();
    return count;
  };
  EXPECT_TRUE(
      eventually([&] { return files("/tenants/acme/out") == 1 && files("/tenants/globex/out") == 2; }));
  EXPECT_EQ(files("/out"), 0U);
}

TEST_F(Tenants, AClosedTenantIsShut) {
  server_.stop();
  std::string text = "tenants: {acme: {enabled: false}, globex: {}}\n";
  RunningServer closed(text);
  std::filesystem::create_directories(closed.config() + "/tenants");
  std::filesystem::copy(server_.config() + "/tenants", closed.config() + "/tenants",
                        std::filesystem::copy_options::recursive);
  closed.start();
  const auto ask = [&](const std::string& tenant) {
    return closed.send("GET", "/v1/documents", {{"Authorization", "Bearer " + keys_.at(tenant)}}).status;
  };
  EXPECT_EQ(ask("acme"), 401);
  EXPECT_EQ(ask("globex"), 200);
  EXPECT_EQ(closed.send("POST", "/v1/webhooks/shop@acme", {}, order("X")).status, 404);
  server_.start();
}

}  // namespace
}  // namespace purser::gateway
