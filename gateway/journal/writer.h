// The journal's one writer: takes what is waiting and stores it as a group.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/body_store.h"
#include "gateway/journal/stored_body.h"
#include "gateway/journal/transaction.h"
#include "gateway/port/scheduler.h"

namespace purser::gateway {

/// One unit of work inside a transaction.
class Job {
 public:
  virtual ~Job() = default;
  /// Bodies that must be stored with what refers to them; they stay valid until complete().
  virtual void collect(std::vector<Content>& bodies) { static_cast<void>(bodies); }
  /// Lanes in which apply() changes something: locked for all jobs together, in one order.
  virtual void name_lanes(std::vector<std::string>& lanes) { static_cast<void>(lanes); }
  /// Asks ahead for what apply() needs to know. False: it did not, and what others asked may be stale after
  /// it.
  virtual bool foresee(Transaction& transaction) {
    static_cast<void>(transaction);
    return false;
  }
  /// May run again after a roll back: starts from nothing each time. `places` answers collect().
  virtual void apply(Transaction& transaction, std::span<const BodyRef> places) = 0;
  /// After the commit, or with the reason why there was none. Once.
  virtual void complete(const Outcome& outcome) = 0;
};

using Group = std::vector<std::unique_ptr<Job>>;

/// A queue and the one thread that empties it, group by group.
class Writer {
 public:
  /// `scheduler` null: a thread of its own. `max_group`: jobs of one commit; bounds the latency of the first
  /// among them.
  Writer(Scheduler* scheduler, std::uint32_t max_group);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;

  void hand_in(std::unique_ptr<Job> job);  ///< [any]
  /// See Pool::help: said by who waits for a job.
  void help() { pool_->help(); }

 protected:
  /// Completes what was handed in. Called by the destructor of whoever implements store().
  void stop();
  /// Stores a group and completes its jobs.
  virtual void store(Group& group) = 0;

 private:
  void step();

  std::uint32_t max_group_;
  std::mutex mutex_;
  Group waiting_;
  std::unique_ptr<Pool> pool_;
};

/// Bodies of a group, and how many of them are of which job.
struct GroupBodies {
  explicit GroupBodies(Group& group);
  std::vector<Content> contents;
  std::vector<std::string_view> bodies;  ///< bytes of the same
  std::vector<std::size_t> counts;
};

}  // namespace purser::gateway
