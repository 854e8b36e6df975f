// When entries that are kept in the journal have changed: the configuration is loaded again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "gateway/administer/administration.h"

namespace purser::gateway {

/// One thread asks and reloads, others wait for it. [any]
class AdministeredWatch {
 public:
  explicit AdministeredWatch(Journal& journal)
      : journal_(journal), stamp_(administered_stamp(journal).value_or(0)) {}

  /// Somebody waits, or another node or a command changed something: asked for once a second.
  bool changed() {
    {
      const std::lock_guard lock(mutex_);
      if (asked_ > done_) return true;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < next_look_) return false;
    next_look_ = now + std::chrono::seconds(1);
    const auto stamp = administered_stamp(journal_);
    return stamp && *stamp != stamp_;
  }
  /// A reload begins: it sees everything that was asked for until now.
  void reloading() {
    const std::lock_guard lock(mutex_);
    seen_ = asked_;
    stamp_ = administered_stamp(journal_).value_or(stamp_);
  }
  void reloaded() {
    const std::lock_guard lock(mutex_);
    done_ = seen_;
    changed_.notify_all();
  }
  /// Returns when what was stored before is in force; after five seconds at the latest.
  void wait_for_reload() {
    std::unique_lock lock(mutex_);
    const auto mine = ++asked_;
    changed_.wait_for(lock, std::chrono::seconds(5), [&] { return done_ >= mine || stopped_; });
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  Journal& journal_;
  std::int64_t stamp_;
  std::chrono::steady_clock::time_point next_look_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t asked_ = 0, seen_ = 0, done_ = 0;
  bool stopped_ = false;
};

}  // namespace purser::gateway
