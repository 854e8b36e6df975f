// The workers of one connector: started when needed, lent to one call at a time, replaced when they die.
#pragma once

#include <condition_variable>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "canonical/finding/finding.h"
#include "plugins/line/library.h"
#include "plugins/line/limits.h"
#include "plugins/line/request.h"
#include "plugins/line/services.h"
#include "plugins/worker/process.h"

namespace purser::plugin {

/// Starts processes on one thread that lives as long as they may: the kernel ends a worker with the thread
/// that started it. [any]
class Starter {
 public:
  Starter();
  ~Starter();
  std::expected<std::unique_ptr<WorkerProcess>, Status> start(const std::string& program, int image);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  bool ending_ = false;
  std::thread thread_;
};

/// What a worker reported of its walls; all false under a sanitizer.
struct WallReport {
  bool filter = false;
  bool address_space = false;
  bool no_network = false;
};

struct PoolConfig {
  std::string program;  ///< purser-worker
  Descriptor image;     ///< of the connector, see Image
  unsigned size = 2;    ///< workers at most
  CallLimits limits;
};

/// [any]
class Pool {
 public:
  /// Starts the first worker as far as its greeting: loads the library there, never here.
  static std::expected<std::unique_ptr<Pool>, Report> open(PoolConfig config, HostServices& services);
  ~Pool();

  [[nodiscard]] const ConnectorInfo& info() const { return info_; }
  [[nodiscard]] const WallReport& walls() const { return walls_; }
  /// Creates the first worker's instance; later workers get the same. Once, before lend(). [setup]
  std::expected<void, Report> configure(std::string settings, const std::vector<NamedText>& tables);

  /// A worker for one call; must go back before the pool ends.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<WorkerProcess> worker) : pool_(&pool), worker_(std::move(worker)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    WorkerProcess& worker() { return *worker_; }
    [[nodiscard]] bool holds() const { return worker_ != nullptr; }  ///< until end()
    /// Ends the worker; returns what to tell (see WorkerProcess::end).
    Status end(const Status& why);

   private:
    Pool* pool_;
    std::unique_ptr<WorkerProcess> worker_;
  };
  /// Waits until one is free, no longer than a call may last: HOST-0023. HOST-0015 if a new one cannot start.
  std::expected<Lease, Status> lend();

 private:
  Pool(PoolConfig config, HostServices& services);
  std::expected<std::unique_ptr<WorkerProcess>, Report> greet(bool first);
  std::expected<void, Report> create(WorkerProcess& worker);
  std::expected<std::unique_ptr<WorkerProcess>, Status> start_another();
  void give_back(std::unique_ptr<WorkerProcess> worker);
  void count_death();

  PoolConfig config_;
  HostServices& services_;
  ConnectorInfo info_;
  WallReport walls_;
  std::string configuration_;  // the payload of `configure`
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<WorkerProcess>> idle_;  // the one used last is taken first: its memory is warm
  unsigned living_ = 0;
  unsigned deaths_ = 0;  // since the last call that went well
  std::chrono::steady_clock::time_point not_before_{};
  Starter starter_;
};

}  // namespace purser::plugin
