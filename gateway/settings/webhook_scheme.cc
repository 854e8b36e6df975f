#include "gateway/settings/webhook_scheme.h"

#include <algorithm>
#include <optional>

#include "gateway/settings/encoding.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

constexpr std::size_t min_text_secret = 16;  // shorter ones are guessed
constexpr std::size_t max_text_secret = 1024;
constexpr std::size_t max_parts = 32;
constexpr std::size_t ed25519_bytes = 32;

// The names, fields and contents are those of each sender's manual.
struct Row {
  const char* name;
  const char* id_field;
  const char* timestamp_field;
  const char* signature_field;
  const char* other_signature_field;
  SignatureForm form;
  const char* prefix;
  SignatureEncoding encoding;
  SecretForm secret;
  Challenge challenge;
  const char* content;
};
constexpr Row rows[] = {
    {"standard", "webhook-id", "webhook-timestamp", "webhook-signature", "", SignatureForm::versions, "v1",
     SignatureEncoding::base64, SecretForm::standard, Challenge::none, "{id}.{timestamp}.{body}"},
    {"svix", "svix-id", "svix-timestamp", "svix-signature", "", SignatureForm::versions, "v1",
     SignatureEncoding::base64, SecretForm::standard, Challenge::none, "{id}.{timestamp}.{body}"},
    {"github", "X-GitHub-Delivery", "", "X-Hub-Signature-256", "", SignatureForm::plain,
     "sha256=", SignatureEncoding::hex, SecretForm::text, Challenge::github, "{body}"},
    {"stripe", "", "", "Stripe-Signature", "", SignatureForm::pairs, "v1", SignatureEncoding::hex,
     SecretForm::text, Challenge::none, "{timestamp}.{body}"},
    {"slack", "", "X-Slack-Request-Timestamp", "X-Slack-Signature", "", SignatureForm::plain,
     "v0=", SignatureEncoding::hex, SecretForm::text, Challenge::slack, "v0:{timestamp}:{body}"},
    {"shopify", "X-Shopify-Webhook-Id", "", "X-Shopify-Hmac-Sha256", "", SignatureForm::plain, "",
     SignatureEncoding::base64, SecretForm::text, Challenge::none, "{body}"},
    {"hookdeck", "X-Hookdeck-EventID", "", "X-Hookdeck-Signature", "X-Hookdeck-Signature-2",
     SignatureForm::plain, "", SignatureEncoding::base64, SecretForm::text, Challenge::none, "{body}"},
    {"discord", "", "X-Signature-Timestamp", "X-Signature-Ed25519", "", SignatureForm::plain, "",
     SignatureEncoding::hex, SecretForm::ed25519, Challenge::discord, "{timestamp}{body}"},
};

WebhookScheme scheme_of(const Row& row) {
  return {row.name,
          row.id_field,
          row.timestamp_field,
          row.signature_field,
          row.other_signature_field,
          row.form,
          row.prefix,
          row.encoding,
          "SHA256",
          row.secret,
          row.challenge,
          *parse_signed_content(row.content)};
}

std::optional<SignedPart> placeholder(std::string_view name) {
  using Kind = SignedPart::Kind;
  static constexpr std::pair<std::string_view, Kind> kinds[] = {{"id", Kind::id},
                                                                {"timestamp", Kind::timestamp},
                                                                {"body", Kind::body},
                                                                {"method", Kind::method},
                                                                {"target", Kind::target}};
  for (const auto& [text, kind] : kinds) {
    if (text == name) return SignedPart{kind, {}};
  }
  constexpr std::string_view header = "header:";
  if (name.starts_with(header) && name.size() > header.size())
    return SignedPart{Kind::header, std::string(name.substr(header.size()))};
  return std::nullopt;
}

std::expected<WebhookKey, std::string> public_key(std::string_view text) {
  constexpr std::string_view prefix = "whpk_";
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  auto bytes = text.size() == 2 * ed25519_bytes ? hex_decoded(text) : base64_decoded(text);
  if (!bytes || bytes->size() != ed25519_bytes)
    return std::unexpected(
        "an Ed25519 public key: 32 bytes in hexadecimal or base64, whpk_ before it or not");
  return WebhookKey{true, std::move(*bytes)};
}

std::expected<WebhookKey, std::string> decoded_key(std::optional<std::string> bytes, const char* expected) {
  if (!bytes || bytes->size() < min_text_secret || bytes->size() > max_text_secret)
    return std::unexpected(expected);
  return WebhookKey{false, std::move(*bytes)};
}

}  // namespace

bool WebhookScheme::has_signed_id() const {
  return !id_field.empty() && std::any_of(content.begin(), content.end(), [](const SignedPart& part) {
    return part.kind == SignedPart::Kind::id;
  });
}

std::span<const WebhookScheme> webhook_schemes() {
  static const std::vector<WebhookScheme> all = [] {
    std::vector<WebhookScheme> made;
    for (const auto& row : rows) made.push_back(scheme_of(row));
    return made;
  }();
  return all;
}

const WebhookScheme* find_webhook_scheme(std::string_view name) {
  auto all = webhook_schemes();
  auto found = std::find_if(all.begin(), all.end(), [&](const WebhookScheme& s) { return s.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::expected<std::vector<SignedPart>, std::string> parse_signed_content(std::string_view text) {
  std::vector<SignedPart> parts;
  std::size_t bodies = 0;
  while (!text.empty() && parts.size() < max_parts) {
    auto open = std::min(text.find('{'), text.size());
    if (open > 0) parts.push_back({SignedPart::Kind::text, std::string(text.substr(0, open))});
    text.remove_prefix(open);
    if (text.empty()) break;
    auto close = text.find('}');
    auto part = close == std::string_view::npos ? std::nullopt : placeholder(text.substr(1, close - 1));
    if (!part) {
      return std::unexpected(
          "what stands in braces is none of id, timestamp, body, method, target and header:NAME");
    }
    if (part->kind == SignedPart::Kind::body) ++bodies;
    parts.push_back(std::move(*part));
    text.remove_prefix(close + 1);
  }
  if (bodies != 1 || !text.empty()) return std::unexpected("it must hold {body} exactly once");
  return parts;
}

std::expected<WebhookKey, std::string> parse_webhook_key(SecretForm form, std::string_view text) {
  switch (form) {
    case SecretForm::standard: {
      if (text.starts_with("whpk_")) return public_key(text);
      auto key = webhook_key(text);
      if (!key) {
        return std::unexpected(
            "whsec_ and base64 of 24 to 64 random bytes, or whpk_ and base64 of an Ed25519 public key");
      }
      return WebhookKey{false, std::move(*key)};
    }
    case SecretForm::ed25519:
      return public_key(text);
    case SecretForm::hex:
      return decoded_key(hex_decoded(text), "16 to 1024 bytes in hexadecimal");
    case SecretForm::base64:
      return decoded_key(base64_decoded(text), "16 to 1024 bytes in base64");
    case SecretForm::text:
      return decoded_key(std::string(text), "a text of 16 to 1024 characters");
  }
  return std::unexpected("a known form");
}

}  // namespace purser::gateway
