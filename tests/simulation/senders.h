// Those who send documents: each sends until it has an answer, as a careful platform does, and remembers it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/node.h"

namespace purser::simulation {

/// One document and what its sender was told.
struct Sent {
  std::string key, body, number, lane;
  bool readable = true;  ///< else it must park, not vanish
  bool poison = false;   ///< receivers never take it: it must park, and stop nobody else's lane
  std::optional<gateway::MessageId> answer;
  std::uint64_t attempts = 0;
};

class Senders {
 public:
  /// `node` gives a node to send to, none while none is up. What breaks a promise goes to `broken`.
  Senders(World& world, const Weather& weather, std::function<Node*()> node,
          std::function<void(std::string)> broken)
      : world_(world), weather_(weather), node_(std::move(node)), broken_(std::move(broken)) {}

  void begin(std::size_t documents, std::size_t lanes, microseconds within);
  [[nodiscard]] bool all_answered() const;
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }

 private:
  void send(std::size_t index);
  void submit(std::size_t index, Node& node, bool other_content);
  void answered(std::size_t index, const gateway::Answer& answer, bool other_content);

  World& world_;
  const Weather& weather_;
  std::function<Node*()> node_;
  std::function<void(std::string)> broken_;
  std::vector<Sent> sent_;
};

}  // namespace purser::simulation
