// One event sent once, through the transports of deliveries.
#pragma once

#include <functional>
#include <memory>

#include "gateway/deliver/transport.h"
#include "gateway/notify/cloud_event.h"

namespace purser::gateway {

/// Where to, and by which rights.
struct Sending {
  Subscription subscription;
  CloudEvent event;
  std::string hash_key;
  bool private_addresses = false;
  std::string sender;  ///< EventSource::sender
};

/// Receivers answer within this time, as Standard Webhooks recommend (15 to 30 s): they take first, work
/// later.
inline constexpr std::chrono::seconds event_timeout{20};

void send_event(Transport& transport, const Sending& sending, Instant now, Transport::Done done);
/// The same for who waits.
EventAttempt send_event_and_wait(Transport& transport, const Sending& sending, Instant now);
EventAttempt attempt_of(const CloudEvent& event, Instant at, const Receipt& receipt);

}  // namespace purser::gateway
