#include "gateway/journal/backup.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "gateway/sqlite/file_system.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::milliseconds busy{10'000};
constexpr int pages_at_once = 1024;  // 4 MiB: the writer gets its turn in between
constexpr std::size_t piece_size = 1 << 20;

Outcome copy_file(FileSystem& files, const std::string& from, const std::string& to, BackupCount& count) {
  auto source = files.open_for_reading(from);
  if (!source) return std::unexpected(source.error());
  auto copy = files.create_new(to);
  if (!copy) return std::unexpected(copy.error());
  std::string piece(piece_size, '\0');
  for (std::uint64_t at = 0;;) {
    const auto got = (*source)->read_at(at, piece);
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    if (auto wrote = (*copy)->write_at(at, std::span(piece).first(*got)); !wrote) return wrote;
    at += *got;
    count.bytes += *got;
  }
  ++count.files;
  return (*copy)->sync();
}

// SQLite's online backup. A step that finds the database changed begins again by itself; under constant
// writing the rest is therefore copied in one go after a few steps.
void copy_records(const std::string& from, const std::string& to) {
  SqliteDatabase source(from, true, false, busy);
  SqliteDatabase copy(to, false, true, busy);
  source.begin_snapshot();
  if (has_checked_pages(source.handle())) expect_checked_pages(copy.handle());
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", source.handle(), "main");
  if (backup == nullptr) throw SqlError(SqlFault::defect, sqlite3_errmsg(copy.handle()));
  int code = SQLITE_OK;
  while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    code = sqlite3_backup_step(backup, pages_at_once);
  }
  sqlite3_backup_finish(backup);
  source.roll_back();
  if (code != SQLITE_DONE) throw SqlError(SqlFault::unavailable, sqlite3_errstr(code));
}

}  // namespace

std::expected<BackupCount, Status> back_up_journal(const std::string& folder, const std::string& to,
                                                   FileSystem& files) {
  BackupCount count;
  const auto there = files.list(to);
  if (there && !there->empty()) {
    return std::unexpected(Status{StatusClass::invalid, "JOURNAL-0001", fmt::format("{} is not empty", to)});
  }
  if (auto made = files.make_directory(to + "/bodies"); !made) return std::unexpected(made.error());
  try {
    copy_records(folder + "/journal.db", to + "/journal.db");
  } catch (const SqlError& error) {
    return std::unexpected(error.status());
  }
  // Bodies are only ever added to: what the records refer to was there before them, and is there still.
  const auto names = files.list(folder + "/bodies");
  if (!names) return std::unexpected(names.error());
  for (const std::string& name : *names) {
    if (auto copied = copy_file(files, folder + "/bodies/" + name, to + "/bodies/" + name, count); !copied) {
      return std::unexpected(copied.error());
    }
  }
  auto records = files.open(to + "/journal.db", false);
  if (!records) return std::unexpected(records.error());
  if (auto size = (*records)->size()) count.bytes += *size;
  ++count.files;
  for (const Outcome& synced :
       {(*records)->sync(), files.sync_directory(to + "/bodies"), files.sync_directory(to)}) {
    if (!synced) return std::unexpected(synced.error());
  }
  return count;
}

}  // namespace purser::gateway
