// Where work runs, as an interface: threads here, one seeded queue in a simulation.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace purser::gateway {

using Task = std::move_only_function<void()>;

/// Runs tasks, in the order in which they come if it has one thread. [any]
class Pool {
 public:
  virtual ~Pool() = default;  ///< stop()
  /// Never blocks. Dropped after stop().
  virtual void run(Task task) = 0;
  /// One more thread, up to `limit` in all; gives the number of extra threads. Extra ones end when they find
  /// no work.
  virtual unsigned lend(unsigned limit) = 0;
  /// Ends after the tasks that are queued.
  virtual void stop() = 0;
  /// Said again and again by who waits for a task of this pool. A simulation has one thread and runs a task
  /// now; with threads of its own there is nothing to do, and the caller may block.
  virtual void help() {}
};

/// Calls one function again and again: soon after wake(), and at least once a period; for the first time
/// after the first wake(). Never twice at once.
class Watch {
 public:
  virtual ~Watch() = default;  ///< stop()
  virtual void wake() = 0;     ///< [any]
  /// The same when so much time has passed, however often it is woken before. Each call counts. [any]
  virtual void wake_after(std::chrono::microseconds time) = 0;
  /// Returns after the last call has ended.
  virtual void stop() = 0;
};

/// Makes pools and watches. Outlives them. [any]
class Scheduler {
 public:
  virtual ~Scheduler() = default;
  virtual std::unique_ptr<Pool> pool(unsigned threads) = 0;
  virtual std::unique_ptr<Watch> watch(std::chrono::milliseconds period, std::function<void()> look) = 0;
  /// Lets others run for about so long: for who looks again until something has ended.
  virtual void pause(std::chrono::milliseconds time) = 0;
};

/// The operating system's threads. Keeps nothing: any of them may make and end what another made.
class Threads final : public Scheduler {
 public:
  std::unique_ptr<Pool> pool(unsigned threads) override;
  std::unique_ptr<Watch> watch(std::chrono::milliseconds period, std::function<void()> look) override;
  void pause(std::chrono::milliseconds time) override;
};

}  // namespace purser::gateway
