// SQLite with owners and exceptions: a connection, its prepared statements, rows.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "canonical/event/event.h"

struct sqlite3;
struct sqlite3_stmt;

namespace purser::gateway {

/// A failed statement. Caught once by whoever runs the job, and turned into a Status.
class SqlError : public std::runtime_error {
 public:
  SqlError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  /// JOURNAL-0002 unavailable (disk full, busy, input/output) or JOURNAL-0005 defect (everything else).
  [[nodiscard]] Status status() const;

 private:
  int code_;
};

/// Raw bytes as a parameter.
struct Blob {
  std::span<const std::uint8_t> bytes;
};

/// The rows of one running statement; its statement is free again when this goes out of scope.
class Rows {
 public:
  explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
  Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows();
  bool next();  ///< false: no more rows
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string_view view(int column) const;  ///< text or blob, until next()
  [[nodiscard]] bool is_null(int column) const;

 private:
  sqlite3_stmt* statement_;
};

/// One connection. Not thread safe.
class Database {
 public:
  /// Opens `path`; with `busy` how long a statement waits for another process.
  Database(const std::string& path, bool read_only, bool create, std::chrono::milliseconds busy);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Several statements without parameters.
  void execute(const char* sql);
  /// Runs a kept statement. `sql` must be a string literal: the statement is found again by its address.
  template <typename... Parameters>
  Rows query(const char* sql, const Parameters&... parameters) {
    return start(sql, true, parameters...);
  }
  /// The same for statements without rows; gives the number of rows that changed.
  template <typename... Parameters>
  std::int64_t run(const char* sql, const Parameters&... parameters) {
    start(sql, false, parameters...).next();
    return changes();
  }
  [[nodiscard]] std::int64_t changes() const;
  /// PRAGMA wal_checkpoint; gives the number of frames left in the log.
  int checkpoint(bool restart);
  [[nodiscard]] int wal_frames() const { return wal_frames_; }

 private:
  sqlite3_stmt* prepare(const char* sql);
  /// Parameters are copied where they may be gone when a later row is read.
  template <typename... Parameters>
  Rows start(const char* sql, bool copy, const Parameters&... parameters) {
    sqlite3_stmt* statement = prepare(sql);
    copy_parameters_ = copy;
    int index = 0;
    (bind(statement, ++index, parameters), ...);
    return Rows(statement);
  }
  void bind(sqlite3_stmt* s, int index, std::int64_t value);
  void bind(sqlite3_stmt* s, int index, std::string_view value);
  void bind(sqlite3_stmt* s, int index, const Blob& value);
  void bind(sqlite3_stmt* s, int index, std::nullptr_t);
  void bind(sqlite3_stmt* s, int index, const char* value) { bind(s, index, std::string_view(value)); }
  void bind(sqlite3_stmt* s, int index, const std::string& value) { bind(s, index, std::string_view(value)); }
  template <std::integral T>
  void bind(sqlite3_stmt* s, int index, T value) {
    bind(s, index, static_cast<std::int64_t>(value));
  }
  template <typename T>
  void bind(sqlite3_stmt* s, int index, const std::optional<T>& value) {
    if (value) {
      bind(s, index, *value);
    } else {
      bind(s, index, nullptr);
    }
  }

  struct Closer {
    void operator()(sqlite3* database) const;
  };
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalizer>> statements_;
  int wal_frames_ = 0;
  bool copy_parameters_ = true;
};

}  // namespace purser::gateway
