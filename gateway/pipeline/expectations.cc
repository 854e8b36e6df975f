#include "gateway/pipeline/expectations.h"

#include <algorithm>

#include "gateway/route/acknowledges.h"

namespace purser::gateway {

std::vector<Expectation> expectations_of(const RouteTable& table, Translator& translator,
                                         const ClaimedDelivery& delivery, std::string_view bytes) {
  std::vector<Expectation> out;
  const auto route = std::ranges::find(table.routes, delivery.route, &Route::name);
  if (route == table.routes.end() || route->expect.empty()) return out;
  const auto about_interchange = [](const Expect& one) {
    return one.awaited.type == DocumentType::acknowledgement;
  };
  std::expected<Understanding, Status> sent = std::unexpected(Status{});
  if (!delivery.connector.empty() && std::ranges::any_of(route->expect, about_interchange)) {
    DecodeOrder order;
    order.connector = delivery.connector;
    order.partner = delivery.partner;
    sent = translator.decode(order, bytes);
  }
  const Document* document = sent && !sent->documents.empty() ? &sent->documents.front() : nullptr;
  for (const Expect& one : route->expect) {
    Expectation made;
    made.delivery = delivery.id;
    made.message = delivery.message;
    made.awaited = one.awaited;
    made.partner = one.partner;
    made.within = one.within;
    made.keys = keys_of_sent(delivery.type, delivery.number, document);
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace purser::gateway
