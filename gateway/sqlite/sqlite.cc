#include "gateway/sqlite/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace purser::gateway {
namespace {

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
  throw SqlError(
      code, fmt::format("{}: {}", doing, handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code)));
}

}  // namespace

Status SqlError::status() const {
  switch (code_ & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return {StatusClass::unavailable, "JOURNAL-0002", what()};
    default:
      return {StatusClass::defect, "JOURNAL-0005", what()};
  }
}

Rows::~Rows() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3* handle = sqlite3_db_handle(statement_);
  fail(handle, sqlite3_extended_errcode(handle), sqlite3_sql(statement_));
}

std::int64_t Rows::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Rows::view(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr
             ? std::string_view()
             : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string Rows::text(int column) const { return std::string(view(column)); }

bool Rows::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Database::Database(const std::string& path, bool read_only, bool create, std::chrono::milliseconds busy) {
  sqlite3* handle = nullptr;
  const int flags =
      (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(handle, code, fmt::format("cannot open {}", path));
  sqlite3_busy_timeout(handle, static_cast<int>(busy.count()));
  sqlite3_wal_hook(
      handle,
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<Database*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
}

Database::~Database() { statements_.clear(); }

void Database::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }
void Database::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_.get(), code, sql);
}

sqlite3_stmt* Database::prepare(const char* sql) {
  auto& kept = statements_[sql];
  if (!kept) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
    kept.reset(statement);
  }
  return kept.get();
}

void Database::bind(sqlite3_stmt* s, int index, std::int64_t value) { sqlite3_bind_int64(s, index, value); }

// A null pointer would bind NULL instead of the empty text.
void Database::bind(sqlite3_stmt* s, int index, std::string_view value) {
  sqlite3_bind_text64(s, index, value.data() == nullptr ? "" : value.data(), value.size(),
                      copy_parameters_ ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8);
}
void Database::bind(sqlite3_stmt* s, int index, const Blob& value) {
  sqlite3_bind_blob64(s, index, value.bytes.data(), value.bytes.size(),
                      copy_parameters_ ? SQLITE_TRANSIENT : SQLITE_STATIC);
}
void Database::bind(sqlite3_stmt* s, int index, std::nullptr_t) { sqlite3_bind_null(s, index); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }

int Database::checkpoint(bool restart) {
  int frames = 0;
  int done = 0;
  sqlite3_wal_checkpoint_v2(handle_.get(), nullptr,
                            restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE, &frames, &done);
  return frames - done;
}

}  // namespace purser::gateway
