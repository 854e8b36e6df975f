#include "tests/simulation/promises.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace purser::simulation {

using gateway::DeliveryState;
using gateway::MessageState;

void Promises::check(const std::vector<Sent>& sent) {
  for (const Sent& one : sent) accepted_means_durable(one);
  once();
  order_in_lanes();
}

void Promises::accepted_means_durable(const Sent& one) {
  if (!one.answer) return broken_(fmt::format("{}: no answer, although all is calm", one.key));
  const auto view = journal_.show(*one.answer);
  if (!view)
    return broken_(fmt::format("{}: {} was accepted and is not in the journal: {}", one.key,
                               text(*one.answer), view.error().message));
  nothing_vanishes(one, *view);
  delivered_means_booked(*view);
}

void Promises::nothing_vanishes(const Sent& one, const gateway::MessageView& view) {
  const MessageState state = view.summary.state;
  if (!gateway::is_at_rest(state)) {
    broken_(fmt::format("{}: {} is still {}", one.key, text(view.summary.id), name(state)));
  }
  if (state == MessageState::parked && view.summary.why.empty()) {
    broken_(fmt::format("{}: {} is parked and nothing says why", one.key, text(view.summary.id)));
  }
  if (state == MessageState::cancelled) {
    broken_(fmt::format("{}: {} is cancelled, and nobody did that", one.key, text(view.summary.id)));
  }
  if (state == MessageState::delivered && (!one.readable || one.poison)) {
    broken_(fmt::format("{}: {} cannot have been delivered", one.key, text(view.summary.id)));
  }
  if (one.readable && view.deliveries.size() != 2) {  // one for each route
    broken_(fmt::format("{}: {} has {} deliveries", one.key, text(view.summary.id), view.deliveries.size()));
  }
}

void Promises::delivered_means_booked(const gateway::MessageView& view) {
  for (const auto& delivery : view.deliveries) {
    if (delivery.state == DeliveryState::cancelled) {
      broken_(fmt::format("{} is cancelled, and nobody did that", text(delivery.id)));
    }
    if (delivery.state == DeliveryState::delivered && receivers_.find(delivery.id) == nullptr) {
      broken_(
          fmt::format("{} is called delivered and {} never booked it", text(delivery.id), delivery.target));
    }
  }
}

void Promises::once() {
  std::map<std::pair<std::string, std::string>, gateway::DeliveryId>
      seen;  // each number was sent by one sender
  for (const Booking& booking : receivers_.bookings()) {
    const auto [at, fresh] = seen.try_emplace({booking.number, booking.route}, booking.delivery);
    if (!fresh)
      broken_(fmt::format("{} was booked as {} and as {} by {}", booking.number, text(at->second),
                          text(booking.delivery), booking.target));
  }
  for (const gateway::DeliveryId id : receivers_.held_twice()) {
    broken_(fmt::format("{} was sent by two nodes at once, under leases that lasted", text(id)));
  }
  for (const gateway::DeliveryId id : receivers_.changed()) {
    broken_(fmt::format("{} came with other bytes the second time", text(id)));
  }
}

// A lane's deliveries arrive in the order in which they were planned; a document that is admitted first and
// read afterwards takes its place when it is read, since its lane is not known before. One that was parked
// has left its place.
void Promises::order_in_lanes() {
  std::map<std::pair<std::string, std::string>, const Booking*> last;
  for (const Booking& booking : receivers_.bookings()) {
    if (booking.lane.empty()) continue;
    const auto steps = journal_.timeline(booking.message);
    bool was_parked = !steps.has_value();
    if (steps) {
      for (const gateway::Step& step : *steps) was_parked = was_parked || step.what == "parked";
    }
    if (was_parked) continue;
    const Booking*& before = last[{booking.target, booking.lane}];
    if (before != nullptr && before->delivery > booking.delivery) {
      broken_(fmt::format("lane {} of {}: {} was booked after {}", booking.lane, booking.target,
                          text(booking.delivery), text(before->delivery)));
    }
    before = &booking;
  }
}

}  // namespace purser::simulation
