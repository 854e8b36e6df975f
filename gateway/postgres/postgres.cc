#include "gateway/postgres/postgres.h"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <bit>
#include <cstring>

#include "gateway/postgres/clean_text.h"

namespace purser::gateway {
namespace {

// Object identifiers of the types that parameters have (PostgreSQL's pg_type, fixed).
constexpr Oid type_int8 = 20;
constexpr Oid type_text = 25;
constexpr Oid type_bytea = 17;
constexpr std::size_t max_parameters = 32;  // the widest table has fewer columns

std::uint64_t swapped(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  return std::endian::native == std::endian::little ? __builtin_bswap64(bits) : bits;
}

Oid type_of(Parameter::Kind kind) {
  return kind == Parameter::Kind::number ? type_int8 : kind == Parameter::Kind::text ? type_text : type_bytea;
}

// "?" and "?2" become "$1" and "$2"; the marked comments become what they say.
std::string translated(std::string_view sql) {
  std::string out;
  int next = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (!quoted && sql[i] == '?') {
      int number = 0;
      while (i + 1 < sql.size() && sql[i + 1] >= '0' && sql[i + 1] <= '9')
        number = number * 10 + (sql[++i] - '0');
      out += fmt::format("${}", number == 0 ? ++next : number);
    } else if (!quoted && (sql.substr(i).starts_with("/*") || sql.substr(i).starts_with("*/"))) {
      ++i;
    } else {
      out += sql[i];
    }
  }
  return out;
}

SqlFault fault_of(std::string_view state) {
  // Serialization, deadlock, a unique key that another transaction took, a lock that took too long.
  if (state == "40001" || state == "40P01" || state == "23505" || state == "55P03") return SqlFault::again;
  const std::string_view group = state.substr(0, 2);
  // Connection, resources, operator intervention, system, read-only transaction (a standby).
  if (state.empty() || group == "08" || group == "53" || group == "57" || group == "58" || state == "25006" ||
      state == "25P03") {
    return SqlFault::unavailable;
  }
  return SqlFault::defect;
}

bool has_failed(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
}

std::string trimmed(const char* message) {
  std::string out = message == nullptr ? "" : message;
  while (!out.empty() && out.back() == '\n') out.pop_back();
  for (char& c : out) {
    if (c == '\n') c = ' ';
  }
  return out;
}

}  // namespace

void PostgresDatabase::Closer::operator()(pg_conn* connection) const { PQfinish(connection); }
void PostgresDatabase::Closer::operator()(pg_result* result) const { PQclear(result); }

void PostgresDatabase::Cursor::hold(Result result) {
  result_ = std::move(result);
  row_ = -1;
}
bool PostgresDatabase::Cursor::next() { return ++row_ < PQntuples(result_.get()); }
bool PostgresDatabase::Cursor::is_null(int column) const {
  return PQgetisnull(result_.get(), row_, column) != 0;
}
std::string_view PostgresDatabase::Cursor::view(int column) const {
  return {PQgetvalue(result_.get(), row_, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}
void PostgresDatabase::Cursor::release() noexcept { result_.reset(); }

// Binary, most significant byte first, as wide as the column.
std::int64_t PostgresDatabase::Cursor::number(int column) const {
  const std::string_view bytes = view(column);
  if (bytes.empty()) return 0;
  auto out = static_cast<std::int64_t>(static_cast<signed char>(bytes[0]));
  for (const char byte : bytes.substr(1)) out = out * 256 + static_cast<unsigned char>(byte);
  return out;
}

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
  if (PQenterPipelineMode(connection_.get()) != 1) lost();
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
}

void PostgresDatabase::roll_back() noexcept {
  committing_ = false;
  in_transaction_ = false;
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

const std::string& PostgresDatabase::prepare(const char* sql, Parameters parameters) {
  const auto [found, is_new] = statements_.try_emplace(sql);
  if (!is_new) return found->second;
  found->second = fmt::format("s{}", ++last_name_);
  std::array<Oid, max_parameters> types{};
  for (std::size_t i = 0; i < parameters.size(); ++i) types[i] = type_of(parameters[i].kind);
  if (PQsendPrepare(connection_.get(), found->second.c_str(), translated(sql).c_str(),
                    static_cast<int>(parameters.size()), types.data()) != 1) {
    lost();
  }
  expected_.push_back({Expected::Kind::nothing, 0, sql});
  return found->second;
}

std::uint64_t PostgresDatabase::submit(const char* sql, Parameters parameters, Expected::Kind kind) {
  if (parameters.size() > max_parameters) throw SqlError(SqlFault::defect, "too many parameters");
  const std::string& name = prepare(sql, parameters);
  std::array<std::uint64_t, max_parameters> numbers{};
  std::array<const char*, max_parameters> values{};
  std::array<int, max_parameters> lengths{};
  std::array<int, max_parameters> formats{};
  std::vector<std::string> mended;
  mended.reserve(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Parameter& one = parameters[i];
    formats[i] = 1;
    if (one.null) continue;
    if (one.kind == Parameter::Kind::number) {
      numbers[i] = swapped(one.number);
      values[i] = reinterpret_cast<const char*>(&numbers[i]);
      lengths[i] = sizeof numbers[i];
      continue;
    }
    std::string_view bytes = one.bytes;
    if (one.kind == Parameter::Kind::text && !is_clean_text(bytes))
      bytes = mended.emplace_back(cleaned_text(bytes));
    values[i] = bytes.data() == nullptr ? "" : bytes.data();
    lengths[i] = static_cast<int>(bytes.size());
  }
  if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(parameters.size()), values.data(),
                          lengths.data(), formats.data(), 1) != 1) {
    lost();
  }
  expected_.push_back({kind, ++last_ticket_, nullptr});
  return last_ticket_;
}

