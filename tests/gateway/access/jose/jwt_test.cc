#include "gateway/access/jose/jwt.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;
constexpr std::int64_t now_seconds = 1'700'000'000;
constexpr std::chrono::sys_seconds now{std::chrono::seconds(now_seconds)};

struct Issuer {
  CryptoKey ec = *CryptoKey::generate(KeyKind::p256);
  CryptoKey ed = *CryptoKey::generate(KeyKind::ed25519);
  CryptoKey rsa = *CryptoKey::generate(KeyKind::rsa);
  KeySet keys{{{"ec", "ES256", ec}, {"ed", "EdDSA", ed}, {"rsa", "", rsa}}, {}};
};
const Issuer& issuer() {
  static const Issuer one;
  return one;
}

json claims() {
  return {{"iss", "https://id.example"}, {"sub", "shop"},      {"aud", "purser"},
          {"exp", now_seconds + 300},    {"iat", now_seconds}, {"scope", "documents:write documents:read"}};
}
std::string token(const json& payload, const char* type = "JWT") {
  return *sign_jws(*find_jose_algorithm("ES256"), {"ec", "", issuer().ec}, type, payload.dump());
}
TokenPolicy policy() {
  TokenPolicy p;
  p.issuers = {"https://id.example"};
  p.audiences = {"purser"};
  return p;
}
std::string verdict(std::string_view text, const TokenPolicy& p = policy()) {
  auto result = verify_token(text, issuer().keys, p, now);
  return result ? "valid" : std::string(name(result.error()));
}
// A token of any header and payload, with any signature.
std::string forged(const std::string& header, const std::string& payload, const std::string& signature) {
  return base64url_encoded(header) + "." + base64url_encoded(payload) + "." + base64url_encoded(signature);
}

TEST(Jwt, TakesEveryAlgorithmThatIsAllowed) {
  struct Case {
    const char* algorithm;
    const char* id;
    const CryptoKey& key;
  };
  const Case cases[] = {{"ES256", "ec", issuer().ec},
                        {"EdDSA", "ed", issuer().ed},
                        {"RS256", "rsa", issuer().rsa},
                        {"PS256", "rsa", issuer().rsa},
                        {"RS512", "rsa", issuer().rsa}};
  for (const auto& one : cases) {
    auto text = sign_jws(*find_jose_algorithm(one.algorithm), {one.id, "", one.key}, "JWT", claims().dump());
    ASSERT_TRUE(text);
    EXPECT_EQ(verdict(*text), one.algorithm == std::string("RS512") ? "algorithm" : "valid") << one.algorithm;
  }
  auto result = verify_token(token(claims()), issuer().keys, policy(), now);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->subject, "shop");
  EXPECT_EQ(result->scopes, (std::vector<std::string>{"documents:write", "documents:read"}));
  EXPECT_EQ(result->algorithm, "ES256");
}

