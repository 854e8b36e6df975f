#include "gateway/access/hmac.h"

#include <gtest/gtest.h>

#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

std::string hex(std::string_view key, std::string_view digest, std::string_view text) {
  Hmac hmac(key, digest);
  hmac.add(text);
  return hex_encoded(hmac.finish());
}

// RFC 4231, 4.3: test case 2.
TEST(Hmac, TakesTheDigestsInAnyOrder) {
  constexpr std::string_view text = "what do ya want for nothing?";
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(hex("Jefe", "SHA256", text),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex("Jefe", "SHA384", text),
              "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
              "8e2240ca5e69e2c78b3239ecfab21649");
  }
}

// What a thread computed before must not reach into what it computes now.
TEST(Hmac, KnowsNothingOfTheLastOne) {
  const std::string of_no_key = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  EXPECT_EQ(hex({}, "SHA256", {}), of_no_key);
  const std::string with_key = hex("secret", "SHA256", {});
  EXPECT_NE(with_key, of_no_key);
  EXPECT_EQ(hex({}, "SHA256", {}), of_no_key) << "not the last key again";
  EXPECT_EQ(hex("", "SHA256", {}), of_no_key);
  {
    Hmac dropped("other");
    dropped.add("half of it");
  }
  EXPECT_EQ(hex("secret", "SHA256", {}), with_key);
  Hmac first("secret");
  Hmac second("other");  // at once
  Hmac moved = std::move(first);
  EXPECT_EQ(hex_encoded(moved.finish()), with_key);
  EXPECT_NE(hex_encoded(second.finish()), with_key);
}

TEST(Hmac, AnUnknownDigestIsADefect) {
  EXPECT_THROW(Hmac("key", "SHA-none"), std::runtime_error);
  EXPECT_EQ(hex("Jefe", "SHA256", "what do ya want for nothing?").substr(0, 8), "5bdcc146");
}

}  // namespace
}  // namespace purser::gateway
