#include "gateway/access/jose/jwk.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/access/jose/strict_json.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;

json rsa_jwk() {
  static const json made = [] { return to_jwk({"", "", *CryptoKey::generate(KeyKind::rsa)}); }();
  return made;
}
json ec_jwk() {
  static const json made = [] { return to_jwk({"", "", *CryptoKey::generate(KeyKind::p256)}); }();
  return made;
}

std::string fault(const json& jwk) {
  auto key = parse_jwk(jwk.dump());
  return key ? "" : key.error();
}

TEST(Jwk, ReadsWhatItWrites) {
  for (auto kind : {KeyKind::rsa, KeyKind::p256, KeyKind::p384, KeyKind::p521, KeyKind::ed25519}) {
    auto key = CryptoKey::generate(kind);
    ASSERT_TRUE(key) << name(kind);
    auto jwk = to_jwk({"a", "", *key});
    EXPECT_FALSE(jwk.contains("d")) << "only the public half";
    auto again = parse_jwk(jwk.dump());
    ASSERT_TRUE(again) << name(kind) << ": " << again.error();
    EXPECT_EQ(to_jwk(*again), jwk);
    EXPECT_EQ(again->id, "a");
    for (const auto& pem : {key->public_pem(), key->private_pem()}) {
      auto read = parse_keys(pem);
      ASSERT_TRUE(read) << read.error();
      EXPECT_EQ(read->keys.front().key.kind(), kind);
      EXPECT_EQ(read->keys.front().key.public_pem(), key->public_pem());
    }
  }
}

TEST(Jwk, RefusesWeakRsaKeys) {
  struct Case {
    const char* name;
    std::string modulus, exponent;
  };
  auto n = *base64url_decoded(rsa_jwk()["n"].get<std::string>());
  auto even = n;
  even.back() = static_cast<char>(even.back() & ~1);
  const Case cases[] = {{"short", n.substr(0, 128), "\x01\x00\x01"},
                        {"huge modulus", n + n + n, std::string("\x01\x00\x01", 3)},
                        {"even modulus", even, std::string("\x01\x00\x01", 3)},
                        {"exponent 1", n, "\x01"},
                        {"exponent 2", n, "\x02"},
                        {"even exponent", n, std::string("\x01\x00\x02", 3)},
                        {"exponent 0", n, std::string(1, '\0')},
                        {"exponent of 33 bits", n, std::string("\x01\x00\x00\x00\x01", 5)},
                        {"exponent as long as the modulus", n, n}};
  for (const auto& one : cases) {
    json jwk = {
        {"kty", "RSA"}, {"n", base64url_encoded(one.modulus)}, {"e", base64url_encoded(one.exponent)}};
    EXPECT_NE(fault(jwk), "") << one.name;
  }
  EXPECT_EQ(fault(rsa_jwk()), "");
}

TEST(Jwk, RefusesPointsThatAreNotOnTheCurve) {
  auto jwk = ec_jwk();
  jwk["y"] = jwk["x"];
  EXPECT_NE(fault(jwk), "");
  jwk = ec_jwk();
  jwk["crv"] = "P-384";
  EXPECT_NE(fault(jwk), "") << "another curve";
  jwk["crv"] = "secp256k1";
  EXPECT_NE(fault(jwk), "");
  jwk = ec_jwk();
  jwk["x"] = base64url_encoded(std::string(32, '\0'));
  jwk["y"] = base64url_encoded(std::string(32, '\0'));
  EXPECT_NE(fault(jwk), "") << "infinity";
  jwk = ec_jwk();
  jwk["x"] = base64url_encoded(*base64url_decoded(jwk["x"].get<std::string>()) + "x");
  EXPECT_NE(fault(jwk), "") << "too long";
}

TEST(Jwk, RefusesHalvesThatDoNotBelongTogether) {
  for (const char* d : {"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A", "not base64url!", ""}) {
    json ec = ec_jwk();
    json ed = to_jwk({"", "", *CryptoKey::generate(KeyKind::ed25519)});
    ec["d"] = ed["d"] = d;
    EXPECT_NE(fault(ec), "") << d;
    EXPECT_NE(fault(ed), "") << d;
  }
}