void PostgresDatabase::sync() {
  if (PQpipelineSync(connection_.get()) != 1) lost();
  expected_.push_back({Expected::Kind::sync, 0, nullptr});
}

PostgresDatabase::Result PostgresDatabase::read_one() {
  Result result(PQgetResult(connection_.get()));
  if (!result) lost();
  // Each answer ends with an empty one; a sync has none.
  if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC) {
    const Result end(PQgetResult(connection_.get()));
    if (end) lost();
  }
  return result;
}

void PostgresDatabase::read_until(std::uint64_t ticket) {
  while (!expected_.empty()) {
    const Expected next = expected_.front();
    Result result = read_one();
    expected_.pop_front();
    if (has_failed(result.get())) {
      if (next.prepares != nullptr) statements_.erase(next.prepares);
      recover(std::move(result));
    }
    if (next.kind == Expected::Kind::rows) answers_[next.ticket] = std::move(result);
    if (ticket != 0 && next.ticket == ticket) return;
  }
}

// Reads over everything that was sent after the failed statement, so that the connection can be used again.
void PostgresDatabase::recover(Result failed) {
  const char* state = PQresultErrorField(failed.get(), PG_DIAG_SQLSTATE);
  const SqlFault fault = fault_of(state == nullptr ? "" : state);
  const std::string message = trimmed(PQresultErrorMessage(failed.get()));
  const bool has_sync = !expected_.empty() && expected_.back().kind == Expected::Kind::sync;
  if (is_broken()) lost();
  if (!has_sync) sync();
  while (!expected_.empty()) {
    const Result passed = read_one();
    // A statement that was to be prepared in what is passed over is not.
    if (expected_.front().prepares != nullptr && has_failed(passed.get())) {
      statements_.erase(expected_.front().prepares);
    }
    expected_.pop_front();
  }
  answers_.clear();
  committing_ = false;
  throw SqlError(fault, message);
}

PostgresDatabase::Result PostgresDatabase::take(std::uint64_t ticket) {
  if (!answers_.contains(ticket)) {
    // Outside a transaction each question stands for itself.
    if (!in_transaction_) {
      sync();
      read_until(0);
    } else {
      if (PQsendFlushRequest(connection_.get()) != 1 || PQflush(connection_.get()) < 0) lost();
      read_until(ticket);
    }
  }
  auto node = answers_.extract(ticket);
  if (node.empty()) throw SqlError(SqlFault::defect, "an answer was taken twice");
  return std::move(node.mapped());
}

Rows PostgresDatabase::rows_of(Result result) {
  for (const auto& cursor : cursors_) {
    if (!cursor->is_free()) continue;
    cursor->hold(std::move(result));
    return Rows(cursor.get());
  }
  cursors_.push_back(std::make_unique<Cursor>());
  cursors_.back()->hold(std::move(result));
  return Rows(cursors_.back().get());
}

Rows PostgresDatabase::do_query(const char* sql, Parameters parameters) {
  return rows_of(take(submit(sql, parameters, Expected::Kind::rows)));
}

std::int64_t PostgresDatabase::do_run(const char* sql, Parameters parameters) {
  const Result result = take(submit(sql, parameters, Expected::Kind::rows));
  return std::strtoll(PQcmdTuples(result.get()), nullptr, 10);
}

void PostgresDatabase::do_post(const char* sql, Parameters parameters) {
  submit(sql, parameters, Expected::Kind::nothing);
  if (!in_transaction_ && std::string_view(sql) != "BEGIN" && std::string_view(sql) != "COMMIT" &&
      std::string_view(sql) != "ROLLBACK") {
    sync();
    read_until(0);
  }
}

Ticket PostgresDatabase::do_ask(const char* sql, Parameters parameters) {
  return {submit(sql, parameters, Expected::Kind::rows)};
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
