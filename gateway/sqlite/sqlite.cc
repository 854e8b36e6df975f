#include "gateway/sqlite/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "gateway/sqlite/file_system.h"

namespace purser::gateway {
namespace {

SqlFault fault_of(int code) {
  if (code == SQLITE_IOERR_DATA) return SqlFault::damaged;
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return SqlFault::unavailable;
    default:
      return SqlFault::defect;
  }
}

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
  if (fault_of(code) == SqlFault::damaged) {
    const char* path = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
    throw SqlError(SqlFault::damaged, fmt::format("page {} of {}: the checksum does not hold", last_damaged_page(),
                                                  path == nullptr ? "the database" : path));
  }
  throw SqlError(
      fault_of(code),
      fmt::format("{}: {}", doing, handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
}

// Nobody asks SQLite how much memory it has, and keeping count takes a lock for every piece. Only before the
// first use in this process; later it changes nothing.
void forgo_memory_figures() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);
}

}  // namespace

SqliteDatabase::Statement::~Statement() { sqlite3_finalize(handle_); }

void SqliteDatabase::Statement::bind(Parameters parameters, bool copy) {
  int index = 0;
  sqlite3_destructor_type life = copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
  for (const Parameter& one : parameters) {
    ++index;
    if (one.null) {
      sqlite3_bind_null(handle_, index);
    } else if (one.kind == Parameter::Kind::number) {
      sqlite3_bind_int64(handle_, index, one.number);
    } else if (one.kind == Parameter::Kind::text) {
      // A null pointer would bind NULL instead of the empty text.
      sqlite3_bind_text64(handle_, index, one.bytes.data() == nullptr ? "" : one.bytes.data(),
                          one.bytes.size(), life, SQLITE_UTF8);
    } else {
      sqlite3_bind_blob64(handle_, index, one.bytes.data() == nullptr ? "" : one.bytes.data(),
                          one.bytes.size(), life);
    }
  }
}

bool SqliteDatabase::Statement::next() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* database = sqlite3_db_handle(handle_);
  fail(database, sqlite3_extended_errcode(database), sqlite3_sql(handle_));
}

std::int64_t SqliteDatabase::Statement::number(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::string_view SqliteDatabase::Statement::view(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return bytes == nullptr
             ? std::string_view()
             : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

bool SqliteDatabase::Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

void SqliteDatabase::Statement::release() noexcept { sqlite3_reset(handle_); }

SqliteDatabase::SqliteDatabase(const std::string& path, bool read_only, bool create,
                               std::chrono::milliseconds busy)
    : busy_(busy) {
  forgo_memory_figures();
  sqlite3* handle = nullptr;
  const int flags =
      (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, checked_pages());
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(handle, code, fmt::format("cannot open {}", path));
  if (create) want_checked_pages(handle);
  sqlite3_busy_timeout(handle, static_cast<int>(busy.count()));
  // Takes the place of SQLite's own checkpoints. PRAGMA wal_autocheckpoint, whatever its value, would take it
  // away again.
  sqlite3_wal_hook(
      handle,
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<SqliteDatabase*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
}

SqliteDatabase::~SqliteDatabase() { statements_.clear(); }

void SqliteDatabase::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

void SqliteDatabase::begin() { do_run("BEGIN IMMEDIATE", {}); }
void SqliteDatabase::begin_snapshot() { do_run("BEGIN", {}); }
void SqliteDatabase::commit() { do_run("COMMIT", {}); }
void SqliteDatabase::roll_back() noexcept {
  try {
    do_run("ROLLBACK", {});
  } catch (const SqlError&) {
    // SQLite has rolled back already after errors such as a full disk; then there is no transaction to end.
    return;
  }
}

void SqliteDatabase::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_.get(), code, sql);
}

SqliteDatabase::Statement& SqliteDatabase::prepare(const char* sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
    kept = std::make_unique<Statement>(statement);
  }
  return *kept;
}

// Copied: the parameters may be gone when a later row is read.
Rows SqliteDatabase::do_query(const char* sql, Parameters parameters) {
  Statement& statement = prepare(sql);
  statement.bind(parameters, true);
  return Rows(&statement);
}

std::int64_t SqliteDatabase::do_run(const char* sql, Parameters parameters) {
  Statement& statement = prepare(sql);
  const Rows rows(&statement);
  statement.bind(parameters, false);
  while (statement.next()) {
  }
  return sqlite3_changes64(handle_.get());
}

void SqliteDatabase::checkpoint() {
  sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

bool SqliteDatabase::restart_log(std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(patience.count()));
  const int code =
      sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(busy_.count()));
  return code == SQLITE_OK;
}

bool SqliteDatabase::empty_log() {
  return sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) ==
         SQLITE_OK;
}

}  // namespace purser::gateway
