// The writer of the embedded journal: bodies reach the disk while the statements run, and are synced before the commit.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "gateway/journal/sqlite_journal.h"
#include "gateway/journal/writer.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {

/// Owns the writing connection.
class SqliteWriter final : public Writer {
 public:
  SqliteWriter(const SqliteJournalOptions& options, BodyStore& bodies,
               std::unique_ptr<SqliteDatabase> database);
  ~SqliteWriter() override;

 protected:
  void store(Group& group) override;

 private:
  Outcome commit(std::span<std::unique_ptr<Job>> jobs, std::span<const std::size_t> counts,
                 std::span<const Content> contents, std::span<const BodyRef> places);
  void run(Group& group);
  Outcome sync_bodies();
  void keep_house();
  void write_head_file();

  const SqliteJournalOptions& options_;
  BodyStore& bodies_;
  std::unique_ptr<SqliteDatabase> database_;
  std::optional<Outcome> synced_;  ///< the group's bodies; not known until somebody asks
  AuditHead head_;
  std::int64_t head_written_ = 0;
  std::chrono::microseconds head_written_at_{0};
  int restart_at_ = 0;  ///< frames in the log at which it is next tried to begin it anew
};

}  // namespace purser::gateway
