#include "gateway/access/api_key.h"

#include <gtest/gtest.h>

#include "gateway/access/hmac.h"

namespace purser::gateway {
namespace {

class ApiKeyTest : public ::testing::Test {
 protected:
  ApiKeyTest() {
    settings_.hash_key = "pepper";
    fresh_ = make_api_key(random_, settings_.hash_key, "shop", {"documents:write"});
    other_ = make_api_key(random_, settings_.hash_key, "erp", {"documents:read"});
    settings_.keys = {fresh_.entry, other_.entry};
  }
  SystemRandom random_;
  Settings settings_;
  FreshKey fresh_, other_;
};

TEST_F(ApiKeyTest, IsLongEnoughAndNeverTheSame) {
  EXPECT_EQ(fresh_.text.size(), 7U + 10 + 1 + 43);
  EXPECT_TRUE(fresh_.text.starts_with(fresh_.entry.id + "_"));
  EXPECT_NE(fresh_.text, other_.text);
  EXPECT_EQ(fresh_.entry.hash.find(fresh_.text.substr(18)), std::string::npos);
}

TEST_F(ApiKeyTest, IsFoundByEitherField) {
  KeyRing ring(settings_);
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const auto* found = ring.find(scheme + fresh_.text, "");
    ASSERT_NE(found, nullptr) << scheme;
    EXPECT_EQ(found->name, "shop");
  }
  EXPECT_NE(ring.find("", fresh_.text), nullptr);
}

TEST_F(ApiKeyTest, EveryOtherTextIsUnknown) {
  KeyRing ring(settings_);
  auto swapped = fresh_.entry.id + other_.text.substr(other_.entry.id.size());
  for (const auto& bad :
       {std::string(), std::string("x"), fresh_.entry.id, fresh_.text + "x", fresh_.text.substr(1),
        fresh_.text.substr(0, fresh_.text.size() - 1), swapped, std::string(10'000, 'a')}) {
    EXPECT_EQ(ring.find("Bearer " + bad, ""), nullptr) << bad;
    EXPECT_EQ(ring.find("", bad), nullptr) << bad;
  }
  EXPECT_EQ(ring.find("Basic " + fresh_.text, ""), nullptr);
  EXPECT_EQ(ring.find(fresh_.text, fresh_.text), nullptr);
}

TEST_F(ApiKeyTest, ADisabledKeyAndAnotherHashKeyOpenNothing) {
  settings_.keys[0].enabled = false;
  EXPECT_EQ(KeyRing(settings_).find("Bearer " + fresh_.text, ""), nullptr);
  settings_.keys[0].enabled = true;
  settings_.hash_key = "other";
  EXPECT_EQ(KeyRing(settings_).find("Bearer " + fresh_.text, ""), nullptr);
  settings_.hash_key.clear();
  EXPECT_EQ(KeyRing(settings_).find("Bearer " + fresh_.text, ""), nullptr);
}

TEST_F(ApiKeyTest, YamlHoldsTheHashAndNotTheKey) {
  auto yaml = to_yaml(fresh_.entry);
  EXPECT_NE(yaml.find(fresh_.entry.hash), std::string::npos);
  EXPECT_EQ(yaml.find(fresh_.text), std::string::npos);
}

TEST(ConstantTime, ComparesAsEqualsDoes) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace purser::gateway
