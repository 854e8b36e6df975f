// The examples of RFC 9421, appendix B.2, by the keys of B.1: facts of the standard.
#include <gtest/gtest.h>

#include "gateway/access/signature/verify.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::sys_seconds made_at{std::chrono::seconds(1'618'884'473)};
constexpr std::string_view asked = R"({"hello": "world"})";
constexpr std::string_view answered = R"({"message": "good dog"})";

KeySet keys_of_appendix_b1() {
  KeySet keys;
  const auto add = [&](const char* id, std::expected<CryptoKey, std::string> key) {
    ASSERT_TRUE(key) << id << ": " << key.error();
    keys.keys.push_back({id, "", std::move(*key)});
  };
  const auto pem = [](const std::string& lines) {
    return CryptoKey::pem("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n");
  };
  add("test-key-rsa-pss", pem("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2\n"
                              "+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+\n"
                              "oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq\n"
                              "gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W\n"
                              "Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4\n"
                              "aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI\n"
                              "2wIDAQAB"));
  add("test-key-ecc-p256", pem("MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\n"
                               "w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=="));
  add("test-key-ed25519", pem("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));
  add("test-shared-secret",
      CryptoKey::secret(*base64_decoded(
          "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")));
  return keys;
}

HttpMessage test_request() {
  HttpMessage message;
  message.method = "POST";
  message.scheme = "https";
  message.authority = "example.com";
  message.request_target = "/foo?param=Value&Pet=dog";
  message.fields = {{"Host", "example.com"},
                    {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
                    {"Content-Type", "application/json"},
                    {"Content-Digest",
                     "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvR"
                     "wEmTHWXvJwew==:"},
                    {"Content-Length", "18"}};
  return message;
}

HttpMessage test_response() {
  HttpMessage message;
  message.status = 200;
  message.scheme = "https";
  message.fields = {{"Date", "Tue, 20 Apr 2021 02:07:56 GMT"},
                    {"Content-Type", "application/json"},
                    {"Content-Digest",
                     "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJu"
                     "ahq4l5aGgfLQ==:"},
                    {"Content-Length", "23"}};
  return message;
}

struct Example {
  const char *section, *algorithm, *input, *signature;
  bool of_response = false;
};
const Example examples[] = {
    {"B.2.1", "rsa-pss-sha512",
     R"(sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd")",
     "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/"
     "lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXa"
     "JMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/"
     "Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZs"
     "fxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/"
     "SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ss"
     "inQ98Xw9Q==:"},
    {"B.2.2", "rsa-pss-sha512",
     R"(sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example")",
     "sig-b22=:"
     "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowO"
     "B"
     "4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/"
     "2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H"
     "2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//"
     "0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4b"
     "XTugEjHSw==:"},
    {"B.2.3", "rsa-pss-sha512",
     R"(sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss")",
     "sig-b23=:bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/"
     "5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrC"
     "Ub38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/"
     "aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1x"
     "My7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+"
     "QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsD"
     "ZKEgM4cUA==:"},
    {"B.2.4", "ecdsa-p256-sha256",
     R"(sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256")",
     "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:",
     true},
    {"B.2.5", "hmac-sha256",
     R"(sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret")",
     "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"},
    {"B.2.6", "ed25519",
     R"(sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519")",
     "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"}};

std::string verdict(const HttpMessage& message, std::string_view content, const char* algorithm,
                    std::chrono::sys_seconds now = made_at) {
  SignaturePolicy policy;
  policy.algorithms = {algorithm};
  policy.covered.clear();
  const auto found = verify_message(message, pieces_of(content), keys_of_appendix_b1(), policy, now);
  return found ? "valid" : std::string(name(found.error()));
}

HttpMessage signed_message(const Example& one) {
  auto message = one.of_response ? test_response() : test_request();
  message.fields.emplace_back("Signature-Input", one.input);
  message.fields.emplace_back("Signature", one.signature);
  return message;
}

TEST(KnownAnswers, TheExamplesOfRfc9421AppendixB2Hold) {
  for (const Example& one : examples)
    EXPECT_EQ(verdict(signed_message(one), one.of_response ? answered : asked, one.algorithm), "valid")
        << one.section;
}

TEST(KnownAnswers, NoOtherMessageFitsAnExample) {
  for (const Example& one : examples) {
    const auto content = one.of_response ? answered : asked;
    EXPECT_EQ(verdict(signed_message(one), content, one.algorithm, made_at + std::chrono::hours(1)),
              "too-old");
    EXPECT_EQ(verdict(signed_message(one), content, one.algorithm, made_at - std::chrono::hours(1)), "early");
    // Every covered component, every parameter, and the bytes of the signature.
    const std::string input = one.input;
    for (const char* part : {"created=1618884473", "keyid=\"test", "nonce=\"b3", "tag=\"header",
                             "\"@authority\" ", "\"date\" "}) {
      auto changed = signed_message(one);
      const auto at = input.find(part);
      if (at == std::string::npos) continue;
      std::string other = input;
      const bool component = *part == '"';
      if (component) other.erase(at, std::string_view(part).size());
      if (!component)
        other[at + std::string_view(part).size() - 1] =
            other[at + std::string_view(part).size() - 1] == '3' ? '2' : 'x';
      changed.fields[changed.fields.size() - 2].second = other;
      EXPECT_NE(verdict(changed, content, one.algorithm), "valid") << one.section << " " << other;
    }
    auto changed = signed_message(one);
    std::string& signature = changed.fields.back().second;
    const auto at = signature.find(':') + 1;
    signature[at] = signature[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(verdict(changed, content, one.algorithm), "signature") << one.section;
    for (const char* other : {"rsa-v1_5-sha256", "ecdsa-p384-sha384"})
      EXPECT_NE(verdict(signed_message(one), content, other), "valid") << one.section << " by " << other;
  }
  auto bodies = signed_message(examples[1]);
  EXPECT_EQ(verdict(bodies, "{}", "rsa-pss-sha512"), "digest");
}

}  // namespace
}  // namespace purser::gateway
