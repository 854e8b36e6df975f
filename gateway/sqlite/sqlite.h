// SQLite behind the database interface.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "gateway/sql/sql.h"

struct sqlite3;
struct sqlite3_stmt;

namespace purser::gateway {

/// One connection. Not thread safe.
class SqliteDatabase final : public Database {
 public:
  /// Opens `path`; with `busy` how long a statement waits for another process.
  SqliteDatabase(const std::string& path, bool read_only, bool create, std::chrono::milliseconds busy);
  ~SqliteDatabase() override;

  void begin() override;  ///< BEGIN IMMEDIATE
  void begin_snapshot() override;
  void commit() override;
  void roll_back() noexcept override;
  void execute(const char* sql) override;

  /// PRAGMA wal_checkpoint(PASSIVE): what no reader needs any more moves from the log into the database.
  void checkpoint();
  /// PRAGMA wal_checkpoint(RESTART): the next commit begins the log anew. False if somebody reads for longer than
  /// `patience`.
  [[nodiscard]] bool restart_log(std::chrono::milliseconds patience);
  /// PRAGMA wal_checkpoint(TRUNCATE): the log has no bytes left. False if somebody reads for longer than `busy`.
  bool empty_log();
  [[nodiscard]] int wal_frames() const { return wal_frames_; }
  /// The handle, for what has no place in the interface: online backup.
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

 protected:
  Rows do_query(const char* sql, Parameters parameters) override;
  std::int64_t do_run(const char* sql, Parameters parameters) override;

 private:
  /// A kept statement, which is also the cursor over its rows: it runs once at a time.
  class Statement final : public Rows::Cursor {
   public:
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();
    void bind(Parameters parameters, bool copy);
    bool next() override;
    [[nodiscard]] std::int64_t number(int column) const override;
    [[nodiscard]] std::string_view view(int column) const override;
    [[nodiscard]] bool is_null(int column) const override;
    void release() noexcept override;

   private:
    sqlite3_stmt* handle_;
  };
  Statement& prepare(const char* sql);

  struct Closer {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<const char*, std::unique_ptr<Statement>> statements_;
  std::chrono::milliseconds busy_;
  int wal_frames_ = 0;
};

}  // namespace purser::gateway
