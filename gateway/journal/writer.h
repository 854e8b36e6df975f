// The journal's one writer: takes what is waiting, writes bodies, then everything else in one commit.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "gateway/journal/body_store.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/journal/transaction.h"

namespace purser::gateway {

/// One unit of work inside a transaction.
class Job {
 public:
  virtual ~Job() = default;
  /// Bodies that must be on disk before the commit; they stay valid until complete().
  virtual void collect(std::vector<std::string_view>& bodies) { static_cast<void>(bodies); }
  /// May run again after a roll back: starts from nothing each time. `places` answers collect().
  virtual void apply(Transaction& transaction, std::span<const BodyRef> places) = 0;
  /// After the commit, or with the reason why there was none. Once.
  virtual void complete(const Outcome& outcome) = 0;
};

/// Owns the writing connection and its pool of one thread.
class Writer {
 public:
  Writer(const SqliteJournalOptions& options, BodyStore& bodies, std::unique_ptr<Database> database);
  ~Writer();  ///< completes what was handed in

  void hand_in(std::unique_ptr<Job> job);  ///< [any]
  /// See Pool::help: said by who waits for a job.
  void help() { pool_->help(); }

 private:
  using Group = std::vector<std::unique_ptr<Job>>;
  void step();
  void run(Group& group);
  Outcome commit(std::span<std::unique_ptr<Job>> jobs, std::span<const std::size_t> counts,
                 std::span<const BodyRef> places);
  void keep_house();
  void write_head_file();

  const SqliteJournalOptions& options_;
  BodyStore& bodies_;
  std::unique_ptr<Database> database_;
  AuditHead head_;
  std::int64_t head_written_ = 0;
  std::chrono::microseconds head_written_at_{0};

  std::mutex mutex_;
  Group waiting_;
  std::unique_ptr<Pool> pool_;  // last: its thread uses everything above
};

}  // namespace purser::gateway
