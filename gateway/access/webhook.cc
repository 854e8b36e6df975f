#include "gateway/access/webhook.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/access/jose/crypto.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_id = 256;         // becomes part of the claim in the journal
constexpr std::size_t max_signatures = 16;  // a sender in rotation sends two
constexpr std::int64_t max_time = std::int64_t{1} << 40;
constexpr std::int64_t first_milliseconds = 100'000'000'000;  // in seconds, the year 5138
constexpr std::size_t max_challenge_body = 64 * 1024;

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= max_id && std::all_of(id.begin(), id.end(), [](char c) {
    return c > ' ' && static_cast<unsigned char>(c) < 0x7f && c != '.';
  });
}

// A signature as it was sent, with its bytes.
struct Sent {
  bool ed25519;
  std::string bytes;
};

std::optional<std::string> decoded(SignatureEncoding encoding, std::string_view text) {
  switch (encoding) {
    case SignatureEncoding::hex:
      return hex_decoded(text);
    case SignatureEncoding::base64:
      return base64_decoded(text);
    case SignatureEncoding::base64url:
      return base64url_decoded(text);
  }
  return std::nullopt;
}

void take(std::vector<Sent>& into, const WebhookScheme& scheme, bool ed25519, std::string_view text) {
  auto bytes = decoded(scheme.encoding, text);
  if (bytes && !bytes->empty() && into.size() < max_signatures) into.push_back({ed25519, std::move(*bytes)});
}

// "v1,BASE64 v1a,BASE64": v1a is Ed25519 (Standard Webhooks, "Signature scheme").
void take_versions(std::vector<Sent>& into, const WebhookScheme& scheme, std::string_view field) {
  while (!field.empty()) {
    auto end = std::min(field.find(' '), field.size());
    auto one = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    auto comma = one.find(',');
    if (comma == std::string_view::npos) continue;
    auto version = one.substr(0, comma);
    if (version == scheme.prefix) take(into, scheme, false, one.substr(comma + 1));
    if (version == scheme.prefix + "a") take(into, scheme, true, one.substr(comma + 1));
  }
}

// "t=TIME,v1=HEX": the time is the first t, as it was sent.
void take_pairs(std::vector<Sent>& into, std::string_view& time, const WebhookScheme& scheme,
                std::string_view field) {
  while (!field.empty()) {
    auto end = std::min(field.find(','), field.size());
    auto one = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    auto equals = one.find('=');
    if (equals == std::string_view::npos) continue;
    auto key = one.substr(0, equals);
    auto value = one.substr(equals + 1);
    if (key == "t" && time.empty()) time = value;
    if (key == scheme.prefix) take(into, scheme, scheme.secret == SecretForm::ed25519, value);
  }
}

void take_plain(std::vector<Sent>& into, const WebhookScheme& scheme, std::string_view field) {
  if (field.starts_with(scheme.prefix))
    take(into, scheme, scheme.secret == SecretForm::ed25519, field.substr(scheme.prefix.size()));
}

// Seconds since 1970; in a scheme of somebody's own, milliseconds where the number is too great for seconds.
std::optional<std::chrono::sys_seconds> time_of(const WebhookScheme& scheme, std::string_view text) {
  std::int64_t number = 0;
  auto* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number <= 0 || number > max_time * 1000) return std::nullopt;
  if (number >= first_milliseconds) {
    if (find_webhook_scheme(scheme.name) != nullptr) return std::nullopt;
    number /= 1000;
  }
  return std::chrono::sys_seconds(std::chrono::seconds(number));
}

// What a request carries for a scheme.
struct Envelope {
  std::string_view id, time;
  std::vector<Sent> signatures;
};

Envelope open(const WebhookScheme& scheme, const WebhookRequest& request) {
  Envelope envelope;
  if (!scheme.id_field.empty()) envelope.id = request.field(scheme.id_field);
  if (!scheme.timestamp_field.empty()) envelope.time = request.field(scheme.timestamp_field);
  for (const auto* field : {&scheme.signature_field, &scheme.other_signature_field}) {
    if (field->empty()) continue;
    auto value = request.field(*field);
    if (scheme.form == SignatureForm::versions) take_versions(envelope.signatures, scheme, value);
    if (scheme.form == SignatureForm::pairs) take_pairs(envelope.signatures, envelope.time, scheme, value);
    if (scheme.form == SignatureForm::plain) take_plain(envelope.signatures, scheme, value);
  }
  return envelope;
}

