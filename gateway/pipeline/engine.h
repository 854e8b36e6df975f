// Everything behind admission: takes messages, makes them durable, understands, plans, delivers, recovers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/message/message.h"
#include "gateway/port/clock.h"
#include "gateway/port/random.h"
#include "gateway/port/scheduler.h"
#include "gateway/route/route.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

class Metrics;
class Transport;

/// Limits and sizes of an engine.
struct EngineOptions {
  std::string node = "node-1";              ///< owner of leases
  std::uint32_t workers = 2;                ///< threads that decode and encode; the cores there are
  std::uint64_t fast_path_limit = 1 << 20;  ///< bodies up to this are understood before they are admitted
  std::chrono::milliseconds fast_path_deadline{
      2'000};                            ///< a slower connector: admitted first, understood after
  std::uint32_t max_waiting = 10'000;    ///< submissions not answered yet; beyond: refused as overloaded
  std::uint32_t max_in_memory = 10'000;  ///< deliveries held in memory; the rest waits in the journal
  std::chrono::milliseconds poll{250};   ///< how soon work put there by another process is noticed
  std::chrono::seconds lease{60};        ///< longer than any attempt's total timeout
};

/// What an engine stands on; all of it outlives the engine.
struct EngineParts {
  Clock& clock;
  Random& random;
  Journal& journal;
  BodyStore& bodies;
  Translator& translator;
  Router& router;
  Metrics& metrics;
  Scheduler& scheduler;
  Transport& transport;  ///< closed when the engine stops
};

/// The pipeline of one node.
class Engine {
 public:
  Engine(const EngineParts& parts, const EngineOptions& options);
  ~Engine();  ///< stop()

  /// Gives back what a crash left, starts the threads. Fails if the journal does.
  Outcome start();
  /// Takes no more, finishes what is in flight (up to `patience`), gives back the rest. Idempotent.
  void stop(std::chrono::milliseconds patience = std::chrono::seconds(10));

  /// Answers once, on another thread, after the message is durable or refused. Never blocks. [any]
  void submit(Incoming incoming, std::move_only_function<void(Answer)> answer);
  /// The same for callers that wait: watched folders.
  Answer submit_and_wait(Incoming incoming);
  /// A place for a body beyond the fast path; put what finish() gives into Incoming::staged. [any]
  std::expected<std::unique_ptr<BodyWriter>, Status> open_body(const std::string& tenant);

  /// Nothing is waiting, being understood or being delivered. For tests and a graceful stop. [any]
  [[nodiscard]] bool is_idle() const;
  /// Looks for due work now instead of at the next poll. After start(). [any]
  void wake();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace purser::gateway
