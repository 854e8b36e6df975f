#include "gateway/access/key_cache.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace purser::gateway {
namespace {

struct StoppedClock final : Clock {
  [[nodiscard]] Instant now() const override { return Instant(at); }
  [[nodiscard]] std::chrono::microseconds monotonic() const override { return at; }
  std::chrono::microseconds at{1'000'000'000};
};

std::string some_keys() {
  static const auto text =
      nlohmann::json{{"keys", {to_jwk({"a", "", *CryptoKey::generate(KeyKind::ed25519)})}}}.dump();
  return text;
}

struct KeyCacheTest : ::testing::Test {
  StoppedClock clock;
  std::atomic<int> fetches{0};
  std::expected<std::string, std::string> answer = some_keys();
  KeySource source{"https://id.example/keys", false, std::chrono::seconds(600), std::chrono::seconds(30)};
  KeyCache cache{clock, [this](const std::string&, bool) {
                   ++fetches;
                   return answer;
                 }};
};

TEST_F(KeyCacheTest, FetchesOnceAndAgainWhenOld) {
  EXPECT_EQ(cache.get(source).keys, nullptr);
  ASSERT_TRUE(cache.refresh(source));
  EXPECT_FALSE(cache.get(source).old);
  clock.at += std::chrono::seconds(600);
  EXPECT_TRUE(cache.get(source).old);
  EXPECT_NE(cache.get(source).keys, nullptr) << "the old ones go on until there are new ones";
  EXPECT_EQ(fetches, 1);
}

TEST_F(KeyCacheTest, HasAFloor) {
  ASSERT_TRUE(cache.refresh(source));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(cache.refresh(source));
  EXPECT_EQ(fetches, 1);
  EXPECT_FALSE(cache.get(source).may_fetch);
  clock.at += std::chrono::seconds(30);
  EXPECT_TRUE(cache.get(source).may_fetch);
  ASSERT_TRUE(cache.refresh(source));
  EXPECT_EQ(fetches, 2);
}

TEST_F(KeyCacheTest, KeepsTheOldSetWhenTheNewOneIsNoSet) {
  ASSERT_TRUE(cache.refresh(source));
  auto before = cache.get(source).keys;
  for (const auto& bad : {std::expected<std::string, std::string>(std::unexpected("timeout")),
                          std::expected<std::string, std::string>("<html>"),
                          std::expected<std::string, std::string>(R"({"keys":[]})")}) {
    clock.at += std::chrono::seconds(30);
    answer = bad;
    EXPECT_FALSE(cache.refresh(source));
    EXPECT_EQ(cache.get(source).keys, before);
  }
  EXPECT_TRUE(cache.refresh(source)) << "within the floor the old one is given";
  EXPECT_EQ(fetches, 4);
}

TEST_F(KeyCacheTest, AKeyWhoseSecretIsPublishedIsNobodys) {
  using nlohmann::json;
  const json told = json::parse(
      R"({"kty":"OKP","crv":"Ed25519","kid":"told","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  json rsa = to_jwk({"rsa", "", *CryptoKey::generate(KeyKind::rsa)});
  rsa["d"] = rsa["n"];
  const json shared = {
      {"kty", "oct"}, {"kid", "shared"}, {"k", "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T"}};
  answer = json{{"keys", {told, rsa, shared, json::parse(some_keys())["keys"][0]}}}.dump();
  ASSERT_TRUE(cache.refresh(source));
  const auto keys = cache.get(source).keys;
  ASSERT_EQ(keys->keys.size(), 1U);
  EXPECT_EQ(keys->keys[0].id, "a");
  for (const std::string& only : {told.dump(), CryptoKey::generate(KeyKind::p256)->private_pem()}) {
    clock.at += std::chrono::seconds(30);
    answer = only;
    EXPECT_FALSE(cache.refresh(source)) << only;
  }
  source.where = "/etc/purser/keys.json";  // a file of the operator's own tells nobody
  answer = json{{"keys", {told, shared}}}.dump();
  EXPECT_EQ((*cache.refresh(source))->keys.size(), 2U);
}

TEST_F(KeyCacheTest, ManyCallersMakeOneFetch) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) callers.emplace_back([this] { EXPECT_TRUE(cache.refresh(source)); });
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(fetches, 1);
}

}  // namespace
}  // namespace purser::gateway
