#include "tests/simulation/network.h"

#include <utility>

namespace purser::simulation {
namespace {

// Every so many answers a healthy receiver is overloaded for a moment.
constexpr std::uint64_t overloaded_per_mille = 20;

gateway::Receipt receipt_of(int answer) {
  gateway::Receipt receipt;
  receipt.answer = static_cast<std::uint16_t>(answer);
  if (answer == 200) return receipt;
  receipt.what = answer == 422 ? StatusClass::invalid : StatusClass::overloaded;
  receipt.code = answer == 422 ? "DELIVER-0003" : "DELIVER-0004";
  receipt.detail = std::to_string(answer);
  if (answer == 503) receipt.retry_after = seconds(1);
  return receipt;
}

gateway::Receipt timed_out() {
  gateway::Receipt receipt;
  receipt.what = StatusClass::unavailable;
  receipt.code = "DELIVER-0002";
  receipt.detail = "no answer";
  return receipt;
}

}  // namespace

microseconds travel_time(World& world, const Weather& weather) {
  if (world.chance(weather.late)) return world.between(seconds(1), seconds(90));
  return world.between(microseconds(100), milliseconds(20));
}

int Receivers::receive(const std::string& target, const gateway::Shipment& shipment) {
  if (const auto down = down_until_.find(target); down != down_until_.end() && world_.now() < down->second) {
    return 503;
  }
  const auto& delivery = shipment.delivery;
  if (const auto known = places_.find(delivery.id); known != places_.end()) {
    Booking& booking = bookings_[known->second];
    ++booking.arrivals;
    if (booking.bytes != shipment.bytes) changed_.insert(delivery.id);
    return 200;
  }
  if (shipment.bytes.find("poison") != std::string::npos) return 422;
  if (world_.chance(overloaded_per_mille)) return 429;
  places_[delivery.id] = bookings_.size();
  bookings_.push_back({delivery.id, delivery.message, delivery.number, target, delivery.route, delivery.lane,
                       shipment.bytes, 1});
  world_.note(static_cast<std::uint64_t>(delivery.id.value));
  return 200;
}

void Receivers::begins(const gateway::ClaimedDelivery& delivery, Life life) {
  const gateway::Instant now{SimulatedClock::epoch + world_.now()};
  const auto before = holders_.find(delivery.id);
  if (clocks_agree_ && before != holders_.end() && world_.is_alive(before->second.life) &&
      now < before->second.until) {
    held_twice_.insert(delivery.id);
  }
  holders_[delivery.id] = {life, delivery.leased_until};
}

void Receivers::ends(const gateway::ClaimedDelivery& delivery, Life life) {
  const auto holder = holders_.find(delivery.id);
  if (holder != holders_.end() && holder->second.life == life) holders_.erase(holder);
}

const Booking* Receivers::find(gateway::DeliveryId delivery) const {
  const auto found = places_.find(delivery);
  return found == places_.end() ? nullptr : &bookings_[found->second];
}

void SimulatedTransport::send(std::shared_ptr<const gateway::Target> target, gateway::Shipment shipment,
                              Done done) {
  if (closed_ || !world_.is_alive(life_)) return;
  struct Exchange {
    std::shared_ptr<const gateway::Target> target;
    gateway::Shipment shipment;
    Done done;
    Receivers& receivers;
    Life life;
    void answer(gateway::Receipt receipt) {
      if (!done) return;
      receivers.ends(shipment.delivery, life);
      std::exchange(done, {})(std::move(receipt));
    }
  };
  receivers_.begins(shipment.delivery, life_);
  auto exchange =
      std::make_shared<Exchange>(std::move(target), std::move(shipment), std::move(done), receivers_, life_);
  const auto& http = std::get<gateway::HttpTarget>(exchange->target->where);
  world_.after(http.total_timeout, life_, [exchange] { exchange->answer(timed_out()); });
  const int copies = world_.chance(weather_.repeated) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    if (world_.chance(weather_.lost)) continue;
    // What has left a node arrives, whatever happens to the node.
    world_.after(travel_time(world_, weather_), 0,
                 [exchange, life = life_, &world = world_, &weather = weather_, &receivers = receivers_] {
                   const int answer = receivers.receive(exchange->target->name, exchange->shipment);
                   if (world.chance(weather.lost)) return;
                   world.after(travel_time(world, weather), life,
                               [exchange, answer] { exchange->answer(receipt_of(answer)); });
                 });
  }
}

}  // namespace purser::simulation
