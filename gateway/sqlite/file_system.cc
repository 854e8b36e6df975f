#include "gateway/sqlite/file_system.h"

#include <sqlite3.h>

#include <cstdlib>
#include <cstring>

#include "gateway/sqlite/gathered_writes.h"
#include "gateway/sqlite/page_checksum.h"

namespace purser::gateway {
namespace {

constexpr int expect_control = 0x50555243;  // ours; SQLite's are small

thread_local std::uint32_t damaged_page = 0;

/// SQLite's part first: it sees no more. The file below has memory of its own, for it may be of any VFS.
struct File : sqlite3_file {
  sqlite3_file* below;
  bool may_be_checked;  ///< a database, not its log or a temporary file
  bool checked;
  GatheredWrites* gathered;  ///< of a log, owned; null: each write goes to the file at once
};

File& of(sqlite3_file* file) { return *static_cast<File*>(file); }
sqlite3_file* below(sqlite3_file* file) { return of(file).below; }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *below(file)->pMethods; }

std::uint32_t page_number(sqlite3_int64 offset) {
  return static_cast<std::uint32_t>(offset / static_cast<sqlite3_int64>(page_size) + 1);
}

bool is_page(int amount, sqlite3_int64 offset) {
  return amount == int{page_size} && offset % static_cast<sqlite3_int64>(page_size) == 0;
}

Page page(const void* bytes) { return Page(static_cast<const char*>(bytes), page_size); }

void look_at_header(File& file, const void* bytes, int amount, sqlite3_int64 offset) {
  if (offset != 0 || !file.may_be_checked) return;
  const auto room = has_room({static_cast<const char*>(bytes), static_cast<std::size_t>(amount)});
  file.checked = room.value_or(file.checked);
}

int flush(sqlite3_file* file) {
  return of(file).gathered == nullptr ? SQLITE_OK : of(file).gathered->flush(below(file));
}

// Whoever looks at the file itself finds there what was gathered.
template <auto method, typename... Arguments>
int after_flush(sqlite3_file* file, Arguments... arguments) {
  const int code = flush(file);
  return code == SQLITE_OK ? (methods(file).*method)(below(file), arguments...) : code;
}

int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  const int code = after_flush<&sqlite3_io_methods::xRead>(file, into, amount, offset);
  if (code != SQLITE_OK) return code;
  look_at_header(of(file), into, amount, offset);
  if (!of(file).checked || !is_page(amount, offset)) return code;
  const std::uint32_t number = page_number(offset);
  if (is_whole(page(into), number)) return code;
  damaged_page = number;
  return SQLITE_IOERR_DATA;
}

int write(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
  if (of(file).gathered != nullptr) return of(file).gathered->write(below(file), bytes, amount, offset);
  look_at_header(of(file), bytes, amount, offset);
  if (!of(file).checked || !is_page(amount, offset))
    return methods(file).xWrite(below(file), bytes, amount, offset);
  const auto checked = with_checksum(page(bytes), page_number(offset));
  return methods(file).xWrite(below(file), checked.data(), amount, offset);
}

int close(sqlite3_file* file) {
  // What was not synced belongs to no commit.
  delete of(file).gathered;
  const int code = methods(file).xClose(below(file));
  sqlite3_free(below(file));
  return code;
}

int control(sqlite3_file* file, int what, void* argument) {
  if (what == expect_control) {
    of(file).checked = true;
    return SQLITE_OK;
  }
  return methods(file).xFileControl(below(file), what, argument);
}

constexpr sqlite3_io_methods checking = {
    2,  // without xFetch: what is mapped into memory could not be compared
    close,
    read,
    write,
    after_flush<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    after_flush<&sqlite3_io_methods::xSync, int>,
    after_flush<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    [](sqlite3_file* file, int lock) { return methods(file).xLock(below(file), lock); },
    [](sqlite3_file* file, int lock) { return methods(file).xUnlock(below(file), lock); },
    [](sqlite3_file* file, int* is) { return methods(file).xCheckReservedLock(below(file), is); },
    control,
    [](sqlite3_file* file) { return methods(file).xSectorSize(below(file)); },
    [](sqlite3_file* file) { return methods(file).xDeviceCharacteristics(below(file)); },
    [](sqlite3_file* file, int region, int size, int extend, void volatile** at) {
      return methods(file).xShmMap(below(file), region, size, extend, at);
    },
    [](sqlite3_file* file, int offset, int count, int flags) {
      return methods(file).xShmLock(below(file), offset, count, flags);
    },
    [](sqlite3_file* file) { methods(file).xShmBarrier(below(file)); },
    [](sqlite3_file* file, int remove) { return methods(file).xShmUnmap(below(file), remove); },
    nullptr,
    nullptr};

