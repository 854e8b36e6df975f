// The journal that many nodes share, in one PostgreSQL database.
#pragma once

#include <memory>
#include <string>

#include "gateway/journal/sqlite_journal.h"

namespace purser::gateway {

/// Where the database is and who asks. References outlive the journal.
struct PostgresJournalOptions {
  std::string conninfo;  ///< a connection string or URI of libpq; a secret
  std::string node;      ///< unique among the processes at work on the database
  Clock& clock;
  bool may_migrate = true;    ///< false: an older journal is an error
  bool read_only = false;     ///< no writer; writes answer JOURNAL-0006
  bool listens = true;        ///< hears what other nodes make
  bool database_time = true;  ///< leases and due times by the database's clock, whatever this machine's says
  std::uint32_t max_group = 512;               ///< jobs of one commit
  std::chrono::milliseconds patience{10'000};  ///< without a connection, before callers are told
};

/// Opens or makes the journal. JOURNAL-0002 if the database cannot be reached, JOURNAL-0007 for another
/// version, JOURNAL-0008 if a process with this node's name is at work.
std::expected<OpenJournal, Status> open_postgres_journal(const PostgresJournalOptions& options);

}  // namespace purser::gateway
