#include "gateway/access/authenticator.h"

#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/access/check_keys.h"
#include "gateway/access/signed_request.h"
#include "gateway/settings/encoding.h"
#include "tests/gateway/access/fake_request.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
constexpr std::int64_t now_seconds = 1'700'000'000;
constexpr std::chrono::sys_seconds now{std::chrono::seconds(now_seconds)};

struct StoppedClock final : Clock {
  [[nodiscard]] Instant now() const override { return Instant(at); }
  [[nodiscard]] std::chrono::microseconds monotonic() const override { return at; }
  std::chrono::microseconds at{1'000'000'000};
};

struct AuthenticatorTest : ::testing::Test {
  AuthenticatorTest() {
    settings.hash_key = "pepper";
    key = make_api_key(random, "pepper", "shop", {"documents:write"});
    settings.keys = {key.entry};
    Issuer corp;
    corp.name = "corp";
    corp.issuer = "https://id.example";
    corp.audiences = {"purser"};
    corp.algorithms = {"ES256"};
    corp.required = {"exp", "sub"};
    corp.keys = "https://id.example/keys";
    settings.issuers = {corp};
    settings.roles = {{"clerk", {"documents:read", "deliveries:release"}}};
    publish("k1", first);
  }
  void publish(const std::string& id, const CryptoKey& which) {
    published = json{{"keys", {to_jwk({id, "ES256", which})}}}.dump();
  }
  std::string token(const std::string& id, const CryptoKey& which, json change = json::object()) {
    json claims = {{"iss", "https://id.example"},
                   {"aud", "purser"},
                   {"sub", "alice"},
                   {"exp", now_seconds + 300},
                   {"scope", "documents:read"}};
    claims.update(change);
    return *sign_jws(*find_jose_algorithm("ES256"), {id, "", which}, "JWT", claims.dump());
  }
  Identification admit(const std::string& authorization, bool may_block = true,
                       std::chrono::sys_seconds at = now) {
    if (!made) made = std::make_unique<Authenticator>(settings, &cache, introspect);
    return made->admit(FakeRequest({{"Authorization", authorization}}), at, may_block);
  }
  std::string who(const std::string& authorization) {
    auto admission = admit(authorization);
    return admission.caller ? admission.caller->name : admission.reason;
  }