sqlite3_vfs* real() { return sqlite3_vfs_find(nullptr); }

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* vfs = real();
  file->pMethods = nullptr;
  auto* under = static_cast<sqlite3_file*>(sqlite3_malloc(vfs->szOsFile));
  if (under == nullptr) return SQLITE_NOMEM;
  std::memset(under, 0, static_cast<std::size_t>(vfs->szOsFile));
  const int code = vfs->xOpen(vfs, name, under, flags, out_flags);
  if (under->pMethods == nullptr) {
    sqlite3_free(under);
    return code;
  }
  of(file).below = under;
  of(file).may_be_checked = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  of(file).checked = false;
  of(file).gathered = nullptr;
  file->pMethods = &checking;
  return code;
}

sqlite3_vfs* checked_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs out{};
    out.iVersion = 2;
    out.szOsFile = sizeof(File);
    out.mxPathname = real()->mxPathname;
    out.zName = "purser-checked";
    out.xOpen = open;
    out.xDelete = [](sqlite3_vfs*, const char* name, int sync) {
      return real()->xDelete(real(), name, sync);
    };
    out.xAccess = [](sqlite3_vfs*, const char* name, int how, int* is) {
      return real()->xAccess(real(), name, how, is);
    };
    out.xFullPathname = [](sqlite3_vfs*, const char* name, int size, char* path) {
      return real()->xFullPathname(real(), name, size, path);
    };
    out.xRandomness = [](sqlite3_vfs*, int size, char* into) {
      return real()->xRandomness(real(), size, into);
    };
    out.xSleep = [](sqlite3_vfs*, int time) { return real()->xSleep(real(), time); };
    out.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* now) {
      return real()->xCurrentTimeInt64(real(), now);
    };
    out.xGetLastError = [](sqlite3_vfs*, int size, char* into) {
      return real()->xGetLastError(real(), size, into);
    };
    return out;
  }();
  return &vfs;
}

}  // namespace

const char* checked_pages() {
  static const int registered = sqlite3_vfs_register(checked_vfs(), 0);
  static_cast<void>(registered);
  return checked_vfs()->zName;
}

void want_checked_pages(sqlite3* database) {
  int room = int{checksum_size};
  sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &room);
}

bool has_checked_pages(sqlite3* database) {
  sqlite3_file* file = nullptr;
  if (sqlite3_exec(database, "PRAGMA schema_version", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return file != nullptr && file->pMethods == &checking && of(file).checked;
}

void expect_checked_pages(sqlite3* database) {
  sqlite3_file_control(database, "main", expect_control, nullptr);
}

bool gather_log_writes(sqlite3* database) {
  constexpr int full = 2;
  int synchronous = 0;
  const auto read_number = [](void* into, int, char** columns, char**) {
    *static_cast<int*>(into) = std::atoi(columns[0]);
    return 0;
  };
  if (sqlite3_exec(database, "PRAGMA synchronous", read_number, &synchronous, nullptr) != SQLITE_OK)
    return false;
  if (synchronous < full) return false;
  // The log is opened by the first read.
  if (sqlite3_exec(database, "PRAGMA schema_version", nullptr, nullptr, nullptr) != SQLITE_OK) return false;
  sqlite3_file* log = nullptr;
  sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log == nullptr || log->pMethods != &checking) return false;
  if (of(log).gathered == nullptr) of(log).gathered = new GatheredWrites;
  return true;
}

std::uint32_t last_damaged_page() { return damaged_page; }

}  // namespace purser::gateway
