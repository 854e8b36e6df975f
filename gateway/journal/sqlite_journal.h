// The embedded journal: SQLite in WAL mode beside segment files, one writer that commits groups.
#pragma once

#include <memory>
#include <string>

#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/journal/sealing.h"
#include "gateway/port/clock.h"
#include "gateway/port/file_system.h"
#include "gateway/port/scheduler.h"
#include "gateway/sql/sql.h"

namespace purser::gateway {

/// Where the journal is and what it stands on. References outlive the journal.
struct SqliteJournalOptions {
  std::string folder;  ///< data folder; journal.db, audit.head and bodies/ are made in it
  Clock& clock;
  FileSystem& files;
  Scheduler* scheduler = nullptr;  ///< where the writer runs; null: a thread of its own
  bool create = true;              ///< false: the command line asks, and a missing journal is an error
  bool read_only = false;          ///< no writer thread; writes answer JOURNAL-0006
  std::uint32_t max_group = 512;   ///< jobs of one commit: bounds the latency of the first among them
};

/// A journal with its body store. Destroying it completes what was handed in, then closes. Each outlives what
/// stands below it.
struct OpenJournal {
  OpenJournal() = default;
  OpenJournal(OpenJournal&&) = default;
  /// Lets go of what was held from below, as the destructor does; member by member the journal would outlive
  /// its bodies.
  OpenJournal& operator=(OpenJournal&& other) noexcept {
    journal = std::move(other.journal);
    bodies = std::move(other.bodies);
    sealing = std::move(other.sealing);
    stored = std::move(other.stored);
    return *this;
  }
  ~OpenJournal() = default;

  std::unique_ptr<BodyStore> stored;  ///< bodies as they lie, sealed or not
  std::unique_ptr<Sealing> sealing;   ///< seals nothing until it is told to (Sealing::use)
  std::unique_ptr<BodyStore> bodies;  ///< what they say
  std::unique_ptr<Journal> journal;
};
class Backend;
OpenJournal put_together(std::unique_ptr<BodyStore> stored, std::unique_ptr<Backend> backend,
                         const Clock& clock, std::function<std::unique_ptr<Database>()> connect);

/// Opens or makes the journal, migrating an older one. Several processes may have one folder open.
std::expected<OpenJournal, Status> open_sqlite_journal(const SqliteJournalOptions& options);

/// One thing that is wrong in a data folder.
struct JournalFault {
  std::string where;  ///< "message m03F…", "bodies/00000003.bodies at 4096"
  std::string what;
};
/// Reads everything: SQLite's own check, references without a body, bodies that fail their checksum.
/// Works beside a running gateway. Sealed bodies are opened, and nothing of them kept, with the master key of
/// `rules`; without it their checksums are compared, and one fault says how many were not opened. Bodies of
/// shredded tenants are no fault.
std::expected<std::vector<JournalFault>, Status> check_journal(const std::string& folder, FileSystem& files,
                                                               const SealRules& rules = {});
/// The same of a shared journal; the database checks its own pages.
std::expected<std::vector<JournalFault>, Status> check_journal(Database& database, BodyStore& bodies,
                                                               BodyStore& stored);

}  // namespace purser::gateway
