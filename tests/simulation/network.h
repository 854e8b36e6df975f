// Between the gateway and those who send to it and receive from it: slow, lossy, repeating, out of order.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/deliver/transport.h"
#include "tests/simulation/world.h"

namespace purser::simulation {

/// What may go wrong on the way; per mille.
struct Weather {
  std::uint64_t lost = 0;      ///< a request or an answer never arrives
  std::uint64_t repeated = 0;  ///< a request arrives twice
  std::uint64_t late = 0;      ///< something takes seconds instead of milliseconds
};

/// One booking: the first request with its delivery id.
struct Booking {
  gateway::DeliveryId delivery;
  gateway::MessageId message;
  std::string number, target, route, lane, bytes;
  std::uint64_t arrivals = 0;
};

/// A system that receives. Honours the delivery id: books it once, however often it comes.
class Receivers {
 public:
  explicit Receivers(World& world) : world_(world) {}
  /// HTTP status; 503 while the target is down, 422 for what it will never take.
  int receive(const std::string& target, const gateway::Shipment& shipment);
  void go_down(const std::string& target, microseconds until) { down_until_[target] = until; }
  void go_up() { down_until_.clear(); }

  /// In the order in which they were booked.
  [[nodiscard]] const std::vector<Booking>& bookings() const { return bookings_; }
  /// A node begins and ends to send a delivery. While the lease of one lasts nobody else may, as long as
  /// clocks agree.
  void begins(const gateway::ClaimedDelivery& delivery, Life life);
  void ends(const gateway::ClaimedDelivery& delivery, Life life);
  void clocks_differ() { clocks_agree_ = false; }
  /// Deliveries that were sent by two under leases that lasted.
  [[nodiscard]] const std::set<gateway::DeliveryId>& held_twice() const { return held_twice_; }

  [[nodiscard]] const Booking* find(gateway::DeliveryId delivery) const;
  /// Ids that came with different bytes the second time.
  [[nodiscard]] const std::set<gateway::DeliveryId>& changed() const { return changed_; }

 private:
  struct Holder {
    Life life;
    gateway::Instant until;
  };
  World& world_;
  bool clocks_agree_ = true;
  std::map<gateway::DeliveryId, Holder> holders_;
  std::set<gateway::DeliveryId> held_twice_;
  std::map<std::string, microseconds> down_until_;
  std::vector<Booking> bookings_;
  std::map<gateway::DeliveryId, std::size_t> places_;
  std::set<gateway::DeliveryId> changed_;
};

/// The way out of one node.
class SimulatedTransport final : public gateway::Transport {
 public:
  SimulatedTransport(World& world, Life life, const Weather& weather, Receivers& receivers)
      : world_(world), life_(life), weather_(weather), receivers_(receivers) {}
  void send(std::shared_ptr<const gateway::Target> target, gateway::Shipment shipment, Done done) override;
  void close() override { closed_ = true; }

 private:
  World& world_;
  Life life_;
  const Weather& weather_;
  Receivers& receivers_;
  bool closed_ = false;
};

/// How long something is on its way.
microseconds travel_time(World& world, const Weather& weather);

}  // namespace purser::simulation
