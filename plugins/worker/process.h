// One worker process as the gateway holds it: started, watched, ended, and what it died of.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "canonical/event/event.h"
#include "plugins/line/library.h"
#include "plugins/line/limits.h"
#include "plugins/worker/channel.h"

namespace purser::plugin {

/// Waits for a worker no longer than the call may last, and looks at its memory and time on the way. [serial]
class Watch : public Waiter {
 public:
  using Clock = std::chrono::steady_clock;
  void start(pid_t worker, const CallLimits& limits);
  /// No longer than this from now on: for a worker that was told to stop.
  void shorten(std::chrono::milliseconds left);
  Outcome wait(int descriptor, short events) override;
  /// HOST-TIMEOUT if the call's time is over. For loops that never have to wait.
  [[nodiscard]] Outcome check() const;

 private:
  [[nodiscard]] Outcome check_usage() const;

  pid_t worker_ = 0;
  Clock::time_point deadline_ = Clock::time_point::max();
  std::chrono::nanoseconds cpu_end_{0};
  std::uint64_t memory_ = 0;
  std::chrono::milliseconds wall_{0};
};

/// [serial]
class WorkerProcess {
 public:
  /// Starts the program with the image as its connector. The caller's thread must live as long as the worker:
  /// the kernel kills the worker with it. HOST-0015 if it does not start.
  static std::expected<std::unique_ptr<WorkerProcess>, Status> spawn(const std::string& program, int image);
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  [[nodiscard]] Channel& channel() { return channel_; }
  [[nodiscard]] Watch& watch() { return watch_; }
  /// Before each call: sets its deadline and the kernel's own limit of processor time.
  void begin_call(const CallLimits& limits);
  /// Ends the process because of `why` and says what to tell: `why` itself, or, if that is only that the
  /// worker has gone, what it died of (HOST-CRASH, HOST-MEMORY, HOST-TIMEOUT, HOST-0014) with its last words.
  Status end(const Status& why);
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  WorkerProcess(pid_t pid, Descriptor socket, const Descriptor& memory, Descriptor errors);
  [[nodiscard]] std::string last_words();

  pid_t pid_;
  Watch watch_;
  Channel channel_;
  Descriptor errors_;  // its standard error
  std::uint64_t memory_limit_ = 0;
  std::chrono::nanoseconds cpu_allowed_{0}, cpu_used_{0};
  Watch::Clock::time_point cpu_looked_{};
};

}  // namespace purser::plugin
