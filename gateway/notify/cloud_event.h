// Entries of the trail as CloudEvents 1.0, signed by Standard Webhooks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/notify/subscription.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Every type begins so: dev.purser.document.delivered, dev.purser.delivery.parked.
inline constexpr std::string_view event_type_prefix = "dev.purser.";
inline constexpr std::string_view test_event_type = "dev.purser.test";
inline constexpr std::string_view cloud_event_media_type = "application/cloudevents+json";

/// An event as it is sent.
struct CloudEvent {
  std::string id, type, body;
  MessageId message;
};

/// "dev.purser.document.delivered"; of a delivery, "dev.purser.delivery.delivered"; of neither,
/// "dev.purser.gateway.denied".
std::string event_type(const Step& step);
/// The event of an entry. What the message was is added while it is kept.
/// Whose events they are, as receivers see it.
struct EventSource {
  std::string uri;     ///< `source`: https://HOST, or urn:purser:tenant:NAME where the tenant has no host
  std::string sender;  ///< `User-Agent` (RFC 9110, 10.1.5): the service's name, other characters as "-"
};
EventSource event_source(const Tenant& tenant);

CloudEvent cloud_event(Journal& journal, const TrailEntry& entry, const EventSource& source);
CloudEvent test_event(const Subscription& subscription, Instant now, const EventSource& source);

using HeaderFields = std::vector<std::pair<std::string, std::string>>;
/// webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks, "Signature scheme"), by the secret
/// in force and, while both are good, the one before.
HeaderFields signature_fields(std::string_view hash_key, const Subscription& subscription,
                              const CloudEvent& event, std::int64_t now_seconds);

}  // namespace purser::gateway
