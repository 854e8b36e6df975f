// Webhooks out and administration, against a whole gateway and a receiver that sometimes says no.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/access/webhook.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/webhook_scheme.h"
#include "tests/gateway/pipeline/receiver.h"
#include "tests/gateway/serve/running_server.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::eventually;
using testing::Fields;
using testing::order;
using testing::Reply;
using testing::RunningServer;

/// A receiver whose answer can be changed.
class Hook {
 public:
  Hook() : receiver_([this](const Receiver::Request&) { return Receiver::Reply{code_, {}, false}; }) {}
  [[nodiscard]] std::string url(const std::string& path) const {
    const auto base = receiver_.url();
    return base.substr(0, base.rfind('/')) + path;
  }
  void answer(int code) { code_ = code; }
  std::vector<Receiver::Request> requests() { return receiver_.requests(); }
  std::size_t count() { return requests().size(); }

 private:
  std::atomic<int> code_{200};
  Receiver receiver_;
};

class Notify : public ::testing::Test {
 protected:
  Notify() : server_("tenants: {default: {private_addresses: true}, acme: {private_addresses: true}}\n") {
    SystemRandom random;
    auto fresh =
        make_api_key(random, "pepper", "root",
                     {"documents:write", "documents:read", "config:admin", "tenants:admin", "audit:read"});
    root_ = fresh.text;
    server_.write_config("root.yaml", "keys:\n" + to_yaml(fresh.entry));
    server_.start();
  }
  Reply ask(std::string_view method, const std::string& target, const json& body = nullptr,
            Fields fields = {}) const {
    return as(root_, method, target, body, std::move(fields));
  }
  Reply as(const std::string& key, std::string_view method, const std::string& target,
           const json& body = nullptr, Fields fields = {}) const {
    fields.emplace_back("Authorization", "Bearer " + key);
    return server_.send(method, target, fields, body.is_null() ? std::string() : body.dump());
  }
  int post(const std::string& number) const {
    return server_.send("POST", "/v1/documents?source=api", {{"Authorization", "Bearer " + root_}}, order(number)).status;
  }
  RunningServer server_;
  std::string root_;
};

TEST_F(Notify, KeysAreMadeRotatedAndTakenBackWhileItRuns) {
  const auto made = ask("POST", "/v1/api-keys", {{"name", "shop"}, {"scopes", {"documents:read"}}});
  ASSERT_EQ(made.status, 201) << made.text;
  const auto key = json::parse(made.body)["key"].get<std::string>();
  EXPECT_EQ(as(key, "GET", "/v1/documents").status, 200) << "in force when the answer is there";
  EXPECT_EQ(as(key, "POST", "/v1/documents?source=api", json::object()).status, 403);
  EXPECT_EQ(ask("POST", "/v1/api-keys", {{"name", "shop"}, {"scopes", {"documents:read"}}}).status, 412);
  EXPECT_EQ(ask("POST", "/v1/api-keys", {{"name", "x"}, {"scopes", {"deliveries:release"}}}).status, 403)
      << "no right by making a key that has it";
  EXPECT_EQ(ask("POST", "/v1/api-keys", {{"name", "x"}, {"scopes", {"nonsense"}}}).status, 403);
  EXPECT_EQ(ask("POST", "/v1/api-keys", {{"name", "x"}, {"scope", {"documents:read"}}}).status, 422);
  EXPECT_EQ(
      ask("POST", "/v1/api-keys", {{"name", "x"}, {"sources", {"nothing"}}, {"scopes", {"documents:read"}}})
          .status,
      422);
  const auto rotated = ask("POST", "/v1/api-keys/shop/rotate?overlap=1%20h");
  ASSERT_EQ(rotated.status, 200) << rotated.text;
  const auto next = json::parse(rotated.body)["key"].get<std::string>();
  EXPECT_EQ(as(next, "GET", "/v1/documents").status, 200);
  EXPECT_EQ(as(key, "GET", "/v1/documents").status, 200) << "both, for a while";
  EXPECT_EQ(ask("DELETE", "/v1/api-keys/shop-old").status, 204);
  EXPECT_EQ(as(key, "GET", "/v1/documents").status, 401);
  EXPECT_EQ(as(next, "GET", "/v1/documents").status, 200);
  EXPECT_EQ(ask("DELETE", "/v1/api-keys/shop-old").status, 404);
  ASSERT_TRUE(
      eventually([&] { return ask("GET", "/v1/api-keys").body.find("last_used") != std::string::npos; }));
  // What was administered is there after a restart.
  EXPECT_EQ(server_.stop(), 0);
  server_.start();
  EXPECT_EQ(as(next, "GET", "/v1/documents").status, 200);
}

