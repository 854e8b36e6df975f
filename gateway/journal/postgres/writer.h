// The writer of the shared journal: one transaction a group, run again until its outcome is known.
#pragma once

#include <atomic>
#include <memory>

#include "gateway/journal/postgres/chain.h"
#include "gateway/journal/postgres/postgres_journal.h"
#include "gateway/journal/writer.h"

namespace purser::gateway {

/// Owns the writing connection and its chain.
class PostgresWriter final : public Writer {
 public:
  /// `database` holds `chain`.
  PostgresWriter(const PostgresJournalOptions& options, std::unique_ptr<PostgresDatabase> database,
                 Chain chain);
  ~PostgresWriter() override;

  [[nodiscard]] const std::atomic<int>& backend() const { return backend_; }
  [[nodiscard]] std::int64_t chain() const { return chain_.number; }
  [[nodiscard]] std::chrono::microseconds skew() const { return std::chrono::microseconds(skew_.load()); }

  /// For a writing connection: a node that is paused within a transaction keeps nobody else waiting for long.
  static void prepare_session(PostgresDatabase& database);

 protected:
  void store(Group& group) override;

 private:
  Outcome store_until_known(Group& group);
  void run(Group& group);
  bool reconnect();
  void look_at_the_clock();

  PostgresJournalOptions options_;
  std::unique_ptr<PostgresDatabase> database_;
  Chain chain_;
  std::atomic<int> backend_{0};
  std::atomic<std::int64_t> skew_{0};
  std::chrono::microseconds clock_read_at_{0};
  std::int64_t expected_commits_ = 0;
};

}  // namespace purser::gateway
