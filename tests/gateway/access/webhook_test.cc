#include "gateway/access/webhook.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};
constexpr std::chrono::seconds tolerance{300};
const std::string key(32, 'k');

struct Signed {
  std::string id = "msg_1";
  std::string timestamp = "1700000000";
  std::string signature = sign_webhook(key, "msg_1", 1'700'000'000, "hello");
  std::vector<std::string> keys{key};
  std::string body = "hello";
  [[nodiscard]] WebhookVerdict verdict() const {
    return verify_webhook({id, timestamp, signature}, Body(body), keys, now, tolerance);
  }
};

TEST(Webhook, AcceptsWhatWasSigned) { EXPECT_EQ(Signed().verdict(), WebhookVerdict::valid); }

TEST(Webhook, RefusesEveryChange) {
  struct Case {
    const char* what;
    void (*change)(Signed&);
    WebhookVerdict verdict;
  };
  const Case cases[] = {
      {"body", [](Signed& s) { s.body += " "; }, WebhookVerdict::forged},
      {"id", [](Signed& s) { s.id = "msg_2"; }, WebhookVerdict::forged},
      {"timestamp", [](Signed& s) { s.timestamp = "1700000001"; }, WebhookVerdict::forged},
      {"timestamp with a leading zero", [](Signed& s) { s.timestamp = "01700000000"; },
       WebhookVerdict::forged},
      {"key", [](Signed& s) { s.keys = {std::string(32, 'l')}; }, WebhookVerdict::forged},
      {"no key", [](Signed& s) { s.keys.clear(); }, WebhookVerdict::forged},
      {"scheme", [](Signed& s) { s.signature[1] = '2'; }, WebhookVerdict::missing},
      {"cut", [](Signed& s) { s.signature.resize(20); }, WebhookVerdict::missing},
      {"empty signature", [](Signed& s) { s.signature.clear(); }, WebhookVerdict::missing},
      {"no id", [](Signed& s) { s.id.clear(); }, WebhookVerdict::missing},
      {"id with a dot", [](Signed& s) { s.id = "a.b"; }, WebhookVerdict::missing},
      {"id too long", [](Signed& s) { s.id = std::string(300, 'a'); }, WebhookVerdict::missing},
      {"timestamp not a number", [](Signed& s) { s.timestamp = "now"; }, WebhookVerdict::missing},
      {"timestamp beyond time", [](Signed& s) { s.timestamp = "9223372036854775807"; },
       WebhookVerdict::missing},
      {"old", [](Signed& s) { s.timestamp = "1699999699"; }, WebhookVerdict::stale},
      {"ahead", [](Signed& s) { s.timestamp = "1700000301"; }, WebhookVerdict::stale},
  };
  for (const auto& one : cases) {
    Signed changed;
    one.change(changed);
    EXPECT_EQ(changed.verdict(), one.verdict) << one.what;
  }
}

TEST(Webhook, AnyLiveKeyAndAnySignatureWillDo) {
  Signed rotated;
  rotated.keys = {std::string(32, 'n'), key};
  rotated.signature = "v1a,AAAA v1,AAAA " + rotated.signature;
  EXPECT_EQ(rotated.verdict(), WebhookVerdict::valid);
}

TEST(Webhook, ReadsABodyThatLiesInAFile) {
  std::string path = std::filesystem::temp_directory_path() / "purser-webhook-XXXXXX";
  ::close(::mkstemp(path.data()));
  std::string text(300'000, 'x');
  std::ofstream(path, std::ios::binary) << text;
  Body body;
  body.file = path;
  body.size = text.size();
  auto signature = sign_webhook(key, "m", 1'700'000'000, text);
  std::vector<std::string> keys{key};
  EXPECT_EQ(verify_webhook({"m", "1700000000", signature}, body, keys, now, tolerance),
            WebhookVerdict::valid);
  body.size -= 1;
  EXPECT_EQ(verify_webhook({"m", "1700000000", signature}, body, keys, now, tolerance),
            WebhookVerdict::unreadable);
}

TEST(WebhookKey, TakesStandardSecretsOnly) {
  EXPECT_EQ(webhook_key("whsec_" + base64_encoded(key)), key);
  EXPECT_FALSE(webhook_key(base64_encoded(key)));
  EXPECT_FALSE(webhook_key("whsec_"));
  EXPECT_FALSE(webhook_key("whsec_" + base64_encoded("short")));
  EXPECT_FALSE(webhook_key("whsec_" + base64_encoded(std::string(65, 'k'))));
  EXPECT_FALSE(webhook_key("whsec_not base64!"));
}

// Known answers that others published.
class KnownAnswers : public ::testing::Test {
 protected:
  static nlohmann::json read(const std::string& name) {
    const char* set = std::getenv("PURSER_CORPUS");
    std::string corpus = set != nullptr ? set : "../shared/corpus";
    std::ifstream file(corpus + "/signatures/signature-kat/" + name);
    if (!file) return nullptr;
    return nlohmann::json::parse(file);
  }
};

TEST_F(KnownAnswers, StandardWebhooks) {
  auto vectors = read("webhooks.json");
  if (vectors.is_null()) GTEST_SKIP() << "no corpus: set PURSER_CORPUS";
  int seen = 0;
  for (const auto& vector : vectors) {
    if (vector["scheme"] != "standard-webhooks-v1") continue;
    ++seen;
    auto secret = webhook_key(vector["secret"].get<std::string>());
    ASSERT_TRUE(secret);
    std::vector<std::string> keys{*secret};
    auto header = [&](const char* name) { return vector["headers"][name].get<std::string>(); };
    auto id = header("webhook-id"), timestamp = header("webhook-timestamp"),
         signature = header("webhook-signature");
    std::chrono::sys_seconds at{std::chrono::seconds(vector["now"].get<std::int64_t>())};
    auto verdict = verify_webhook({id, timestamp, signature}, Body(vector["body"].get<std::string>()), keys,
                                  at, tolerance);
    EXPECT_EQ(verdict == WebhookVerdict::valid, vector["expect"] == "valid") << vector["source"];
  }
  EXPECT_GE(seen, 2);
}

TEST_F(KnownAnswers, Rfc4231) {
  auto vectors = read("rfc4231-hmac-sha256.json");
  if (vectors.is_null()) GTEST_SKIP() << "no corpus: set PURSER_CORPUS";
  auto bytes = [](const std::string& hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
      out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return out;
  };
  int seen = 0;
  for (const auto& vector : vectors["vectors"]) {
    auto text = [&](const char* name) { return vector.at(name).get<std::string>(); };
    auto mac = hex_encoded(bytes_of(hmac_sha256(bytes(text("key_hex")), bytes(text("data_hex")))));
    auto expected = text("mac_hex");
    EXPECT_EQ(mac.substr(0, expected.size()), expected);
    ++seen;
  }
  EXPECT_GE(seen, 5);
}

}  // namespace
}  // namespace purser::gateway