TEST_F(Notify, ATenantIsMadeByApiWithItsFirstKey) {
  ASSERT_EQ(ask("PUT", "/v1/tenants/initech", {{"title", "Initech"}}).status, 200);
  const auto made = ask("POST", "/v1/tenants/initech/api-keys",
                        {{"name", "front"}, {"scopes", {"documents:read", "config:admin"}}});
  ASSERT_EQ(made.status, 201) << made.text;
  const auto key = json::parse(made.body)["key"].get<std::string>();
  EXPECT_EQ(json::parse(as(key, "GET", "/v1/api-keys").body)["keys"].size(), 1U) << "its own only";
  EXPECT_EQ(as(key, "GET", "/v1/tenants").status, 403);
  EXPECT_EQ(as(key, "POST", "/v1/api-keys", {{"name", "x"}, {"scopes", {"tenants:admin"}}}).status, 403);
  EXPECT_EQ(as(key, "DELETE", "/v1/api-keys/root").status, 404) << "another's key";
  EXPECT_EQ(
      ask("POST", "/v1/tenants/initech/api-keys", {{"name", "y"}, {"scopes", {"tenants:admin"}}}).status,
      403);
  EXPECT_EQ(ask("PUT", "/v1/tenants/initech", {{"enabled", false}}, {{"If-Match", "\"7\""}}).status, 412);
  EXPECT_EQ(ask("PUT", "/v1/tenants/initech", {{"enabled", false}}, {{"If-Match", "\"1\""}}).status, 200);
  EXPECT_EQ(as(key, "GET", "/v1/documents").status, 401) << "closed";
}

// Verifies as a receiver would, with the scheme that webhooks in are verified by.
bool verifies(const Receiver::Request& got, const std::string& secret) {
  const auto* scheme = find_webhook_scheme("standard");
  const auto key = parse_webhook_key(scheme->secret, secret);
  Body body;
  body.bytes = got.body;
  body.size = got.body.size();
  std::map<std::string, std::string, std::less<>> fields;
  for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"})
    fields[name] = got.field(name);
  const WebhookRequest request{
      "POST", "/hook", [&](std::string_view name) { return std::string_view(fields.find(name)->second); }};
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return verify_webhook(*scheme, request, body, std::span(&*key, 1), now, std::chrono::minutes(5)).verdict ==
         WebhookVerdict::valid;
}

TEST_F(Notify, EventsArriveSignedInOrderAndNoneIsLost) {
  Hook receiver;
  const auto url = receiver.url("/hook");
  const auto made = ask("POST", "/v1/subscriptions",
                        {{"name", "erp"}, {"url", url}, {"events", {"dev.purser.document.*"}}});
  ASSERT_EQ(made.status, 201) << made.text;
  const auto secret = json::parse(made.body)["secret"].get<std::string>();
  ASSERT_EQ(post("N-1"), 202);
  ASSERT_TRUE(eventually([&] { return receiver.count() >= 2; }));
  const auto first = receiver.requests().front();
  EXPECT_TRUE(verifies(first, secret));
  auto forged = first;
  forged.body[forged.body.size() / 2] = '~';
  EXPECT_FALSE(verifies(forged, secret));
  const auto event = json::parse(first.body);
  EXPECT_EQ(event["specversion"], "1.0");
  EXPECT_EQ(event["type"], "dev.purser.document.admitted");
  EXPECT_NE(first.body.find("\"number\":\"N-1\""), std::string::npos) << first.body;
  EXPECT_EQ(event["id"], first.field("webhook-id"));
  EXPECT_EQ(first.field("content-type"), "application/cloudevents+json");
  // A receiver that is down misses nothing, and gets each event under the id it was tried with.
  receiver.answer(503);
  const auto before = receiver.count();
  ASSERT_EQ(post("N-2"), 202);
  ASSERT_TRUE(eventually([&] { return receiver.count() > before; }));
  const auto tried = receiver.requests().back().field("webhook-id");
  receiver.answer(200);
  ASSERT_EQ(ask("PUT", "/v1/subscriptions/erp", {{"url", url}, {"events", {"dev.purser.document.*"}}}).status,
            200);
  ASSERT_TRUE(eventually([&] { return receiver.count() >= before + 3; }));
  EXPECT_EQ(receiver.requests()[before + 1].field("webhook-id"), tried);
  // Disabled, it waits; enabled, it goes on where it stopped.
  ASSERT_EQ(ask("PUT", "/v1/subscriptions/erp", {{"url", url}, {"enabled", false}}).status, 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  const auto quiet = receiver.count();
  ASSERT_EQ(post("N-3"), 202);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  EXPECT_EQ(receiver.count(), quiet);
  ASSERT_EQ(ask("PUT", "/v1/subscriptions/erp",
                {{"url", url}, {"enabled", true}, {"events", {"dev.purser.document.*"}}})
                .status,
            200);
  ASSERT_TRUE(eventually([&] {
    const auto all = receiver.requests();
    return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(quiet), all.end(),
                       [](const auto& one) { return one.body.find("N-3") != std::string::npos; });
  }));
  EXPECT_GT(json::parse(ask("GET", "/v1/subscriptions/erp/history").body)["attempts"].size(), 4U);
}

