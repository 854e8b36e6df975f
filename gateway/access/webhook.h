// Signed webhooks, by any scheme of the table in gateway/settings/webhook_scheme.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/intake/http_front.h"
#include "gateway/settings/webhook_scheme.h"

namespace purser::gateway {

/// What became of a signature. Only `valid` lets a message in; the rest goes to counters and the audit
/// trail, never to the caller, who learns 401 and no more.
enum class WebhookVerdict : std::uint8_t {
  valid,
  missing,    ///< a field of the scheme is absent or malformed
  stale,      ///< the timestamp is further from now than tolerated
  forged,     ///< no signature fits any live secret
  unreadable  ///< the body's file could not be read: our fault
};
std::string_view name(WebhookVerdict verdict);

/// What of a request a scheme may look at.
struct WebhookRequest {
  std::string_view method, target;
  std::function<std::string_view(std::string_view name)> field;  ///< empty if there is none
};

struct WebhookResult {
  WebhookVerdict verdict = WebhookVerdict::missing;
  /// The replay receipt of a valid one: the id if it is signed, else "sha256:" and the digest of the body.
  /// The time is left out, so that a sender's own retry, which carries a new one, is known again.
  std::string id;
};

/// Checks time and signatures against every live key; comparisons take constant time, and every key is tried
/// whichever fits. For Ed25519 the body is held in memory, however large. [any]
WebhookResult verify_webhook(const WebhookScheme& scheme, const WebhookRequest& request, const Body& body,
                             std::span<const WebhookKey> keys, std::chrono::sys_seconds now,
                             std::chrono::seconds tolerance);

/// The answer to a challenge, if the request is one. Ask only after a valid signature. [any]
std::optional<std::string> challenge_answer(const WebhookScheme& scheme, const WebhookRequest& request,
                                            const Body& body);

/// "v1,BASE64" for what we send ourselves and for tests. [any]
std::string sign_webhook(std::string_view key, std::string_view id, std::int64_t timestamp,
                         std::string_view body);

}  // namespace purser::gateway
