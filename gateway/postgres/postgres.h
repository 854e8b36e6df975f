// PostgreSQL behind the database interface.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "gateway/postgres/together.h"
#include "gateway/sql/sql.h"

struct pg_conn;
struct pg_result;

namespace purser::gateway {

/// One connection. Not thread safe. Once it is broken it stays broken: make a new one.
///
/// Within a transaction rows to insert, changes and questions asked ahead wait for more of their text, and
/// each text goes as one statement with an array for each parameter: a server's work for a statement is
/// several times that for a row.
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
  void do_insert(const char* sql, Parameters parameters) override;
  void do_change(const char* sql, Parameters parameters) override;
  Ticket do_ask(const char* sql, Parameters parameters) override;
  Rows do_answer(Ticket ticket) override;

 private:
  struct Closer {
    void operator()(pg_conn* connection) const;
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, Closer>;
  using Kinds = std::span<const Parameter::Kind>;

  /// Part of a result: the rows of one question.
  struct Answer {
    std::shared_ptr<const pg_result> result;
    int first = 0, end = 0;
    int first_column = 0;
  };

  /// Rows of one answer, reused when they are released.
  class Cursor final : public Rows::Cursor {
   public:
    void hold(Answer answer);
    bool next() override;
    [[nodiscard]] std::int64_t number(int column) const override;
    [[nodiscard]] std::string_view view(int column) const override;
    [[nodiscard]] bool is_null(int column) const override;
    void release() noexcept override;
    [[nodiscard]] bool is_free() const { return !answer_.result; }

   private:
    Answer answer_;
    int row_ = -1;
  };

  /// How a statement's parameters travel: one set of them, or arrays of rows, changes or questions.
  enum class Way : std::uint8_t { alone, rows, changes, questions };
  static constexpr std::size_t ways = 4;

  /// What the server still has to answer, in this order.
  struct Expected {
    enum class Kind : std::uint8_t { nothing, rows, sync };
    Kind kind = Kind::nothing;
    std::uint64_t ticket = 0;
    std::vector<std::uint64_t> questions;  ///< the tickets of those that were asked together
    const char* prepares = nullptr;        ///< the statement, of an answer to its preparation
    Way way = Way::alone;
  };

  /// Executions of one text that have not been sent yet.
  struct Together {
    const char* sql = nullptr;
    Way way = Way::rows;
    bool locks = false;      ///< what is asked after it has to see what is true once it has its locks
    std::string_view table;  ///< of rows and changes
    ParameterArrays parameters;
    std::unordered_set<std::int64_t> changed;  ///< the ids of changed rows
    std::vector<std::uint64_t> questions;
  };

  std::uint64_t submit(const char* sql, Parameters parameters, Expected::Kind kind);
  const std::string& prepare(const char* sql, Way way, Kinds kinds);
  Together& together(const char* sql, Way way);
  void make_way_for(const Together& all);
  void send_together(Together& all);
  /// Sends what waits for more of its text.
  void send_waiting();
  void forget_waiting();
  void sync();
  /// Reads answers until there is this ticket's, or all.
  void read_until(std::uint64_t ticket);
  void keep(const Expected& asked, Result result);
  Result read_one();
  Answer take(std::uint64_t ticket);
  [[noreturn]] void recover(Result failed);
  [[noreturn]] void lost();
  void forgo_compilation();
  Rows rows_of(Answer answer);

  std::unique_ptr<pg_conn, Closer> connection_;
  std::array<std::unordered_map<const char*, std::string>, ways> statements_;  ///< the names of prepared ones
  std::array<std::unordered_map<const char*, Together>, ways> together_;
  std::vector<Together*>
      waiting_;  ///< in the order in which they began: questions alone, or rows and changes
  std::deque<Expected> expected_;
  std::map<std::uint64_t, Answer> answers_;
  std::vector<std::unique_ptr<Cursor>> cursors_;
  std::uint64_t last_ticket_ = 0;
  std::uint64_t last_name_ = 0;
  bool in_transaction_ = false;
  bool committing_ = false;
};

}  // namespace purser::gateway
