#include "gateway/journal/postgres/place.h"

#include <unistd.h>

#include <fmt/format.h>

#include "gateway/journal/postgres/postgres_journal.h"

namespace purser::gateway {

namespace {

std::expected<OpenJournal, Status> open_unsealed(const JournalPlace& place, JournalUse use, Clock& clock,
                                                 FileSystem& files) {
  if (place.postgres.empty()) {
    SqliteJournalOptions options{.folder = place.folder, .clock = clock, .files = files};
    options.create = use == JournalUse::serve;
    options.read_only = use == JournalUse::look;
    return open_sqlite_journal(options);
  }
  PostgresJournalOptions options{.conninfo = place.postgres, .node = place.node, .clock = clock};
  options.may_migrate = use == JournalUse::serve;
  options.read_only = use == JournalUse::look;
  options.listens = use == JournalUse::serve;
  // Commands have a chain of their own in the audit trail, as many as run at once.
  if (use == JournalUse::act) options.node = "command";
  auto opened = open_postgres_journal(options);
  if (!opened && opened.error().code == "JOURNAL-0008" && use == JournalUse::act) {
    options.node = fmt::format("command {}", ::getpid() % 8);
    opened = open_postgres_journal(options);
  }
  return opened;
}

}  // namespace

std::expected<OpenJournal, Status> open_journal(const JournalPlace& place, JournalUse use, Clock& clock,
                                                FileSystem& files) {
  auto opened = open_unsealed(place, use, clock, files);
  if (!opened) return opened;
  const Outcome sealing = opened->sealing->use(place.seal);
  if (!sealing && use == JournalUse::serve) return std::unexpected(sealing.error());
  return opened;
}

}  // namespace purser::gateway
