// Keys of tenants by API: whose they are, and who may not touch them.
#include <gtest/gtest.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::eventually;
using testing::order;
using testing::Reply;
using testing::RunningServer;

constexpr std::string_view configuration = R"(
journal: {seal: {master: secret://file/secrets/master}}
tenants: {acme: {}, globex: {}}
)";

/// A gateway that seals. acme and globex have callers that may do all that a tenant's may; the operator one
/// for each of the two scopes, and one who has both.
class SealedTenants : public ::testing::Test {
 protected:
  SealedTenants() : server_(configuration) {
    server_.write_config("secrets/master", std::string(43, 'A') + "=");
    add("root", "", {"tenants:admin", "tenants:shred", "audit:read"});
    add("admin", "", {"tenants:admin"});
    add("shredder", "", {"tenants:shred"});
    for (const char* tenant : {"acme", "globex"}) {
      const std::string folder = std::string("tenants/") + tenant;
      std::filesystem::create_directories(server_.config() + "/" + folder);
      server_.write_config(folder + "/all.yaml",
                           "sources: {api: {kind: http}}\ntargets: {out: {kind: folder, path: out}}\n"
                           "routes: {all: {to: out}}\n");
      add(tenant, folder + "/",
          {"documents:write", "documents:read", "deliveries:release", "config:admin", "audit:read"});
    }
    server_.start();
  }
  void add(const std::string& name, const std::string& folder, const std::vector<std::string>& scopes) {
    SystemRandom random;
    auto fresh = make_api_key(random, "pepper", name, scopes);
    keys_[name] = fresh.text;
    server_.write_config(folder + name + ".yaml", "keys:\n" + to_yaml(fresh.entry));
  }
  Reply as(const std::string& who, std::string_view method, const std::string& target, const json& body = nullptr) const {
    return server_.send(method, target, {{"Authorization", "Bearer " + keys_.at(who)}},
                        body.is_null() ? std::string() : body.dump());
  }
  /// Hands in an order for the tenant and waits until it is delivered.
  std::string deliver(const std::string& tenant, const std::string& number) const {
    const auto sent = server_.send("POST", "/v1/documents?source=api",
                                   {{"Authorization", "Bearer " + keys_.at(tenant)}, {"Prefer", "wait=20"}}, order(number));
    EXPECT_EQ(sent.status, 200) << sent.text;
    return json::parse(sent.body)["id"];
  }
  [[nodiscard]] json keys_of(const std::string& tenant) const {
    return json::parse(as("root", "GET", "/v1/tenants/" + tenant + "/keys").body)["keys"];
  }

  RunningServer server_;
  std::map<std::string, std::string> keys_;
};

TEST_F(SealedTenants, KeysAreListedRotatedAndShredded) {
  EXPECT_EQ(keys_of("acme"), json::array()) << "nothing was sealed yet";
  EXPECT_EQ(as("root", "POST", "/v1/tenants/acme/shred", {{"confirm", "acme"}}).status, 409) << "so there is nothing to shred";
  const auto first = deliver("acme", "PO-1");
  auto keys = keys_of("acme");
  ASSERT_EQ(keys.size(), 1U) << keys;
  EXPECT_EQ(keys[0]["state"], "active");
  EXPECT_EQ(keys[0]["master"].get<std::string>().size(), 16U) << "its id, not the key";
  const auto rotated = as("admin", "POST", "/v1/tenants/acme/keys/rotate");
  ASSERT_EQ(rotated.status, 200) << rotated.text;
  keys = keys_of("acme");
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0]["state"], "retired");
  EXPECT_EQ(keys[1]["key"], json::parse(rotated.body)["key"]);
  const auto page = json::parse(as("root", "GET", "/v1/tenants/acme/keys?limit=1").body);
  EXPECT_EQ(page["keys"].size(), 1U);
  EXPECT_EQ(json::parse(as("root", "GET", "/v1/tenants/acme/keys?limit=1&cursor=" + page["cursor"].get<std::string>()).body)["keys"][0],
            keys[1]);
  const auto second = deliver("acme", "PO-2");
  const auto others = deliver("globex", "PO-3");
  EXPECT_EQ(as("acme", "GET", "/v1/documents/" + first + "/body").status, 200) << "what the retired key sealed";

  const auto shredded = as("shredder", "POST", "/v1/tenants/acme/shred", {{"confirm", "acme"}, {"why", "contract ended"}});
  ASSERT_EQ(shredded.status, 200) << shredded.text;
  EXPECT_EQ(json::parse(shredded.body)["keys"], 2);
  for (const auto& id : {first, second}) {
    for (const char* what : {"/body", "/canonical"}) {
      const auto gone = as("acme", "GET", "/v1/documents/" + id + what);
      EXPECT_EQ(gone.status, 410);
      EXPECT_EQ(json::parse(gone.body)["code"], "SEAL-0002") << gone.text;
    }
  }
  EXPECT_EQ(as("globex", "GET", "/v1/documents/" + others + "/body").status, 200);
  for (const auto& key : keys_of("acme")) EXPECT_EQ(key["state"], "destroyed");
  const auto trail = as("acme", "GET", "/v1/audit").body;
  EXPECT_NE(trail.find("\"tenant shredded\""), std::string::npos) << trail;
  EXPECT_NE(trail.find("key:shredder"), std::string::npos) << "who did it";
  EXPECT_NE(trail.find("contract ended"), std::string::npos);
  deliver("acme", "PO-4");
  EXPECT_EQ(keys_of("acme").back()["state"], "active") << "what comes later has another key";
}

