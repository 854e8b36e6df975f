// Signed webhooks by the Standard Webhooks scheme, v1: HMAC-SHA256 over "id.timestamp.body".
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/intake/http_front.h"

namespace purser::gateway {

/// What became of a signature. Only `valid` lets a message in; the rest goes to counters and the audit
/// trail, never to the caller, who learns 401 and no more.
enum class WebhookVerdict : std::uint8_t {
  valid,
  missing,    ///< one of the three fields is absent or malformed
  stale,      ///< the timestamp is further from now than tolerated
  forged,     ///< no signature fits any live secret
  unreadable  ///< the body's file could not be read: our fault
};
std::string_view name(WebhookVerdict verdict);

/// The three fields as they were sent.
struct WebhookFields {
  std::string_view id;         ///< webhook-id
  std::string_view timestamp;  ///< webhook-timestamp, seconds since 1970
  std::string_view signature;  ///< webhook-signature, "v1,BASE64 v1,BASE64 …"
};

/// Checks timestamp and signature against every live key; constant time in the comparison. [any]
WebhookVerdict verify_webhook(const WebhookFields& fields, const Body& body,
                              std::span<const std::string> keys, std::chrono::sys_seconds now,
                              std::chrono::seconds tolerance);

/// "v1,BASE64" for what we send ourselves and for tests. [any]
std::string sign_webhook(std::string_view key, std::string_view id, std::int64_t timestamp,
                         std::string_view body);

}  // namespace purser::gateway
