// A whole node in a test: journal, engine, routes to one HTTP target, canonical JSON in and out.
#pragma once

#include <memory>
#include <string>

#include "gateway/deliver/transport.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/observe/metrics.h"
#include "gateway/pipeline/engine.h"

namespace purser::gateway {

/// Connectors for tests: "upper" reads and writes text of the form NUMBER, and fails as its content asks:
/// "crash" (defect), "busy" (unavailable, once), "slow" (takes `slow_for`); its format as the route asks:
/// "refuse", "lossy" (three values are not written).
class TestConnectors final : public Connectors {
 public:
  std::string detect(const DecodeOrder& order, std::string_view first_bytes) override;
  Outcome decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) override;
  std::shared_ptr<plugin::Handed> hand_over(std::span<const DecodeOrder> orders,
                                            std::span<const std::string_view> documents) override;
  Outcome encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                 const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) override;
  std::pair<std::string, std::string> media_of(const EncodeOrder& order) override;

  std::chrono::milliseconds slow_for{300};
  std::atomic<bool> busy{false};
  std::atomic<int> encoded{0};
  std::atomic<std::size_t> together{0};  ///< handed over, in groups
};

/// An order in canonical JSON that passes the model's checks.
std::string order_json(const std::string& number);

struct Node {
  Node(const std::string& folder, std::shared_ptr<const RouteTable> table, FileSystem& file_system,
       EngineOptions options = {});
  Node(OpenJournal journal, std::shared_ptr<const RouteTable> table, EngineOptions options = {});
  ~Node() { engine->stop(); }
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  /// Waits until nothing is waiting or on its way. False after a minute.
  bool settle();
  /// Waits until `done` says so. False after a minute.
  static bool wait(const std::function<bool()>& done);
  static Incoming incoming(const std::string& key, std::string body);

  SystemClock clock;
  SystemRandom random;
  TestConnectors connectors;
  Translator translator{connectors};
  Metrics metrics;
  Threads threads;
  std::unique_ptr<Transport> transports = make_transports();
  Router router;
  OpenJournal opened;
  std::unique_ptr<Engine> engine;
};

/// One target at `url` with a quick schedule, one route for everything; `connector` writes.
RouteTable table_to(const std::string& url, const std::string& connector = {});

}  // namespace purser::gateway
