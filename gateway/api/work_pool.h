// A few threads for calls that may block: questions to the journal, try-outs, staging of large bodies.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace purser::gateway {

/// Runs jobs in order of arrival on a fixed number of threads. [any]
class WorkPool {
 public:
  /// More waiting jobs than `most_waiting` are refused: callers are told 503 instead of waiting for ever.
  WorkPool(std::size_t threads, std::size_t most_waiting);
  ~WorkPool() { stop(); }
  /// False if too many wait, or the pool is stopped; `job` is then dropped.
  bool run(std::move_only_function<void()> job);
  /// Drops what waits, waits for what runs. Idempotent.
  void stop();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::move_only_function<void()>> waiting_;
  std::size_t most_waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace purser::gateway