TEST(Jwk, RefusesEd25519PointsOfSmallOrder) {
  for (const char* hex : {"0100000000000000000000000000000000000000000000000000000000000000",
                          "0100000000000000000000000000000000000000000000000000000000000080",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    json jwk = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url_encoded(*hex_decoded(hex))}};
    EXPECT_NE(fault(jwk).find("small order"), std::string::npos) << hex;
  }
}

TEST(Jwk, KeepsToWhatTheKeyIsFor) {
  struct Case {
    const char* name;
    json change;
    bool good;
  };
  const Case cases[] = {{"signatures", {{"use", "sig"}}, true},
                        {"encryption", {{"use", "enc"}}, false},
                        {"verify", {{"key_ops", {"verify"}}}, true},
                        {"sign only", {{"key_ops", {"sign"}}}, false},
                        {"its algorithm", {{"alg", "ES256"}}, true},
                        {"another curve's algorithm", {{"alg", "ES384"}}, false},
                        {"another kind's algorithm", {{"alg", "HS256"}}, false},
                        {"no algorithm", {{"alg", "none"}}, false},
                        {"kid is a number", {{"kid", 7}}, false},
                        {"alg is a list", {{"alg", {"ES256"}}}, false},
                        {"kty is unknown", {{"kty", "PQC"}}, false}};
  for (const auto& one : cases) {
    auto jwk = ec_jwk();
    jwk.update(one.change);
    EXPECT_EQ(fault(jwk) == "", one.good) << one.name << ": " << fault(jwk);
  }
}

TEST(KeySets, LeaveOutWhatTheyCannotUseAndSayIt) {
  auto strange = json{{"kty", "PQC"}, {"kid", "b"}};
  json set = {{"keys", {ec_jwk(), strange, rsa_jwk()}}};
  auto keys = parse_keys(set.dump());
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->keys.size(), 2U);
  ASSERT_EQ(keys->notes.size(), 1U);
  EXPECT_EQ(keys->notes.front(), "key 2 (kid b): kty is none of RSA, EC, OKP and oct");
  json large = {{"keys", json::array()}};
  for (std::size_t i = 0; i <= max_keys; ++i) large["keys"].push_back(ec_jwk());
  EXPECT_FALSE(parse_keys(large.dump()));
  EXPECT_FALSE(parse_keys(R"({"keys":{}})"));
  EXPECT_FALSE(parse_keys("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"));
}

TEST(KeySets, GiveTheKeysThatFit) {
  auto jwk = ec_jwk();
  jwk["kid"] = "a";
  auto other = to_jwk({"b", "ES256", *CryptoKey::generate(KeyKind::p256)});
  auto keys = *parse_keys(json{{"keys", {jwk, other, rsa_jwk()}}}.dump());
  const auto& es256 = *find_jose_algorithm("ES256");
  EXPECT_EQ(candidates(keys, es256, "a").size(), 1U);
  EXPECT_EQ(candidates(keys, es256, "").size(), 2U);
  EXPECT_EQ(candidates(keys, es256, "c").size(), 0U);
  EXPECT_EQ(candidates(keys, *find_jose_algorithm("RS256"), "a").size(), 1U) << "a key without id fits any";
  EXPECT_EQ(candidates(keys, *find_jose_algorithm("HS256"), "").size(), 0U);
}

TEST(StrictJson, RefusesWhatTwoReadersReadInTwoWays) {
  struct Case {
    const char* name;
    std::string text;
  };
  const Case bad[] = {{"twice", R"({"a":1,"a":1})"},
                      {"twice by escape", R"({"a":1,"\u0061":1})"},
                      {"twice below", R"({"a":[{"b":1,"b":2}]})"},
                      {"list", "[1]"},
                      {"more after it", R"({"a":1} {})"},
                      {"byte order mark", "\xef\xbb\xbf{}"},
                      {"comment", "{/* */}"},
                      {"broken UTF-8", "{\"a\":\"\xc3\"}"},
                      {"beyond range", R"({"a":1e999})"},
                      {"deep", R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}"}};
  for (const auto& one : bad) EXPECT_FALSE(parse_strict_object(one.text, 1024)) << one.name;
  EXPECT_TRUE(parse_strict_object(R"({"a":{"b":1},"b":{"b":1}})", 1024)) << "another object's member";
  EXPECT_FALSE(parse_strict_object("{}", 1));
}

}  // namespace
}  // namespace purser::gateway