TEST_F(Notify, ASecretRotatesATestIsSentAndTimeIsTurnedBack) {
  Hook receiver;
  const auto url = receiver.url("/hook");
  ASSERT_EQ(post("OLD"), 202);
  ASSERT_TRUE(eventually(
      [&] { return ask("GET", "/v1/documents?state=delivered").body.find("OLD") != std::string::npos; }));
  const auto made =
      ask("POST", "/v1/subscriptions", {{"name", "crm"}, {"url", url}, {"events", {"*.delivered"}}});
  const auto old_secret = json::parse(made.body)["secret"].get<std::string>();
  const auto rotated = ask("POST", "/v1/subscriptions/crm/rotate?overlap=1%20h");
  ASSERT_EQ(rotated.status, 200) << rotated.text;
  const auto new_secret = json::parse(rotated.body)["secret"].get<std::string>();
  EXPECT_NE(old_secret, new_secret);
  const auto tried = ask("POST", "/v1/subscriptions/crm/test");
  EXPECT_EQ(json::parse(tried.body)["arrived"], true) << tried.text;
  ASSERT_EQ(receiver.count(), 1U) << "nothing from before it subscribed";
  EXPECT_TRUE(verifies(receiver.requests().front(), old_secret));
  EXPECT_TRUE(verifies(receiver.requests().front(), new_secret));
  ASSERT_EQ(ask("POST", "/v1/subscriptions/crm/recover?since=2020-01-01").status, 202);
  ASSERT_TRUE(eventually([&] { return receiver.count() >= 3; }));
  for (std::size_t i = 1; i < 3; ++i) EXPECT_NE(receiver.requests()[i].body.find("OLD"), std::string::npos);
  // The receiver wants no more.
  receiver.answer(410);
  ASSERT_EQ(post("LAST"), 202);
  ASSERT_TRUE(
      eventually([&] { return json::parse(ask("GET", "/v1/subscriptions/crm").body)["enabled"] == false; }));
  EXPECT_NE(ask("GET", "/v1/audit").body.find("subscription disabled"), std::string::npos);
  EXPECT_EQ(ask("DELETE", "/v1/subscriptions/crm").status, 204);
  EXPECT_EQ(ask("GET", "/v1/subscriptions/crm").status, 404);
}

TEST_F(Notify, AddressesAreFilteredAndTenantsKeptApart) {
  for (const char* url :
       {"http://example.org/", "https://user@example.org/", "ftp://example.org/", "https:///x"}) {
    RunningServer strict;  // no tenant may go into the own network here
    if (std::string_view(url) == "http://example.org/") {
      SystemRandom random;
      auto fresh = make_api_key(random, "pepper", "admin", {"config:admin"});
      strict.write_config("admin.yaml", "keys:\n" + to_yaml(fresh.entry));
      strict.start();
      const Fields who = {{"Authorization", "Bearer " + fresh.text}};
      EXPECT_EQ(
          strict.send("POST", "/v1/subscriptions", who, R"({"name":"x","url":"http://example.org/"})").status,
          422);
      ASSERT_EQ(strict.send("POST", "/v1/subscriptions", who, R"({"name":"x","url":"https://127.0.0.1:9/"})")
                    .status,
                201);
      const auto tried = strict.send("POST", "/v1/subscriptions/x/test", who);
      EXPECT_EQ(json::parse(tried.body)["arrived"], false);
      EXPECT_NE(tried.body.find("DELIVER-0007"), std::string::npos) << tried.body;
      continue;
    }
    EXPECT_EQ(ask("POST", "/v1/subscriptions", {{"name", "x"}, {"url", url}}).status, 422) << url;
  }
  Hook receiver;
  const auto key =
      json::parse(ask("POST", "/v1/tenants/acme/api-keys", {{"name", "front"}, {"scopes", {"config:admin"}}})
                      .body)["key"]
          .get<std::string>();
  ASSERT_EQ(as(key, "POST", "/v1/subscriptions", {{"name", "spy"}, {"url", receiver.url("/")}}).status, 201);
  ASSERT_EQ(ask("POST", "/v1/subscriptions", {{"name", "mine"}, {"url", receiver.url("/mine")}}).status, 201);
  for (const char* what : {"", "/rotate", "/test", "/recover?since=2020-01-01", "/history"}) {
    const auto method = std::string_view(what) == "" || std::string_view(what) == "/history" ? "GET" : "POST";
    EXPECT_EQ(as(key, method, std::string("/v1/subscriptions/mine") + what).status, 404) << what;
    EXPECT_EQ(ask(method, std::string("/v1/subscriptions/spy") + what).status, 404) << what;
  }
  EXPECT_EQ(as(key, "DELETE", "/v1/subscriptions/mine").status, 404);
  ASSERT_EQ(post("PRIVATE"), 202);
  ASSERT_TRUE(eventually([&] { return receiver.count() >= 3; }));
  for (const auto& got : receiver.requests()) {
    if (got.head.starts_with("POST / ")) {
      EXPECT_EQ(got.body.find("PRIVATE"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace purser::gateway
