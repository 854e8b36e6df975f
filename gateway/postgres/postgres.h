// PostgreSQL behind the database interface.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/sql/sql.h"

struct pg_conn;
struct pg_result;

namespace purser::gateway {

/// One connection. Not thread safe. Once it is broken it stays broken: make a new one.
class PostgresDatabase final : public Database {
 public:
  /// `conninfo`: a connection string or URI of libpq; `application` is shown in pg_stat_activity.
  PostgresDatabase(const std::string& conninfo, const std::string& application);
  ~PostgresDatabase() override;

  void begin() override;
  void begin_snapshot() override;
  /// SqlFault::unknown if the connection went before the answer came.
  void commit() override;
  void roll_back() noexcept override;
  void execute(const char* sql) override;
  [[nodiscard]] bool asks_ahead() const override { return true; }

  [[nodiscard]] bool is_broken() const;
  [[nodiscard]] int backend() const;  ///< process id of the server's end
  /// Waits until another connection notified a channel this one listens to, or for `milliseconds`, or until
  /// `wake` is readable. Gives the backends that did.
  std::vector<int> wait_for_notice(int milliseconds, int wake);

 protected:
  Rows do_query(const char* sql, Parameters parameters) override;
  std::int64_t do_run(const char* sql, Parameters parameters) override;
  void do_post(const char* sql, Parameters parameters) override;
  Ticket do_ask(const char* sql, Parameters parameters) override;
  Rows do_answer(Ticket ticket) override;

 private:
  struct Closer {
    void operator()(pg_conn* connection) const;
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, Closer>;

  /// Rows of one result, reused when they are released.
  class Cursor final : public Rows::Cursor {
   public:
    void hold(Result result);
    bool next() override;
    [[nodiscard]] std::int64_t number(int column) const override;
    [[nodiscard]] std::string_view view(int column) const override;
    [[nodiscard]] bool is_null(int column) const override;
    void release() noexcept override;
    [[nodiscard]] bool is_free() const { return !result_; }

   private:
    Result result_;
    int row_ = -1;
  };

  /// What the server still has to answer, in this order.
  struct Expected {
    enum class Kind : std::uint8_t { nothing, rows, sync };
    Kind kind = Kind::nothing;
    std::uint64_t ticket = 0;
    const char* prepares = nullptr;  ///< the statement, of an answer to its preparation
  };

  std::uint64_t submit(const char* sql, Parameters parameters, Expected::Kind kind);
  const std::string& prepare(const char* sql, Parameters parameters);
  void sync();
  /// Reads answers up to this ticket's, or all.
  void read_until(std::uint64_t ticket);
  Result read_one();
  Result take(std::uint64_t ticket);
  [[noreturn]] void recover(Result failed);
  [[noreturn]] void lost();
  Rows rows_of(Result result);

  std::unique_ptr<pg_conn, Closer> connection_;
  std::unordered_map<const char*, std::string> statements_;
  std::deque<Expected> expected_;
  std::map<std::uint64_t, Result> answers_;
  std::vector<std::unique_ptr<Cursor>> cursors_;
  std::uint64_t last_ticket_ = 0;
  std::uint64_t last_name_ = 0;
  bool in_transaction_ = false;
  bool committing_ = false;
};

}  // namespace purser::gateway
