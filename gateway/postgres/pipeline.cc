// What travels together, and the answers in the order in which they come.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "gateway/postgres/clean_text.h"
#include "gateway/postgres/postgres.h"
#include "gateway/postgres/result.h"

namespace purser::gateway {
namespace {

constexpr std::size_t max_parameters = 32;  // the widest table has fewer columns
// What may wait for more of its text: a group's rows and bodies are mostly less, and nobody waits for it yet.
constexpr std::size_t max_waiting_bytes = 1 << 20;

std::uint64_t swapped(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  return std::endian::native == std::endian::little ? __builtin_bswap64(bits) : bits;
}

}  // namespace

const std::string& PostgresDatabase::prepare(const char* sql, Way way, Kinds kinds) {
  auto& names = statements_[static_cast<std::size_t>(way)];
  if (const auto found = names.find(sql); found != names.end()) return found->second;
  const std::string text = way == Way::alone     ? translated(sql)
                           : way == Way::rows    ? inserting_all(sql, kinds)
                           : way == Way::changes ? changing_all(sql, kinds)
                                                 : asking_all(sql, kinds);
  const std::string name = fmt::format("s{}", ++last_name_);
  std::array<Oid, max_parameters> types{};
  for (std::size_t i = 0; i < kinds.size(); ++i) types[i] = type_of(kinds[i], way != Way::alone);
  if (PQsendPrepare(connection_.get(), name.c_str(), text.c_str(), static_cast<int>(kinds.size()),
                    types.data()) != 1) {
    lost();
  }
  expected_.push_back({Expected::Kind::nothing, 0, {}, sql, way});
  return names[sql] = name;
}

std::uint64_t PostgresDatabase::submit(const char* sql, Parameters parameters, Expected::Kind kind) {
  if (parameters.size() > max_parameters) throw SqlError(SqlFault::defect, "too many parameters");
  send_waiting();
  std::array<Parameter::Kind, max_parameters> kinds{};
  std::ranges::transform(parameters, kinds.begin(), &Parameter::kind);
  const std::string& name = prepare(sql, Way::alone, Kinds(kinds).first(parameters.size()));
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
  expected_.push_back({kind, ++last_ticket_, {}, nullptr, Way::alone});
  return last_ticket_;
}

PostgresDatabase::Together& PostgresDatabase::together(const char* sql, Way way) {
  Together& all = together_[static_cast<std::size_t>(way)][sql];
  if (all.sql == nullptr) {
    const std::string_view text = sql;
    all.sql = sql;
    all.way = way;
    all.locks = text.find("FOR UPDATE") != text.npos || text.find("_lock(") != text.npos;
    if (way != Way::questions) all.table = table_of(text);
  }
  make_way_for(all);
  if (all.parameters.rows() == 0) waiting_.push_back(&all);
  return all;
}

// Sends what one more of these must not overtake, or would make too much.
void PostgresDatabase::make_way_for(const Together& all) {
  const bool asks = all.way == Way::questions;
  const bool mixed = !waiting_.empty() && (waiting_.front()->way == Way::questions) != asks;
  const auto own = std::ranges::find(waiting_, &all);
  // A question must not get before the locks that were asked for before it.
  const bool before_locks = asks && !all.locks && own != waiting_.end() &&
                            std::ranges::any_of(own + 1, waiting_.end(), &Together::locks);
  const bool same_table = !asks && std::ranges::any_of(waiting_, [&](const Together* other) {
    return other != &all && other->table == all.table &&
           (other->way == Way::changes || all.way == Way::changes);
  });
  if (mixed || before_locks || same_table || all.parameters.bytes() > max_waiting_bytes) send_waiting();
}

void PostgresDatabase::send_together(Together& all) {
  const Kinds kinds = all.parameters.kinds();
  const std::string& name = prepare(all.sql, all.way, kinds);
  std::array<const char*, max_parameters> values{};
  std::array<int, max_parameters> lengths{};
  std::array<int, max_parameters> formats{};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const std::string_view array = all.parameters.array(i);
    values[i] = array.data();
    lengths[i] = static_cast<int>(array.size());
    formats[i] = 1;
  }
  if (PQsendQueryPrepared(connection_.get(), name.c_str(), static_cast<int>(kinds.size()), values.data(),
                          lengths.data(), formats.data(), 1) != 1) {
    lost();
  }
  const bool asks = all.way == Way::questions;
  expected_.push_back({asks ? Expected::Kind::rows : Expected::Kind::nothing, ++last_ticket_,
                       std::exchange(all.questions, {}), nullptr, all.way});
  all.parameters.clear();
  all.changed.clear();
}

void PostgresDatabase::send_waiting() {
  for (Together* all : std::exchange(waiting_, {})) send_together(*all);
}

void PostgresDatabase::forget_waiting() {
  for (Together* all : std::exchange(waiting_, {})) {
    all->parameters.clear();
    all->changed.clear();
    all->questions.clear();
  }
}

void PostgresDatabase::sync() {
  send_waiting();
  if (PQpipelineSync(connection_.get()) != 1) lost();
  expected_.push_back({Expected::Kind::sync, 0, {}, nullptr, Way::alone});
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
  while (!expected_.empty() && (ticket == 0 || !answers_.contains(ticket))) {
    const Expected next = std::move(expected_.front());
    expected_.pop_front();
    Result result = read_one();
    if (has_failed(result.get())) {
      if (next.prepares != nullptr) statements_[static_cast<std::size_t>(next.way)].erase(next.prepares);
      recover(std::move(result));
    }
    if (next.kind == Expected::Kind::rows) keep(next, std::move(result));
  }
}

void PostgresDatabase::keep(const Expected& asked, Result result) {
  const int rows = PQntuples(result.get());
  const std::shared_ptr<const pg_result> shared = std::move(result);
  if (asked.questions.empty()) {
    answers_[asked.ticket] = {shared, 0, rows, 0};
    return;
  }
  int row = 0;
  for (std::size_t i = 0; i < asked.questions.size(); ++i) {
    Answer answer{shared, row, row, 1};
    const auto is_its_own = [&] {
      const std::string_view number(PQgetvalue(shared.get(), row, 0),
                                    static_cast<std::size_t>(PQgetlength(shared.get(), row, 0)));
      return number_of(number) == static_cast<std::int64_t>(i + 1);
    };
    while (row < rows && is_its_own()) answer.end = ++row;
    answers_[asked.questions[i]] = std::move(answer);
  }
}

// Reads over everything that was sent after the failed statement, so that the connection can be used again.
void PostgresDatabase::recover(Result failed) {
  const char* state = PQresultErrorField(failed.get(), PG_DIAG_SQLSTATE);
  const SqlFault fault = fault_of(state == nullptr ? "" : state);
  const std::string message = trimmed(PQresultErrorMessage(failed.get()));
  const bool has_sync = !expected_.empty() && expected_.back().kind == Expected::Kind::sync;
  forget_waiting();
  if (is_broken()) lost();
  if (!has_sync) sync();
  while (!expected_.empty()) {
    const Result passed = read_one();
    // A statement that was to be prepared in what is passed over is not.
    if (expected_.front().prepares != nullptr && has_failed(passed.get())) {
      statements_[static_cast<std::size_t>(expected_.front().way)].erase(expected_.front().prepares);
    }
    expected_.pop_front();
  }
  answers_.clear();
  committing_ = false;
  throw SqlError(fault, message);
}

PostgresDatabase::Answer PostgresDatabase::take(std::uint64_t ticket) {
  if (!answers_.contains(ticket)) {
    send_waiting();
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

}  // namespace purser::gateway