TEST(Jwt, AnswersEachClaimByItsName) {
  struct Case {
    const char* name;
    json change;
    const char* verdict;
  };
  const Case cases[] = {
      {"expired", {{"exp", now_seconds - 61}}, "expired"},
      {"within skew", {{"exp", now_seconds - 59}}, "valid"},
      {"no exp", {{"exp", nullptr}}, "missing"},
      {"exp as text", {{"exp", "1700000300"}}, "claim"},
      {"exp with a fraction", {{"exp", 1700000300.5}}, "valid"},
      {"exp beyond every clock", {{"exp", 1e300}}, "claim"},
      {"exp below zero", {{"exp", -1}}, "claim"},
      {"exp of 64 bits", {{"exp", UINT64_MAX}}, "claim"},
      {"not yet", {{"nbf", now_seconds + 61}}, "early"},
      {"issued in the future", {{"iat", now_seconds + 61}}, "early"},
      {"another issuer", {{"iss", "https://id.example/"}}, "issuer"},
      {"issuer as list", {{"iss", {"https://id.example"}}}, "claim"},
      {"no issuer", {{"iss", nullptr}}, "issuer"},
      {"another audience", {{"aud", "shop"}}, "audience"},
      {"several audiences", {{"aud", {"shop", "purser"}}}, "valid"},
      {"audience as number", {{"aud", 1}}, "claim"},
      {"no audience", {{"aud", nullptr}}, "audience"},
      {"scope as list", {{"scope", {"a", "b"}}}, "valid"},
      {"scope as object", {{"scope", json::object()}}, "claim"},
  };
  for (const auto& one : cases) {
    auto payload = claims();
    for (const auto& [name, value] : one.change.items()) {
      if (value.is_null()) {
        payload.erase(name);
      } else {
        payload[name] = value;
      }
    }
    EXPECT_EQ(verdict(token(payload)), one.verdict) << one.name;
  }
  auto p = policy();
  p.required = {"exp", "jti"};
  EXPECT_EQ(verdict(token(claims()), p), "missing");
  p = policy();
  p.max_age = std::chrono::seconds(60);
  auto old = claims();
  old["iat"] = now_seconds - 200;
  EXPECT_EQ(verdict(token(old), p), "too-old");
  p = policy();
  p.type = "at+jwt";
  EXPECT_EQ(verdict(token(claims(), "application/at+JWT"), p), "valid");
  EXPECT_EQ(verdict(token(claims()), p), "type");
}

TEST(Jwt, NoneIsNoAlgorithm) {
  auto payload = claims().dump();
  for (const char* alg : {"none", "None", "NONE", "nOnE", ""}) {
    auto header = json{{"alg", alg}}.dump();
    EXPECT_EQ(verdict(forged(header, payload, "")), "algorithm") << alg;
  }
  EXPECT_EQ(verdict(forged("{}", payload, "")), "algorithm");
  EXPECT_EQ(verdict(forged(R"({"alg":["ES256"]})", payload, "x")), "malformed");
}

// A public key, in every form an attacker knows it, must not serve as an HMAC secret.
TEST(Jwt, APublicKeyIsNoHmacSecret) {
  auto p = policy();
  p.algorithms = {"RS256", "HS256"};
  for (const auto& text : {issuer().rsa.public_pem(), issuer().rsa.coordinates().first,
                           to_jwk({"rsa", "", issuer().rsa}).dump()}) {
    auto secret = CryptoKey::secret(text);
    ASSERT_TRUE(secret);
    auto made = sign_jws(*find_jose_algorithm("HS256"), {"rsa", "", *secret}, "JWT", claims().dump());
    EXPECT_EQ(verdict(*made), "algorithm") << "by default";
    EXPECT_EQ(verdict(*made, p), "unknown-key") << "even where HS256 is allowed";
  }
}

TEST(Jwt, ShortHmacSecretsAreNotUsed) {
  auto p = policy();
  p.algorithms = {"HS256"};
  for (std::size_t length : {31U, 32U}) {
    TrustedKey key{"s", "HS256", *CryptoKey::secret(std::string(length, 'k'))};
    auto text = *sign_jws(*find_jose_algorithm("HS256"), key, "JWT", claims().dump());
    auto result = verify_token(text, {{key}, {}}, p, now);
    EXPECT_EQ(result.has_value(), length == 32) << length;
  }
}

TEST(Jwt, KeysInsideTheTokenAreNotTrusted) {
  auto own = *CryptoKey::generate(KeyKind::p256);
  json header = {{"alg", "ES256"}, {"jwk", to_jwk({"", "", own})}, {"jku", "https://attacker.example/keys"}};
  auto text = base64url_encoded(header.dump()) + "." + base64url_encoded(claims().dump());
  auto signature = *sign(*find_jose_algorithm("ES256"), own, text);
  EXPECT_EQ(verdict(text + "." + base64url_encoded(signature)), "signature");
}

