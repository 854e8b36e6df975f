// The published known answers of RFC 9421 appendix B and RFC 4231, from the folder PURSER_CORPUS names.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/access/signature/verify.h"
#include "gateway/access/webhook.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;

json vectors(const char* name) {
  const char* given = std::getenv("PURSER_CORPUS");
  auto path = std::filesystem::path(given != nullptr ? given : "../shared/corpus") /
              "signatures/signature-kat" / name;
  std::ifstream file(path);
  return file ? json::parse(file) : json();
}

HttpMessage message_of(const json& given) {
  HttpMessage message;
  for (const auto& field : given["headers"]) message.fields.emplace_back(field[0], field[1]);
  if (given.contains("status")) {
    message.status = given["status"];
    return message;
  }
  message.method = given["method"];
  auto url = given["url"].get<std::string>();
  auto host = url.find("://") + 3;
  auto path = url.find('/', host);
  message.scheme = url.substr(0, host - 3);
  message.authority = url.substr(host, path - host);
  message.request_target = url.substr(path);
  return message;
}

TEST(Rfc9421, EveryVectorOfAppendixBHolds) {
  auto all = vectors("rfc9421.json");
  if (all.is_null()) GTEST_SKIP() << "no corpus: set PURSER_CORPUS";
  KeySet keys;
  for (const auto& [id, pem] : all["keys"].items()) {
    auto key = CryptoKey::pem(pem.get<std::string>());
    ASSERT_TRUE(key) << id << ": " << key.error();
    keys.keys.push_back({id, "", *key});
  }
  keys.keys.push_back({"test-shared-secret", "",
                       *CryptoKey::secret(*base64_decoded(all["shared_secret_b64"].get<std::string>()))});
  for (const auto& vector : all["vectors"]) {
    const auto& given = all[vector["message"] == "test-request" ? "test_request" : "test_response"];
    auto message = message_of(given);
    message.fields.emplace_back("Signature-Input", vector["signature_input"]);
    message.fields.emplace_back("Signature", vector["signature"]);
    SignaturePolicy policy;
    policy.algorithms = {vector["alg"]};
    policy.covered = {};
    policy.label = vector["label"];
    const std::chrono::sys_seconds now{std::chrono::seconds(1618884473)};
    auto body = given["body"].get<std::string>();
    auto found = verify_message(message, pieces_of(body), keys, policy, now);
    ASSERT_TRUE(found) << vector["section"] << ": " << name(found.error());
    EXPECT_EQ(found->base, vector["signature_base"].get<std::string>()) << vector["section"];
    EXPECT_EQ(found->algorithm, vector["alg"].get<std::string>());
    message.fields.back().second[20] = message.fields.back().second[20] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify_message(message, pieces_of(body), keys, policy, now)) << vector["section"];
  }
}

TEST(Rfc4231, EveryVectorHolds) {
  auto all = vectors("rfc4231-hmac-sha256.json");
  if (all.is_null()) GTEST_SKIP() << "no corpus: set PURSER_CORPUS";
  for (const auto& vector : all["vectors"]) {
    auto mac = hmac_sha256(*hex_decoded(vector["key_hex"].get<std::string>()),
                           *hex_decoded(vector["data_hex"].get<std::string>()));
    auto wanted = vector.contains("mac_hex") ? vector["mac_hex"] : vector["mac_hex_truncated"];
    EXPECT_TRUE(hex_encoded(bytes_of(mac)).starts_with(wanted.get<std::string>()));
  }
}

TEST(Webhooks, EveryPublishedAnswerHolds) {
  auto all = vectors("webhooks.json");
  if (all.is_null()) GTEST_SKIP() << "no corpus: set PURSER_CORPUS";
  for (const auto& vector : all) {
    auto wanted = vector["scheme"].get<std::string>();
    for (const char* version : {"-webhooks-v1", "-v0"}) {
      if (wanted.ends_with(version)) wanted.resize(wanted.size() - std::string_view(version).size());
    }
    const auto* scheme = find_webhook_scheme(wanted);
    ASSERT_NE(scheme, nullptr) << wanted;
    auto secret = parse_webhook_key(scheme->secret, vector["secret"].get<std::string>());
    ASSERT_TRUE(secret) << secret.error();
    const auto& fields = vector["headers"];
    WebhookRequest request{"POST", "/", [&](std::string_view name) -> std::string_view {
                             auto found = fields.find(std::string(name));
                             if (found == fields.end()) return {};
                             return found->get_ref<const std::string&>();
                           }};
    const std::chrono::sys_seconds now{std::chrono::seconds(vector.value("now", std::int64_t{0}))};
    const WebhookKey keys[] = {*secret};
    auto result = verify_webhook(*scheme, request, Body(vector["body"].get<std::string>()), keys, now,
                                 std::chrono::seconds(300));
    EXPECT_EQ(result.verdict == WebhookVerdict::valid, vector["expect"] == "valid") << vector["source"];
  }
}

}  // namespace
}  // namespace purser::gateway
