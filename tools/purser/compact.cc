// journal compact: the room of what was forgotten goes back to the disk now, while no gateway runs.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "gateway/journal/compaction.h"
#include "gateway/journal/folder_lock.h"
#include "gateway/journal/sqlite_journal.h"
#include "gateway/sqlite/sqlite.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

constexpr std::chrono::milliseconds busy{10'000};  // a command that looks on meanwhile

/// A clock that can be put forward. Beside a running gateway an empty segment stays for an hour, because somebody
/// may have been given a place in it; with the folder locked nobody was.
class PutForward final : public gateway::Clock {
 public:
  [[nodiscard]] gateway::Instant now() const override { return clock_.now(); }
  [[nodiscard]] std::chrono::microseconds monotonic() const override { return clock_.monotonic() + forward_; }
  void put(std::chrono::microseconds by) { forward_ += by; }

 private:
  gateway::SystemClock clock_;
  std::chrono::microseconds forward_{0};
};

std::uint64_t bytes_in(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code none;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) {
    if (entry.is_regular_file(none)) bytes += entry.file_size(none);
  }
  return bytes;
}

// Copies what is left of segments that are mostly empty, then removes those that nothing refers to.
Outcome compact_bodies(const std::string& folder) {
  PutForward clock;
  gateway::SystemFiles files;
  auto opened = gateway::open_sqlite_journal({.folder = folder, .clock = clock, .files = files, .create = false});
  if (!opened) return std::unexpected(opened.error());
  for (int look = 0; look < 3; ++look) {
    const auto kept = opened->journal->keep_house({});
    if (!kept) return std::unexpected(kept.error());
    clock.put(2 * gateway::Compactor::min_age);
  }
  return {};
}

}  // namespace

int journal_compact_command(const Arguments& arguments) {
  const gateway::JournalPlace place = journal_place(arguments);
  if (place.folder.empty()) {
    return fail(exit_usage, "which data folder? Give --data DIR or --config DIR (or PURSER_DATA, PURSER_CONFIG)");
  }
  if (!place.postgres.empty()) {
    return fail(exit_usage, "a shared journal is compacted by the database: its autovacuum, or VACUUM");
  }
  const auto lock = gateway::FolderLock::take(place.folder);
  if (!lock) return fail(lock.error());
  const std::uint64_t before = bytes_in(place.folder);
  if (auto done = compact_bodies(place.folder); !done) return fail(done.error());
  try {
    gateway::SqliteDatabase database(place.folder + "/journal.db", false, false, busy);
    database.execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
  } catch (const gateway::SqlError& error) {
    return fail(error.status());
  }
  const std::uint64_t after = bytes_in(place.folder);
  if (arguments.json()) {
    print_json({{"bytes_before", before}, {"bytes_after", after}});
  } else {
    print_line(fmt::format("{} bytes before, {} bytes after", before, after));
  }
  return exit_ok;
}

}  // namespace purser::cli
