#include "gateway/notify/sending.h"

#include <future>

namespace purser::gateway {

void send_event(Transport& transport, const Sending& sending, Instant now, Transport::Done done) {
  HttpTarget http;
  http.url = sending.subscription.url;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  http.headers = signature_fields(sending.hash_key, sending.subscription, sending.event, seconds);
  http.headers.emplace_back("User-Agent", sending.sender);
  http.media_type = cloud_event_media_type;
  http.total_timeout = event_timeout;
  http.allow_private_addresses = sending.private_addresses;
  auto target = std::make_shared<Target>();
  target->name = "subscription " + sending.subscription.name;
  target->where = std::move(http);
  Shipment shipment;
  shipment.bytes = sending.event.body;
  transport.send(std::move(target), std::move(shipment), std::move(done));
}

EventAttempt attempt_of(const CloudEvent& event, Instant at, const Receipt& receipt) {
  const auto detail = receipt.code.empty() ? receipt.detail : receipt.code + " " + receipt.detail;
  return {at, event.id, event.type, receipt.answer, !receipt.what.has_value(), receipt.took, detail};
}

EventAttempt send_event_and_wait(Transport& transport, const Sending& sending, Instant now) {
  std::promise<Receipt> promise;
  auto future = promise.get_future();
  send_event(transport, sending, now, [&promise](Receipt receipt) { promise.set_value(std::move(receipt)); });
  return attempt_of(sending.event, now, future.get());
}

}  // namespace purser::gateway
