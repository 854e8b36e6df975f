// One node on the simulated world: an engine with its journal, from start to crash, again and again.
#pragma once

#include <memory>
#include <string>

#include "gateway/journal/sqlite_journal.h"
#include "gateway/observe/metrics.h"
#include "gateway/pipeline/engine.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/network.h"

namespace purser::simulation {

/// Reads "order NUMBER LANE …" and writes "written NUMBER"; slow, broken or refusing where the text says so.
class SimulatedConnectors final : public gateway::Connectors {
 public:
  explicit SimulatedConnectors(World& world) : world_(world) {}
  std::string detect(const gateway::DecodeOrder& order, std::string_view first_bytes) override;
  Outcome decode(const gateway::DecodeOrder& order, const gateway::Pull& source, DocumentSink& into) override;
  Outcome encode(const gateway::EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                 const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) override;
  std::pair<std::string, std::string> media_of(const gateway::EncodeOrder&) override {
    return {"text/plain", ".txt"};
  }

 private:
  World& world_;
};

/// What the nodes of one run share.
struct Surroundings {
  World& world;
  Disk& disk;
  Receivers& receivers;
  const Weather& weather;
  gateway::Router& router;
};

class Node {
 public:
  Node(const Surroundings& around, std::string name);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// False if it cannot: the disk refuses. `why` says what it said.
  bool start();
  /// The process is gone, at once. What it had not written is lost, what it had not synced may be.
  void crash();
  [[nodiscard]] bool is_up() const { return running_ != nullptr; }
  [[nodiscard]] Life life() const { return life_; }
  gateway::Engine& engine();
  gateway::Journal& journal();
  [[nodiscard]] const std::string& why() const { return why_; }

  SimulatedClock clock;

 private:
  struct Running;
  Surroundings around_;
  std::string name_;
  std::string why_;
  Life life_ = 0;
  std::unique_ptr<Running> running_;
};

inline constexpr const char* data_folder = "/data";

}  // namespace purser::simulation
