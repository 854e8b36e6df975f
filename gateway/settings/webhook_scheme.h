// How senders of webhooks sign: one table of the schemes in use, and the shape of a configured one.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace purser::gateway {

/// How signatures stand in their field.
enum class SignatureForm : std::uint8_t {
  plain,     ///< one, after the prefix: "sha256=757107ea…"
  versions,  ///< several apart by blanks, each with its version: "v1,BASE64 v1a,BASE64"
  pairs,     ///< with the time, apart by commas: "t=1614265330,v1=HEX,v1=HEX"
};
enum class SignatureEncoding : std::uint8_t { hex, base64, base64url };
/// How the shared secret or public key is written.
enum class SecretForm : std::uint8_t {
  standard,  ///< whsec_BASE64 (HMAC) or whpk_BASE64 (Ed25519)
  text,      ///< the text itself is the key
  hex,
  base64,
  ed25519,  ///< a public key of 32 bytes, hexadecimal or base64 or whpk_
};
/// What a sender asks before it trusts an address; the answer is given only to a valid signature.
enum class Challenge : std::uint8_t {
  none,
  slack,    ///< {"type":"url_verification","challenge":"…"} is answered with the challenge
  github,   ///< X-GitHub-Event: ping is answered without booking anything
  discord,  ///< {"type":1} is answered with itself
};

/// A piece of what is signed.
struct SignedPart {
  enum class Kind : std::uint8_t { text, id, timestamp, body, method, target, header } kind;
  std::string text;  ///< of text; the name of header
};

struct WebhookScheme {
  std::string name;
  std::string id_field, timestamp_field;  ///< empty: the scheme has none
  std::string signature_field, other_signature_field;
  SignatureForm form = SignatureForm::plain;
  std::string prefix;  ///< plain: before the signature; versions and pairs: the version or key that counts
  SignatureEncoding encoding = SignatureEncoding::hex;
  std::string digest = "SHA256";  ///< of the HMAC: SHA256, SHA384, SHA512
  SecretForm secret = SecretForm::text;
  Challenge challenge = Challenge::none;
  std::vector<SignedPart> content;

  [[nodiscard]] bool has_time() const { return !timestamp_field.empty() || form == SignatureForm::pairs; }
  /// An id counts only if it is signed: else whoever replays a call chooses a new one.
  [[nodiscard]] bool has_signed_id() const;
};

/// A key that may have signed.
struct WebhookKey {
  bool ed25519 = false;  ///< else HMAC
  std::string bytes;
};

/// The known schemes: standard, svix, github, stripe, slack, shopify, hookdeck, discord.
std::span<const WebhookScheme> webhook_schemes();
const WebhookScheme* find_webhook_scheme(std::string_view name);  ///< or null

/// "{id}.{timestamp}.{body}", with {method}, {target} and {header:NAME}; {body} exactly once. The error says
/// what is wrong.
std::expected<std::vector<SignedPart>, std::string> parse_signed_content(std::string_view text);
/// A secret as its scheme writes it. The error says what is expected, never the secret.
std::expected<WebhookKey, std::string> parse_webhook_key(SecretForm form, std::string_view text);

}  // namespace purser::gateway
