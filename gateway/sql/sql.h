// A database behind one interface: kept statements, rows, a transaction, what can be done about an error.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "canonical/event/event.h"

namespace purser::gateway {

/// What can be done about a failed statement.
enum class SqlFault : std::uint8_t {
  unavailable,  ///< full disk, lock, no connection: nothing was stored, it may pass
  again,        ///< another transaction came first: the same one, run again from its start, may succeed
  unknown,      ///< the connection went while COMMIT was under way: stored or not
  damaged,      ///< what was read is not what was written: stays so
  defect        ///< everything else
};

/// A failed statement. Caught once by whoever runs the transaction, and turned into a Status.
class SqlError : public std::runtime_error {
 public:
  SqlError(SqlFault fault, const std::string& what) : std::runtime_error(what), fault_(fault) {}
  [[nodiscard]] SqlFault fault() const { return fault_; }
  /// JOURNAL-0002 unavailable, JOURNAL-0004 damaged or JOURNAL-0005 defect.
  [[nodiscard]] Status status() const;

 private:
  SqlFault fault_;
};

/// Raw bytes as a parameter.
struct Blob {
  std::span<const std::uint8_t> bytes;
};

/// One value bound to a statement. Borrowed: its bytes live until the call returns.
struct Parameter {
  enum class Kind : std::uint8_t { number, text, blob };
  Kind kind = Kind::number;
  bool null = false;
  std::int64_t number = 0;
  std::string_view bytes;

  template <std::integral T>
  static Parameter of(T value) {
    return {Kind::number, false, static_cast<std::int64_t>(value), {}};
  }
  static Parameter of(std::string_view value) { return {Kind::text, false, 0, value}; }
  static Parameter of(const std::string& value) { return {Kind::text, false, 0, value}; }
  static Parameter of(const char* value) { return {Kind::text, false, 0, value}; }
  static Parameter of(const Blob& value) {
    return {Kind::blob, false, 0, {reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()}};
  }
  template <typename T>
  static Parameter of(const std::optional<T>& value) {
    if (value) return of(*value);  // not a copy of it: the bytes are borrowed
    Parameter out = of(T{});
    out.bytes = {};
    out.null = true;
    return out;
  }
};

/// The rows of one statement; its statement is free again when this goes out of scope.
class Rows {
 public:
  /// What a database gives; it outlives the Rows.
  class Cursor {
   public:
    virtual bool next() = 0;
    [[nodiscard]] virtual std::int64_t number(int column) const = 0;
    [[nodiscard]] virtual std::string_view view(int column) const = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    virtual void release() noexcept = 0;

   protected:
    ~Cursor() = default;
  };

  explicit Rows(Cursor* cursor) : cursor_(cursor) {}
  Rows(Rows&& other) noexcept : cursor_(std::exchange(other.cursor_, nullptr)) {}
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  ~Rows() {
    if (cursor_ != nullptr) cursor_->release();
  }
  bool next() { return cursor_->next(); }  ///< false: no more rows
  [[nodiscard]] std::int64_t number(int column) const { return cursor_->number(column); }  ///< 0 if NULL
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  /// Text or blob, until next(); empty if NULL.
  [[nodiscard]] std::string_view view(int column) const { return cursor_->view(column); }
  [[nodiscard]] bool is_null(int column) const { return cursor_->is_null(column); }

 private:
  Cursor* cursor_;
};

/// A question that was asked ahead; 0: none was.
struct Ticket {
  std::uint64_t number = 0;
  [[nodiscard]] bool is_set() const { return number != 0; }
};

/// One connection. Everything throws SqlError. [serial]
///
/// Statements are string literals, kept and found again by their address. The SQL is what SQLite and
/// PostgreSQL have in common, with parameters as ? or ?1, and "/*FOR UPDATE*/": a comment to SQLite, where a
/// writer is alone, and taken at its word by PostgreSQL.
class Database {
 public:
  Database() = default;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  virtual void begin() = 0;  ///< for writing
  /// For reading: one state of the database until roll_back().
  virtual void begin_snapshot() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  virtual void execute(const char* sql) = 0;  ///< several statements without parameters

  template <typename... P>
  Rows query(const char* sql, const P&... parameters) {
    return do_query(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// A statement without rows; gives the number of rows that changed.
  template <typename... P>
  std::int64_t run(const char* sql, const P&... parameters) {
    return do_run(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// The same where nobody waits for the number: it may travel together with what follows, and what is wrong
  /// with it is thrown by a later call, at the latest by commit().
  template <typename... P>
  void post(const char* sql, const P&... parameters) {
    do_post(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// One more row, by "INSERT INTO t (a, b) VALUES (?, ?)", as post(). Rows of one text may wait for each
  /// other and go together, so that those of another table may overtake them; whatever else is asked or done
  /// comes after them.
  template <typename... P>
  void insert(const char* sql, const P&... parameters) {
    do_insert(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// A change of one row, by "UPDATE t SET a = ? WHERE id = ?", as post(): of that table alone, with the row's id as the
  /// last parameter. May wait for its like as a row to insert may, but overtakes nothing that is done to its table.
  template <typename... P>
  void change(const char* sql, const P&... parameters) {
    do_change(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// Statements made at run time: their text must stay where it is as long as the connection.
  Rows query_with(const char* sql, std::span<const Parameter> parameters) {
    return do_query(sql, parameters);
  }
  void post_with(const char* sql, std::span<const Parameter> parameters) { do_post(sql, parameters); }

  /// True where many questions at once cost one journey to the server, and those of one text one statement.
  /// Elsewhere ask() gives no ticket.
  [[nodiscard]] virtual bool asks_ahead() const { return false; }
  template <typename... P>
  Ticket ask(const char* sql, const P&... parameters) {
    return do_ask(sql, std::array<Parameter, sizeof...(P)>{Parameter::of(parameters)...});
  }
  /// The rows of a question, once.
  Rows answer(Ticket ticket) { return do_answer(ticket); }

 protected:
  using Parameters = std::span<const Parameter>;
  virtual Rows do_query(const char* sql, Parameters parameters) = 0;
  virtual std::int64_t do_run(const char* sql, Parameters parameters) = 0;
  virtual void do_post(const char* sql, Parameters parameters);
  virtual void do_insert(const char* sql, Parameters parameters);
  virtual void do_change(const char* sql, Parameters parameters);
  virtual Ticket do_ask(const char* sql, Parameters parameters);
  virtual Rows do_answer(Ticket ticket);
};

}  // namespace purser::gateway
