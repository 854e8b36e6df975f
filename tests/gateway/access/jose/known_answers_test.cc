// The signed examples of RFC 7515 appendix A and RFC 8037 appendix A.
#include <gtest/gtest.h>

#include "gateway/access/jose/jwt.h"

namespace purser::gateway {
namespace {

struct Example {
  const char* algorithm;
  const char* key;
  const char* token;
};

constexpr const char* joe =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

const std::vector<Example>& examples() {
  static const std::string hs256 = std::string("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.") + joe +
                                   ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static const std::string rs256 =
      std::string("eyJhbGciOiJSUzI1NiJ9.") + joe +
      ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
      "O8W2Fp5jujGbds9uJdbF"
      "9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_"
      "eSN9383LcOLn6"
      "_dO--xi12jzDwusC-"
      "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0i"
      "gcN_IoypGlUPQGe77Rw";
  static const std::string es256 =
      std::string("eyJhbGciOiJFUzI1NiJ9.") + joe +
      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  static const std::vector<Example> all = {
      {"HS256",
       R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})",
       hs256.c_str()},
      {"RS256",
       R"({"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"})",
       rs256.c_str()},
      {"ES256",
       R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})",
       es256.c_str()},
      {"ES512",
       R"({"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk","y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"})",
       "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-"
       "mZZqwqT2SI-"
       "KGDKB34XO0aw_"
       "7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"},
      {"EdDSA", R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
       "09PGcvMg3AIbQR6dWbhijcN"
       "R4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"},
  };
  return all;
}

TEST(KnownAnswers, TheExamplesOfRfc7515AndRfc8037Hold) {
  for (const auto& example : examples()) {
    auto keys = parse_keys(example.key);
    ASSERT_TRUE(keys) << example.algorithm << ": " << keys.error();
    auto jws = verify_jws(example.token, *keys, {example.algorithm});
    EXPECT_TRUE(jws) << example.algorithm << ": " << name(jws.error());
  }
}

TEST(KnownAnswers, NoOtherSpellingOfAnExampleHolds) {
  for (const auto& example : examples()) {
    auto keys = parse_keys(example.key);
    ASSERT_TRUE(keys);
    std::string token = example.token;
    for (std::size_t at = 0; at < token.size(); ++at) {
      auto changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      EXPECT_FALSE(verify_jws(changed, *keys, {example.algorithm})) << example.algorithm << " at " << at;
    }
    EXPECT_FALSE(verify_jws(token.substr(0, token.size() - 1), *keys, {example.algorithm}));
    EXPECT_FALSE(verify_jws(token + "=", *keys, {example.algorithm}));
    EXPECT_FALSE(verify_jws(token + "\n", *keys, {example.algorithm}));
    EXPECT_FALSE(verify_jws(token + ".", *keys, {example.algorithm}));
  }
}

// RFC 8037 appendix A.4: Ed25519 signatures are deterministic, so signing gives the example's bytes.
TEST(KnownAnswers, SigningTheExampleOfRfc8037GivesItsToken) {
  auto key = parse_jwk(
      R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  ASSERT_TRUE(key) << key.error();
  auto token = sign_jws(*find_jose_algorithm("EdDSA"), *key, "", "Example of Ed25519 signing");
  EXPECT_EQ(token, examples().back().token);
}

}  // namespace
}  // namespace purser::gateway
