// Threads that take tasks from one queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace purser::gateway {

/// A pool that can be lent more threads while some of its own are stuck in a slow connector. [any]
class Workers {
 public:
  using Task = std::move_only_function<void()>;

  explicit Workers(unsigned threads);
  ~Workers();  ///< stop()

  /// Never blocks. Dropped after stop().
  void run(Task task);
  /// One more thread, up to `limit` in all; gives the number of threads. Extra ones end when they find no
  /// work.
  unsigned lend(unsigned limit);
  /// Ends after the tasks that are queued.
  void stop();

 private:
  void loop(bool extra);

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Task> waiting_;
  std::vector<std::thread> threads_;
  std::vector<std::thread> lent_;
  unsigned extra_ = 0;  ///< of them, lent and running
  bool stopping_ = false;
};

}  // namespace purser::gateway
