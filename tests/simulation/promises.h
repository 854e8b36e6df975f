// What must hold after every run, whatever happened.
#pragma once

#include <functional>
#include <string>

#include "tests/simulation/senders.h"

namespace purser::simulation {

/// Compares what senders were told, what the journal says and what receivers booked. [serial]
class Promises {
 public:
  Promises(gateway::Journal& journal, const Receivers& receivers, std::function<void(std::string)> broken)
      : journal_(journal), receivers_(receivers), broken_(std::move(broken)) {}

  void check(const std::vector<Sent>& sent);

 private:
  void accepted_means_durable(const Sent& one);
  void nothing_vanishes(const Sent& one, const gateway::MessageView& view);
  void delivered_means_booked(const gateway::MessageView& view);
  void once();
  void order_in_lanes();

  gateway::Journal& journal_;
  const Receivers& receivers_;
  std::function<void(std::string)> broken_;
};

}  // namespace purser::simulation