  SystemRandom random;
  Settings settings;
  FreshKey key;
  StoppedClock clock;
  CryptoKey first = *CryptoKey::generate(KeyKind::p256);
  CryptoKey second = *CryptoKey::generate(KeyKind::p256);
  std::string published;
  int fetches = 0, questions = 0;
  KeyCache cache{clock, [this](const std::string&, bool) {
                   ++fetches;
                   return std::expected<std::string, std::string>(published);
                 }};
  std::string answer = R"({"active":false})";
  Introspect introspect = [this](const FetchRequest&) {
    ++questions;
    return std::expected<std::string, FetchFault>(answer);
  };
  std::unique_ptr<Authenticator> made;
};

TEST_F(AuthenticatorTest, KnowsKeysUntilTheyExpire) {
  settings.keys[0].expires = now + std::chrono::seconds(10);
  EXPECT_EQ(who("Bearer " + key.text), "key:shop");
  EXPECT_EQ(admit("Bearer " + key.text, false).caller->scopes, std::vector<std::string>{"documents:write"});
  EXPECT_EQ(admit("Bearer " + key.text, false, now + std::chrono::seconds(10)).reason, "key shop expired");
  EXPECT_EQ(who("Bearer purser_x"), "unknown key");
  EXPECT_EQ(who("Digest abc"), "unknown scheme");
  EXPECT_EQ(who(""), "no credentials");
}

TEST_F(AuthenticatorTest, TakesAKeyAsAPasswordOverTlsOnly) {
  auto basic = [&](const std::string& pair) { return "Basic " + base64_encoded(pair); };
  EXPECT_EQ(who(basic("shop:" + key.text)), "key:shop");
  EXPECT_EQ(who(basic("other:" + key.text)), "unknown key");
  EXPECT_EQ(who(basic("shop:wrong")), "unknown key");
  EXPECT_EQ(who("Basic !"), "basic malformed");
  FakeRequest plain({{"Authorization", basic("shop:" + key.text)}});
  plain.tls = false;
  EXPECT_EQ(made->admit(plain, now, true).reason, "basic without TLS");
  plain.address = "127.0.0.1";
  EXPECT_TRUE(made->admit(plain, now, true).caller);
}

TEST_F(AuthenticatorTest, TakesTokensOfAnIssuer) {
  auto good = "Bearer " + token("k1", first);
  EXPECT_TRUE(admit(good, false).pending) << "the keys must be fetched first";
  EXPECT_EQ(who(good), "token:corp/alice");
  EXPECT_TRUE(admit(good, false).caller) << "from now on nobody waits";
  EXPECT_EQ(fetches, 1);
  EXPECT_EQ(who("Bearer " + token("k1", second)), "token signature (corp)");
  EXPECT_EQ(who("Bearer " + token("k1", first, {{"iss", "https://evil.example"}})),
            "token of an unknown issuer");
  EXPECT_EQ(who("Bearer " + token("k1", first, {{"exp", now_seconds - 100}})), "token expired (corp)");
  EXPECT_EQ(who("Bearer " + token("k1", first, {{"aud", "other"}})), "token audience (corp)");
  EXPECT_EQ(admit("Bearer " + token("k1", first), true, now + std::chrono::seconds(361)).reason,
            "token expired (corp)")
      << "what is remembered expires, too";
}

TEST_F(AuthenticatorTest, FollowsARotationAndCannotBeMadeToFetch) {
  EXPECT_EQ(who("Bearer " + token("k1", first)), "token:corp/alice");
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(who("Bearer " + token("made-up-" + std::to_string(i), second)), "token unknown-key (corp)");
  EXPECT_EQ(fetches, 1) << "within the floor";
  publish("k2", second);
  clock.at += std::chrono::seconds(31);
  EXPECT_TRUE(admit("Bearer " + token("k2", second), false).pending);
  EXPECT_EQ(who("Bearer " + token("k2", second)), "token:corp/alice");
  EXPECT_EQ(fetches, 2);
}

TEST_F(AuthenticatorTest, ScopesComeFromTheTokenAndItsRolesAndNeverBeyondTheIssuer) {
  settings.issuers[0].scopes = {"documents:read", "deliveries:release"};
  auto caller =
      admit("Bearer " +
            token("k1", first, {{"scope", "documents:read config:admin"}, {"roles", {"clerk", "boss"}}}))
          .caller;
  ASSERT_TRUE(caller);
  EXPECT_TRUE(caller->has_scope("documents:read"));
  EXPECT_TRUE(caller->has_scope("deliveries:release"));
  EXPECT_FALSE(caller->has_scope("config:admin"));
}

TEST_F(AuthenticatorTest, NobodyHoldsWhatIsKeptApart) {
  settings.separated = {{"config:admin", "deliveries:release"}};
  EXPECT_EQ(who("Bearer " + token("k1", first, {{"scope", "config:admin"}})), "token:corp/alice");
  EXPECT_EQ(who("Bearer " + token("k1", first, {{"scope", "config:admin"}, {"roles", {"clerk"}}})),
            "token holds scopes that are kept apart");
}

TEST_F(AuthenticatorTest, AClaimNamesThePartner) {
  settings.issuers[0].partner_claim = "org";
  EXPECT_EQ(admit("Bearer " + token("k1", first, {{"org", "acme"}})).caller->partner, "acme");
  EXPECT_EQ(who("Bearer " + token("k1", first)), "token missing org") << "without it he would see everything";
}

TEST_F(AuthenticatorTest, AsksAboutOpaqueTokens) {
  settings.issuers[0].introspection = "https://id.example/introspect";
  EXPECT_TRUE(admit("Bearer opaque", false).pending);
  EXPECT_EQ(who("Bearer opaque"), "token not active");
  answer = R"({"active":true,"sub":"bob","aud":"purser","scope":"documents:read"})";
  EXPECT_EQ(who("Bearer opaque"), "token:corp/bob");
  auto asked = questions;
  EXPECT_EQ(who("Bearer opaque"), "token:corp/bob");
  EXPECT_EQ(questions, asked) << "remembered";
  EXPECT_EQ(admit("Bearer opaque", true, now + std::chrono::seconds(61)).caller->name, "token:corp/bob");
  EXPECT_EQ(questions, asked + 1);
  answer = R"({"active":true,"sub":"bob","aud":"other"})";
  EXPECT_EQ(who("Bearer opaque2"), "token audience (corp)");
  answer = R"({"active":"true"})";
  EXPECT_EQ(who("Bearer opaque3"), "token not active");
}

TEST_F(AuthenticatorTest, KeysThatCannotBeUsedAreFoundWhenTheConfigurationIsChecked) {
  Signer erp;
  erp.name = "erp";
  erp.keys = "/nowhere/erp.pem";
  settings.signers = {erp};
  settings.tokens.key = first.public_pem();
  Report report;
  check_keys(settings, report);
  ASSERT_EQ(report.findings().size(), 2U) << "an address is not asked";
  EXPECT_EQ(report.findings()[0].path, "signers.erp.keys");
  EXPECT_EQ(report.findings()[1].path, "access.tokens.key");
  settings.signers.clear();
  settings.tokens.key = first.private_pem();
  Report good;
  check_keys(settings, good);
  EXPECT_TRUE(good.findings().empty());
}

TEST_F(AuthenticatorTest, TakesSignedRequests) {
  auto pair = *CryptoKey::generate(KeyKind::ed25519);
  published = pair.public_pem();
  Signer erp;
  erp.name = "erp";
  erp.keys = "/keys/erp.pem";
  erp.scopes = {"documents:write"};
  settings.signers = {erp};
  Authenticator callers(settings, &cache, introspect);
  FakeRequest request({{"Host", "purser.example"}, {"Content-Digest", content_digest("<Order/>")}});
  request.body = Body("<Order/>");
  auto sign = [&](const std::string& input) {
    request.fields.resize(2);
    auto fields =
        sign_message(message_of(request, false), "s", input, {"", "", pair}, *find_http_algorithm("ed25519"));
    ASSERT_TRUE(fields) << fields.error();
    request.fields.emplace_back("Signature-Input", fields->input);
    request.fields.emplace_back("Signature", fields->signature);
  };
  sign(R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="erp")");
  EXPECT_TRUE(callers.admit(request, now, false).pending) << "the body is needed";
  auto admission = callers.admit(request, now, true);
  ASSERT_TRUE(admission.caller) << admission.reason;
  EXPECT_EQ(admission.caller->name, "signer:erp");
  request.body = Body("<Other/>");
  EXPECT_EQ(callers.admit(request, now, true).reason, "signature digest (erp)");
  request.body = Body("<Order/>");
  sign(R"(("@method" "@target-uri");created=1700000000;keyid="erp")");
  EXPECT_EQ(callers.admit(request, now, true).reason, "signature not-covered (erp)");
  sign(R"(("@method" "@target-uri" "content-digest");created=1700000000;keyid="shop")");
  EXPECT_EQ(callers.admit(request, now, true).reason, "signature by nobody known");
}

}  // namespace
}  // namespace purser::gateway
