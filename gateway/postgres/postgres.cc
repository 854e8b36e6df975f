#include "gateway/postgres/postgres.h"

#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cstdlib>

#include "gateway/postgres/result.h"

namespace purser::gateway {

void PostgresDatabase::Closer::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresDatabase::Closer::operator()(pg_result* result) const { PQclear(result); }

void PostgresDatabase::Cursor::hold(Answer answer) {
  answer_ = std::move(answer);
  row_ = answer_.first - 1;
}
bool PostgresDatabase::Cursor::next() { return ++row_ < answer_.end; }
bool PostgresDatabase::Cursor::is_null(int column) const {
  return PQgetisnull(answer_.result.get(), row_, answer_.first_column + column) != 0;
}
std::string_view PostgresDatabase::Cursor::view(int column) const {
  column += answer_.first_column;
  return {PQgetvalue(answer_.result.get(), row_, column),
          static_cast<std::size_t>(PQgetlength(answer_.result.get(), row_, column))};
}
void PostgresDatabase::Cursor::release() noexcept { answer_.result.reset(); }

std::int64_t PostgresDatabase::Cursor::number(int column) const { return number_of(view(column)); }

PostgresDatabase::PostgresDatabase(const std::string& conninfo, const std::string& application) {
  // What stands before dbname is a default: the connection string may say otherwise.
  const std::array<const char*, 7> names = {"connect_timeout",
                                            "tcp_user_timeout",
                                            "keepalives_idle",
                                            "client_encoding",
                                            "application_name",
                                            "dbname",
                                            nullptr};
  const std::array<const char*, 7> values = {
      "5", "15000", "10", "UTF8", application.c_str(), conninfo.c_str(), nullptr};
  connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) lost();
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  forgo_compilation();
  if (PQenterPipelineMode(connection_.get()) != 1) lost();
}

// Our statements look up a few rows by index. A server that has not counted a large table yet takes them for costly ones
// and compiles them anew each time, which takes a hundred times what they do.
void PostgresDatabase::forgo_compilation() {
  constexpr int first_that_compiles = 110'000;
  if (PQserverVersion(connection_.get()) < first_that_compiles) return;
  const Result done(PQexec(connection_.get(), "SET jit = off"));
  if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) lost();
}

PostgresDatabase::~PostgresDatabase() = default;

bool PostgresDatabase::is_broken() const { return PQstatus(connection_.get()) != CONNECTION_OK; }
int PostgresDatabase::backend() const { return PQbackendPID(connection_.get()); }

void PostgresDatabase::lost() {
  throw SqlError(committing_ ? SqlFault::unknown : SqlFault::unavailable,
                 trimmed(PQerrorMessage(connection_.get())));
}

void PostgresDatabase::begin() {
  do_post("BEGIN", {});
  in_transaction_ = true;
}

void PostgresDatabase::begin_snapshot() {
  execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  in_transaction_ = true;
}

void PostgresDatabase::commit() {
  do_post("COMMIT", {});
  in_transaction_ = false;
  committing_ = true;
  sync();
  read_until(0);
  committing_ = false;
  answers_.clear();  // of locks: nobody asks what they say
}

void PostgresDatabase::roll_back() noexcept {
  committing_ = false;
  in_transaction_ = false;
  forget_waiting();
  if (is_broken()) return;
  try {
    do_post("ROLLBACK", {});
    sync();
    read_until(0);
  } catch (const SqlError&) {
    // Where the transaction failed what was sent after it is passed over: the next one ends it, or the
    // connection is gone, and the server ends it.
    if (is_broken()) return;
    try {
      do_post("ROLLBACK", {});
      sync();
      read_until(0);
    } catch (const SqlError&) {
      return;
    }
  }
}

void PostgresDatabase::execute(const char* sql) {
  read_until(0);
  if (PQexitPipelineMode(connection_.get()) != 1) lost();
  Result result(PQexec(connection_.get(), sql));
  const ExecStatusType status = PQresultStatus(result.get());
  const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  const SqlFault fault = fault_of(state == nullptr ? "" : state);
  const std::string message = trimmed(PQerrorMessage(connection_.get()));
  if (!is_broken() && PQenterPipelineMode(connection_.get()) != 1) lost();
  if (!good) throw SqlError(fault, message);
}

Rows PostgresDatabase::rows_of(Answer answer) {
  for (const auto& cursor : cursors_) {
    if (!cursor->is_free()) continue;
    cursor->hold(std::move(answer));
    return Rows(cursor.get());
  }
  cursors_.push_back(std::make_unique<Cursor>());
  cursors_.back()->hold(std::move(answer));
  return Rows(cursors_.back().get());
}

Rows PostgresDatabase::do_query(const char* sql, Parameters parameters) {
  return rows_of(take(submit(sql, parameters, Expected::Kind::rows)));
}

std::int64_t PostgresDatabase::do_run(const char* sql, Parameters parameters) {
  const Answer answer = take(submit(sql, parameters, Expected::Kind::rows));
  // libpq asks for what it does not change.
  return std::strtoll(PQcmdTuples(const_cast<pg_result*>(answer.result.get())), nullptr, 10);
}

void PostgresDatabase::do_post(const char* sql, Parameters parameters) {
  submit(sql, parameters, Expected::Kind::nothing);
  if (!in_transaction_ && std::string_view(sql) != "BEGIN" && std::string_view(sql) != "COMMIT" &&
      std::string_view(sql) != "ROLLBACK") {
    sync();
    read_until(0);
  }
}

void PostgresDatabase::do_insert(const char* sql, Parameters parameters) {
  if (!in_transaction_) return do_post(sql, parameters);
  together(sql, Way::rows).parameters.add(parameters);
}

void PostgresDatabase::do_change(const char* sql, Parameters parameters) {
  if (!in_transaction_) return do_post(sql, parameters);
  const std::int64_t id = parameters.back().number;
  Together* all = &together(sql, Way::changes);
  if (all->changed.contains(id)) {  // of two changes of a row in one statement the server makes one
    send_waiting();
    all = &together(sql, Way::changes);
  }
  all->changed.insert(id);
  all->parameters.add(parameters);
}

Ticket PostgresDatabase::do_ask(const char* sql, Parameters parameters) {
  if (!in_transaction_) return {submit(sql, parameters, Expected::Kind::rows)};
  Together& all = together(sql, Way::questions);
  all.parameters.add(parameters);
  all.questions.push_back(++last_ticket_);
  return {last_ticket_};
}

Rows PostgresDatabase::do_answer(Ticket ticket) { return rows_of(take(ticket.number)); }

std::vector<int> PostgresDatabase::wait_for_notice(int milliseconds, int wake) {
  std::array<pollfd, 2> both{pollfd{PQsocket(connection_.get()), POLLIN, 0}, pollfd{wake, POLLIN, 0}};
  ::poll(both.data(), both.size(), milliseconds);
  if (PQconsumeInput(connection_.get()) != 1) lost();
  std::vector<int> out;
  while (PGnotify* notice = PQnotifies(connection_.get())) {
    out.push_back(notice->be_pid);
    PQfreemem(notice);
  }
  return out;
}

}  // namespace purser::gateway
