#include "gateway/access/webhook.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "gateway/access/hmac.h"
#include "gateway/access/jose/crypto.h"
#include "gateway/settings/encoding.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'700'000'000)};
constexpr std::chrono::seconds tolerance{300};
const std::string key(32, 'k');

WebhookVerdict standard_verdict(std::string_view id, std::string_view timestamp, std::string_view signature,
                                const Body& body, const std::vector<std::string>& secrets) {
  WebhookRequest request{"POST", "/", [&](std::string_view name) {
                           return name == "webhook-id"          ? id
                                  : name == "webhook-timestamp" ? timestamp
                                  : name == "webhook-signature" ? signature
                                                                : std::string_view();
                         }};
  std::vector<WebhookKey> keys;
  for (const auto& secret : secrets) keys.push_back({false, secret});
  return verify_webhook(*find_webhook_scheme("standard"), request, body, keys, now, tolerance).verdict;
}

struct Signed {
  std::string id = "msg_1";
  std::string timestamp = "1700000000";
  std::string signature = sign_webhook(key, "msg_1", 1'700'000'000, "hello");
  std::vector<std::string> keys{key};
  std::string body = "hello";
  [[nodiscard]] WebhookVerdict verdict() const {
    return standard_verdict(id, timestamp, signature, Body(body), keys);
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
      {"timestamp with a sign", [](Signed& s) { s.timestamp = "+1700000000"; }, WebhookVerdict::missing},
      {"timestamp with a blank", [](Signed& s) { s.timestamp = " 1700000000"; }, WebhookVerdict::missing},
      {"timestamp with a fraction", [](Signed& s) { s.timestamp = "1700000000.0"; }, WebhookVerdict::missing},
      {"timestamp in hexadecimal", [](Signed& s) { s.timestamp = "0x6553f100"; }, WebhookVerdict::missing},
      {"timestamp below zero", [](Signed& s) { s.timestamp = "-1700000000"; }, WebhookVerdict::missing},
      {"timestamp in milliseconds, signed",
       [](Signed& s) {
         s.timestamp = "1700000000000";
         s.signature = sign_webhook(key, s.id, 1'700'000'000'000, s.body);
       },
       WebhookVerdict::missing},
      {"signature of another length",
       [](Signed& s) { s.signature = "v1," + base64_encoded(std::string(31, 'x')); }, WebhookVerdict::forged},
      {"the MAC as v1a", [](Signed& s) { s.signature.insert(2, "a"); }, WebhookVerdict::forged},
      {"base64 without its padding", [](Signed& s) { s.signature.pop_back(); }, WebhookVerdict::missing},
      {"base64url", [](Signed& s) { s.signature[5] = '-'; }, WebhookVerdict::missing},
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
  EXPECT_EQ(standard_verdict("m", "1700000000", signature, body, keys), WebhookVerdict::valid);
  body.size -= 1;
  EXPECT_EQ(standard_verdict("m", "1700000000", signature, body, keys), WebhookVerdict::unreadable);
}

TEST(WebhookKey, TakesStandardSecretsOnly) {
  EXPECT_EQ(webhook_key("whsec_" + base64_encoded(key)), key);
  EXPECT_FALSE(webhook_key(base64_encoded(key)));
  EXPECT_FALSE(webhook_key("whsec_"));
  EXPECT_FALSE(webhook_key("whsec_" + base64_encoded("short")));
  EXPECT_FALSE(webhook_key("whsec_" + base64_encoded(std::string(65, 'k'))));
  EXPECT_FALSE(webhook_key("whsec_not base64!"));
}

// One scheme after another: the fields a sender of that kind sends, made here by its manual.
struct Sending {
  const char* scheme;
  std::string secret;
  std::map<std::string, std::string> fields;
  std::string body;
};

std::string mac_hex(std::string_view secret, std::string_view text) {
  return hex_encoded(bytes_of(hmac_sha256(secret, text)));
}
std::string mac_base64(std::string_view secret, std::string_view text) {
  return base64_encoded(bytes_of(hmac_sha256(secret, text)));
}

const std::string text_secret = "0123456789abcdef0123456789abcdef";

std::vector<Sending> sendings() {
  const std::string body = R"({"order":1})";
  const std::string time = "1700000000";
  auto ed = *CryptoKey::generate(KeyKind::ed25519);
  auto sign_ed = [&](const std::string& text) { return *sign(*find_jose_algorithm("EdDSA"), ed, text); };
  auto standard = base64_encoded(key);
  return {
      {"standard",
       "whsec_" + standard,
       {{"webhook-id", "m1"},
        {"webhook-timestamp", time},
        {"webhook-signature", sign_webhook(key, "m1", 1'700'000'000, body)}},
       body},
      {"standard",
       "whpk_" + base64_encoded(ed.raw_public()),
       {{"webhook-id", "m1"},
        {"webhook-timestamp", time},
        {"webhook-signature", "v1a," + base64_encoded(sign_ed("m1." + time + "." + body))}},
       body},
      {"svix",
       "whsec_" + standard,
       {{"svix-id", "m1"},
        {"svix-timestamp", time},
        {"svix-signature", sign_webhook(key, "m1", 1'700'000'000, body)}},
       body},
      {"github", text_secret, {{"X-Hub-Signature-256", "sha256=" + mac_hex(text_secret, body)}}, body},
      {"stripe",
       text_secret,
       {{"Stripe-Signature", "t=" + time + ",v0=00,v1=00,v1=" + mac_hex(text_secret, time + "." + body)}},
       body},
      {"slack",
       text_secret,
       {{"X-Slack-Request-Timestamp", time},
        {"X-Slack-Signature", "v0=" + mac_hex(text_secret, "v0:" + time + ":" + body)}},
       body},
      {"shopify", text_secret, {{"X-Shopify-Hmac-Sha256", mac_base64(text_secret, body)}}, body},
      {"hookdeck",
       text_secret,
       {{"X-Hookdeck-Signature", "AAAA"}, {"X-Hookdeck-Signature-2", mac_base64(text_secret, body)}},
       body},
      {"discord",
       hex_encoded(ed.raw_public()),
       {{"X-Signature-Timestamp", time}, {"X-Signature-Ed25519", hex_encoded(sign_ed(time + body))}},
       body},
  };
}

WebhookResult result_of(const WebhookScheme& scheme, const Sending& sending,
                        std::chrono::sys_seconds at = now) {
  auto secret = parse_webhook_key(scheme.secret, sending.secret);
  EXPECT_TRUE(secret) << scheme.name;
  WebhookRequest request{"POST", "/v1/webhooks/shop?x=1", [&](std::string_view name) -> std::string_view {
                           auto found = sending.fields.find(std::string(name));
                           return found == sending.fields.end() ? std::string_view() : found->second;
                         }};
  const WebhookKey keys[] = {{false, std::string(32, 'o')}, *secret};
  return verify_webhook(scheme, request, Body(sending.body), keys, at, tolerance);
}

TEST(WebhookSchemes, EachTakesItsSendersCalls) {
  std::set<std::string> seen;
  for (const auto& sending : sendings()) {
    const auto* scheme = find_webhook_scheme(sending.scheme);
    ASSERT_NE(scheme, nullptr) << sending.scheme;
    seen.insert(sending.scheme);
    auto result = result_of(*scheme, sending);
    EXPECT_EQ(result.verdict, WebhookVerdict::valid) << sending.scheme;
    EXPECT_EQ(result.id.starts_with("sha256:"), !scheme->has_signed_id()) << sending.scheme;
    auto changed = sending;
    changed.body += " ";
    EXPECT_EQ(result_of(*scheme, changed).verdict, WebhookVerdict::forged) << sending.scheme;
    for (const auto& [name, value] : sending.fields) {
      changed = sending;
      changed.fields.erase(name);
      if (value == "AAAA") continue;  // the other of two signatures
      EXPECT_NE(result_of(*scheme, changed).verdict, WebhookVerdict::valid)
          << sending.scheme << " without " << name;
      changed = sending;
      changed.fields[name] += "0";
      EXPECT_NE(result_of(*scheme, changed).verdict, WebhookVerdict::valid)
          << sending.scheme << " with another " << name;
    }
    auto late = result_of(*scheme, sending, now + std::chrono::seconds(301)).verdict;
    EXPECT_EQ(late, scheme->has_time() ? WebhookVerdict::stale : WebhookVerdict::valid) << sending.scheme;
  }
  EXPECT_EQ(seen.size(), webhook_schemes().size()) << "every row of the table";
}

// An id that is not signed is the replayer's to choose: it must not make a new message.
TEST(WebhookSchemes, AnUnsignedIdDoesNotMakeANewMessage) {
  for (auto sending : sendings()) {
    const auto* scheme = find_webhook_scheme(sending.scheme);
    if (scheme->id_field.empty() || scheme->has_signed_id()) continue;
    sending.fields[scheme->id_field] = "first";
    auto first = result_of(*scheme, sending).id;
    sending.fields[scheme->id_field] = "second";
    EXPECT_EQ(result_of(*scheme, sending).id, first) << sending.scheme;
  }
}

TEST(WebhookSchemes, AConfiguredOneSignsWhatItSays) {
  WebhookScheme scheme;
  scheme.signature_field = "X-Sig";
  scheme.id_field = "X-Id";
  scheme.timestamp_field = "X-Time";
  scheme.encoding = SignatureEncoding::base64url;
  scheme.digest = "SHA512";
  scheme.content = *parse_signed_content("{method} {target}|{header:X-Tenant}|{id}|{timestamp}|{body}");
  Sending sending{
      "generic", text_secret, {{"X-Id", "7"}, {"X-Time", "1700000000123"}, {"X-Tenant", "a"}}, "b"};
  Hmac hmac(text_secret, "SHA512");
  hmac.add("POST /v1/webhooks/shop?x=1|a|7|1700000000123|b");
  sending.fields["X-Sig"] = base64url_encoded(hmac.finish());
  auto result = result_of(scheme, sending);
  EXPECT_EQ(result.verdict, WebhookVerdict::valid);
  EXPECT_EQ(result.id, "7");
  sending.fields["X-Tenant"] = "b";
  EXPECT_EQ(result_of(scheme, sending).verdict, WebhookVerdict::forged);
  for (const char* bad : {"", "{id}", "{body}{body}", "{body", "{other}{body}", "{header:}{body}"}) {
    EXPECT_FALSE(parse_signed_content(bad)) << bad;
  }
}

TEST(WebhookSchemes, ChallengesAreAnswered) {
  auto answer = [](const char* scheme, const char* body, const char* event = "") {
    WebhookRequest request{"POST", "/", [&](std::string_view name) {
                             return name == "X-GitHub-Event" ? std::string_view(event) : std::string_view();
                           }};
    return challenge_answer(*find_webhook_scheme(scheme), request, Body(body)).value_or("none");
  };
  EXPECT_EQ(answer("slack", R"({"type":"url_verification","challenge":"abc"})"), "{\"challenge\":\"abc\"}\n");
  EXPECT_EQ(answer("slack", R"({"type":"event_callback"})"), "none");
  EXPECT_EQ(answer("slack", R"({"type":"url_verification","challenge":1})"), "none");
  EXPECT_EQ(answer("slack", "no json"), "none");
  EXPECT_EQ(answer("github", "{}", "ping"), "{\"pong\":true}\n");
  EXPECT_EQ(answer("github", "{}", "push"), "none");
  EXPECT_EQ(answer("discord", R"({"type":1})"), "{\"type\":1}\n");
  EXPECT_EQ(answer("standard", R"({"type":"url_verification","challenge":"abc"})"), "none");
}

}  // namespace
}  // namespace purser::gateway