// Hands what is signed to `add`, piece by piece. False if the body cannot be read.
bool signed_content(const WebhookScheme& scheme, const WebhookRequest& request, const Envelope& envelope,
                    const Body& body, const std::function<void(std::string_view)>& add) {
  bool whole = true;
  for (const auto& part : scheme.content) {
    switch (part.kind) {
      case SignedPart::Kind::text:
        add(part.text);
        break;
      case SignedPart::Kind::id:
        add(envelope.id);
        break;
      case SignedPart::Kind::timestamp:
        add(envelope.time);
        break;
      case SignedPart::Kind::method:
        add(request.method);
        break;
      case SignedPart::Kind::target:
        add(request.target);
        break;
      case SignedPart::Kind::header:
        add(request.field(part.text));
        break;
      case SignedPart::Kind::body:
        whole = for_each_piece(body, add);
        break;
    }
  }
  return whole;
}

WebhookVerdict judge(const WebhookScheme& scheme, const WebhookRequest& request, const Envelope& envelope,
                     const Body& body, std::span<const WebhookKey> keys) {
  std::vector<Hmac> hmacs;
  bool some_ed25519 = false;
  for (const auto& key : keys) {
    if (key.ed25519) {
      some_ed25519 = true;
    } else {
      hmacs.emplace_back(key.bytes, scheme.digest);
    }
  }
  std::string whole_text;  // Ed25519 reads what it verifies twice
  bool whole = signed_content(scheme, request, envelope, body, [&](std::string_view piece) {
    for (auto& hmac : hmacs) hmac.add(piece);
    if (some_ed25519) whole_text += piece;
  });
  if (!whole) return WebhookVerdict::unreadable;
  bool fits = false;
  for (auto& hmac : hmacs) {
    auto mac = hmac.finish();
    for (const auto& sent : envelope.signatures)
      fits |= !sent.ed25519 && equal_in_constant_time(mac, sent.bytes);
  }
  static const auto* ed25519 = find_jose_algorithm("EdDSA");
  for (const auto& key : keys) {
    auto point = key.ed25519 ? CryptoKey::ed25519(key.bytes) : std::unexpected(std::string());
    for (const auto& sent : envelope.signatures)
      fits |= point && sent.ed25519 && verify(*ed25519, *point, whole_text, sent.bytes);
  }
  return fits ? WebhookVerdict::valid : WebhookVerdict::forged;
}

}  // namespace

std::string_view name(WebhookVerdict verdict) {
  switch (verdict) {
    case WebhookVerdict::valid:
      return "valid";
    case WebhookVerdict::missing:
      return "missing";
    case WebhookVerdict::stale:
      return "stale";
    case WebhookVerdict::forged:
      return "forged";
    case WebhookVerdict::unreadable:
      return "unreadable";
  }
  return "";
}

WebhookResult verify_webhook(const WebhookScheme& scheme, const WebhookRequest& request, const Body& body,
                             std::span<const WebhookKey> keys, std::chrono::sys_seconds now,
                             std::chrono::seconds tolerance) {
  auto envelope = open(scheme, request);
  bool id_is_signed = scheme.has_signed_id();
  if (envelope.signatures.empty() || (id_is_signed && !is_plain_id(envelope.id))) return {};
  if (scheme.has_time()) {
    auto time = time_of(scheme, envelope.time);
    if (!time) return {};
    if (std::chrono::abs(now - *time) > tolerance) return {WebhookVerdict::stale, {}};
  }
  WebhookResult result{judge(scheme, request, envelope, body, keys), {}};
  if (result.verdict != WebhookVerdict::valid) return result;
  if (id_is_signed) {
    result.id = envelope.id;
    return result;
  }
  auto digest = body_digest(body);
  if (digest.empty()) return {WebhookVerdict::unreadable, {}};
  result.id = "sha256:" + digest;
  return result;
}

std::optional<std::string> challenge_answer(const WebhookScheme& scheme, const WebhookRequest& request,
                                            const Body& body) {
  using nlohmann::json;
  if (scheme.challenge == Challenge::none || body.in_file() || body.bytes.size() > max_challenge_body)
    return std::nullopt;
  if (scheme.challenge == Challenge::github) {
    return request.field("X-GitHub-Event") == "ping" ? std::optional<std::string>("{\"pong\":true}\n")
                                                     : std::nullopt;
  }
  auto asked = json::parse(body.bytes, nullptr, false);
  if (!asked.is_object()) return std::nullopt;
  auto type = asked.find("type");
  if (type == asked.end()) return std::nullopt;
  if (scheme.challenge == Challenge::discord)
    return *type == 1 ? std::optional<std::string>("{\"type\":1}\n") : std::nullopt;
  auto challenge = asked.find("challenge");
  if (*type != "url_verification" || challenge == asked.end() || !challenge->is_string()) return std::nullopt;
  return json{{"challenge", *challenge}}.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string sign_webhook(std::string_view key, std::string_view id, std::int64_t timestamp,
                         std::string_view body) {
  Hmac hmac(key);
  hmac.add(id);
  hmac.add("." + std::to_string(timestamp) + ".");
  hmac.add(body);
  return "v1," + base64_encoded(hmac.finish());
}

}  // namespace purser::gateway