TEST_F(SealedTenants, NobodyShredsWithoutSayingWhatOrWithTooLittleScope) {
  const auto id = deliver("acme", "PO-1");
  const std::string shred = "/v1/tenants/acme/shred";
  for (const char* who : {"acme", "globex", "admin"})
    EXPECT_EQ(as(who, "POST", shred, {{"confirm", "acme"}}).status, 403) << who;
  for (const char* who : {"acme", "globex", "shredder"}) {
    EXPECT_EQ(as(who, "GET", "/v1/tenants/acme/keys").status, 403) << who;
    EXPECT_EQ(as(who, "POST", "/v1/tenants/acme/keys/rotate").status, 403) << who;
  }
  EXPECT_EQ(server_.send("POST", shred, {}, R"({"confirm":"acme"})").status, 401);
  const auto refused = [&](const json& body) {
    const auto reply = as("shredder", "POST", shred, body);
    EXPECT_EQ(reply.status, 422) << reply.text;
    return json::parse(reply.body).value("code", "");
  };
  EXPECT_EQ(refused({{"confirm", "globex"}}), "SEAL-0005");
  EXPECT_EQ(refused({{"confirm", "ACME"}}), "SEAL-0005");
  refused({{"why", "contract ended"}});
  refused({{"confirm", true}});
  refused({{"confirm", "acme"}, {"force", true}});
  EXPECT_EQ(as("shredder", "POST", shred).status, 422) << "no body at all";
  for (const char* nobody : {"initech", "acme%40globex", "%20"}) {
    const std::string tenant = std::string("/v1/tenants/") + nobody;
    EXPECT_EQ(as("root", "GET", tenant + "/keys").status, 404) << nobody;
    EXPECT_EQ(as("root", "POST", tenant + "/keys/rotate").status, 404) << nobody;
    EXPECT_EQ(as("root", "POST", tenant + "/shred", {{"confirm", "initech"}}).status, 404) << nobody;
  }
  EXPECT_EQ(as("acme", "GET", "/v1/documents/" + id + "/body").status, 200) << "and nothing was done";
  EXPECT_EQ(keys_of("acme").size(), 1U);
  EXPECT_TRUE(eventually([&] {
    const auto trail = as("acme", "GET", "/v1/audit").body;
    return trail.find("denied") != std::string::npos && trail.find("key:acme@acme") != std::string::npos;
  })) << "who tried stands in the trail";
}

}  // namespace
}  // namespace purser::gateway
