// RFC 8725: tokens that must not open the door of a running gateway, and those that must, while keys rotate.
#include <gtest/gtest.h>
#include <signal.h>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/jwt.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/serve/running_server.h"
#include "tests/scenario/attack/undefended.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
using testing::Defence;
using testing::RunningServer;
using testing::Without;

constexpr std::string_view issuers = R"(
roles: {clerk: [documents:read]}
issuers:
  corp:
    issuer: https://id.example
    audiences: [purser]
    algorithms: [RS256, ES256]
    keys: secrets/jwks.json
    keys_floor: 1 s
)";

struct TokenAttack : ::testing::Test {
  TokenAttack() : server(issuers) {
    publish({{"rsa", "RS256", rsa}, {"ec", "ES256", ec}});
    server.start();
  }
  void publish(const std::vector<TrustedKey>& keys) const {
    json set = {{"keys", json::array()}};
    for (const auto& key : keys) set["keys"].push_back(to_jwk(key));
    server.write_config("secrets/jwks.json", set.dump());
  }
  static json claims() {
    auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
    return {{"iss", "https://id.example"}, {"aud", "purser"},    {"sub", "alice"},
            {"exp", now.count() + 300},    {"iat", now.count()}, {"scope", "documents:read"}};
  }
  [[nodiscard]] std::string made(const char* algorithm, const TrustedKey& key,
                                 const json& payload = claims()) const {
    return *sign_jws(*find_jose_algorithm(algorithm), key, "JWT", payload.dump());
  }
  [[nodiscard]] int status(const std::string& token) const {
    return server.send("GET", "/v1/documents", {{"Authorization", "Bearer " + token}}).status;
  }
  CryptoKey rsa = *CryptoKey::generate(KeyKind::rsa);
  CryptoKey ec = *CryptoKey::generate(KeyKind::p256);
  RunningServer server;
};

TEST_F(TokenAttack, Section3_1AlgorithmsAreWhatWeSay) {
  EXPECT_EQ(status(made("RS256", {"rsa", "", rsa})), 200);
  EXPECT_EQ(status(made("ES256", {"ec", "", ec})), 200);
  EXPECT_EQ(status(made("PS256", {"rsa", "", rsa})), 401) << "not allowed here";
  const auto unsigned_token =
      base64url_encoded(R"({"alg":"none"})") + "." + base64url_encoded(claims().dump()) + ".";
  const auto confused = made("HS256", {"rsa", "", *CryptoKey::secret(rsa.public_pem())});
  {
    const Without algorithms(Defence::algorithms);
    auto other = claims();  // a token that was let in is remembered
    other["sub"] = "eve";
    EXPECT_EQ(status(base64url_encoded(R"({"alg":"none"})") + "." + base64url_encoded(other.dump()) + "."),
              200)
        << "a token that says of itself that it needs no signature";
    EXPECT_EQ(status(made("HS256", {"rsa", "", *CryptoKey::secret(rsa.public_pem())}, other)), 200)
        << "a public key as the secret";
  }
  EXPECT_EQ(status(unsigned_token), 401);
  EXPECT_EQ(status(confused), 401);
}

TEST_F(TokenAttack, Section3_8IssuerAndAudience) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, json>>{
           {"iss", "https://id.example.evil.example"}, {"aud", "other"}, {"exp", 1}, {"sub", nullptr}}) {
    auto changed = claims();
    changed[name] = value;
    EXPECT_EQ(status(made("ES256", {"ec", "", ec}, changed)), 401) << name;
  }
}

TEST_F(TokenAttack, ScopesBound) {
  auto reader = made("ES256", {"ec", "", ec});
  EXPECT_EQ(
      server.send("POST", "/v1/documents?source=api", {{"Authorization", "Bearer " + reader}}, "x").status,
      403);
  auto writer = claims();
  writer["scope"] = "documents:write";
  EXPECT_EQ(
      server
          .send("POST", "/v1/documents?source=api",
                {{"Authorization", "Bearer " + made("ES256", {"ec", "", ec}, writer)}}, testing::order("T-1"))
          .status,
      202);
  auto clerk = claims();
  clerk.erase("scope");
  clerk["roles"] = {"clerk"};
  EXPECT_EQ(status(made("ES256", {"ec", "", ec}, clerk)), 200);
}

TEST_F(TokenAttack, KeysRotateWhileTokensComeIn) {
  EXPECT_EQ(status(made("ES256", {"ec", "", ec})), 200);
  auto next = *CryptoKey::generate(KeyKind::p256);
  publish({{"ec", "ES256", ec}, {"next", "ES256", next}});
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // the floor
  EXPECT_EQ(status(made("ES256", {"next", "", next})), 200) << "an unknown kid is worth one look";
  EXPECT_EQ(status(made("ES256", {"ec", "", ec})), 200) << "the old key goes on beside it";
}

// RFC 6749 section 4.4: an API key buys a token that may do no more than the key, and dies with it.
TEST(OwnTokens, StandForTheirKeyAndNoMore) {
  RunningServer server;
  server.write_config("secrets/token.pem", CryptoKey::generate(KeyKind::p256)->private_pem());
  server.write_config("purser.yaml", R"(server: {listen: "127.0.0.1:0"}
access:
  hash_key: secret://file/secrets/hash
  tokens: {key: secret://file/secrets/token.pem, issuer: "https://purser.example"}
sources: {api: {kind: http}}
targets: {out: {kind: folder, path: out}}
routes: {all: {to: out}}
)");
  server.start();
  auto ask = [&](const std::string& credential, const std::string& form) {
    return server.send("POST", "/v1/token", {{"Authorization", "Bearer " + credential}}, form);
  };
  auto answer = ask(server.key(), "grant_type=client_credentials&scope=documents%3Aread");
  ASSERT_EQ(answer.status, 200) << answer.text;
  auto token = json::parse(answer.body)["access_token"].get<std::string>();
  auto with = [&](const char* method, const char* target) {
    return server.send(method, target, {{"Authorization", "Bearer " + token}},
                       std::string(method) == "POST" ? "x" : "");
  };
  EXPECT_EQ(with("GET", "/v1/documents").status, 200);
  EXPECT_EQ(with("POST", "/v1/documents?source=api").status, 403)
      << "the key may, the token was not asked for it";
  EXPECT_EQ(ask(token, "grant_type=client_credentials").status, 400) << "a token buys no token";
  EXPECT_EQ(
      json::parse(ask(server.reader(), "grant_type=client_credentials&scope=documents:write").body)["error"],
      "invalid_scope");
  EXPECT_EQ(json::parse(ask(server.key(), "grant_type=password").body)["error"], "unsupported_grant_type");
  auto keys = parse_keys(server.send("GET", "/.well-known/jwks.json").body);
  ASSERT_TRUE(keys);
  EXPECT_TRUE(verify_jws(token, *keys, {"ES256"}));
  server.write_config("keys.yaml", "keys: {}\n");
  ::kill(::getpid(), SIGHUP);
  EXPECT_TRUE(testing::eventually([&] { return with("GET", "/v1/documents").status == 401; }));
}

}  // namespace
}  // namespace purser::gateway