TEST(Jwt, WhatMustBeUnderstoodAndIsNotIsRefused) {
  for (const char* header : {R"({"alg":"ES256","crit":["exp"],"exp":1})", R"({"alg":"ES256","crit":[]})",
                             R"({"alg":"ES256","b64":false})"}) {
    EXPECT_EQ(verdict(forged(header, claims().dump(), "x")), "critical") << header;
  }
}

TEST(Jwt, DuplicatedMembersAreRefused) {
  EXPECT_EQ(verdict(forged(R"({"alg":"ES256","alg":"none"})", claims().dump(), "x")), "duplicate");
  auto payload = claims().dump();
  payload.back() = ',';
  payload += R"("sub":"admin"})";
  auto text = *sign_jws(*find_jose_algorithm("ES256"), {"ec", "", issuer().ec}, "JWT", payload);
  EXPECT_EQ(verdict(text), "duplicate");
}

TEST(Jwt, EcdsaSignaturesOutOfRangeAreRefused) {
  auto good = token(claims());
  auto head = good.substr(0, good.rfind('.') + 1);
  // The order of P-256; r or s of 0, n and beyond, and the DER form a careless verifier would take.
  auto order = *hex_decoded("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  const std::string zero(32, '\0');
  const std::string one = std::string(31, '\0') + "\x01";
  for (const auto& signature : {zero + zero, zero + one, one + zero, order + order, order + one,
                                std::string(64, '\xff'), std::string(63, '\x01'), std::string(65, '\x01'),
                                std::string("\x30\x06\x02\x01\x01\x02\x01\x01", 8), std::string()}) {
    EXPECT_EQ(verdict(head + base64url_encoded(signature)), "signature") << hex_encoded(signature);
  }
}

// Ed25519: s + L verifies where nobody looks (RFC 8032 section 5.1.7).
TEST(Jwt, Ed25519SignaturesHaveOneForm) {
  auto good = *sign_jws(*find_jose_algorithm("EdDSA"), {"ed", "", issuer().ed}, "JWT", claims().dump());
  EXPECT_EQ(verdict(good), "valid");
  auto dot = good.rfind('.');
  auto signature = *base64url_decoded(good.substr(dot + 1));
  auto order = *hex_decoded("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]);
    signature[32 + i] = static_cast<char>(carry & 0xffU);
    carry >>= 8U;
  }
  EXPECT_EQ(verdict(good.substr(0, dot + 1) + base64url_encoded(signature)), "signature");
}

TEST(Jwt, BoundsItsWork) {
  EXPECT_EQ(verdict(std::string(max_token_bytes + 1, 'A')), "oversized");
  auto payload = claims();
  payload["scope"] = json::array();
  for (std::size_t i = 0; i < max_token_names + 2; ++i) payload["scope"].push_back("s");
  EXPECT_EQ(verdict(token(payload)), "claim");
  json header = {{"alg", "ES256"}, {"x", std::string(max_token_header_bytes, 'x')}};
  EXPECT_EQ(verdict(forged(header.dump(), "{}", "x")), "oversized");
  std::string many = "a";
  for (int i = 0; i < 3000; ++i) many += ".a";
  EXPECT_EQ(verdict(many), "malformed");
  for (const char* bad : {"", ".", "..", "a.b", "a.b.c.d", "e30.e30.", "!.e30.e30", "e30 .e30.e30"}) {
    EXPECT_NE(verdict(bad), "valid") << bad;
  }
}

TEST(Jwt, AKeyOfAnotherTokenIsNotTaken) {
  auto stranger = *CryptoKey::generate(KeyKind::p256);
  auto text = *sign_jws(*find_jose_algorithm("ES256"), {"ec", "", stranger}, "JWT", claims().dump());
  EXPECT_EQ(verdict(text), "signature");
  text = *sign_jws(*find_jose_algorithm("ES256"), {"unknown", "", issuer().ec}, "JWT", claims().dump());
  // "rsa" has an id, too: nobody has this one.
  EXPECT_EQ(verdict(text), "unknown-key");
}

}  // namespace
}  // namespace purser::gateway
