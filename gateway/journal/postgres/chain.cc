#include "gateway/journal/postgres/chain.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace purser::gateway {
namespace {

// The session of a process that has just ended is there for a moment longer: a restart need not fail.
constexpr int lock_attempts = 20;
constexpr std::chrono::milliseconds lock_pause{50};

constexpr std::int64_t max_chains = 255;  // the lowest byte of an id; 0 is the embedded journal's

// 5782982 is the class of these advisory locks. The session's own lock: it ends with the connection, however
// the process ends.
bool lock(PostgresDatabase& database, std::int64_t chain) {
  auto rows = database.query("SELECT pg_try_advisory_lock(5782982, ?::int)", chain);
  return rows.next() && rows.number(0) != 0;
}

bool lock_soon(PostgresDatabase& database, std::int64_t chain) {
  for (int i = 0; i < lock_attempts; ++i) {
    if (lock(database, chain)) return true;
    std::this_thread::sleep_for(lock_pause);
  }
  return false;
}

std::optional<std::int64_t> find(PostgresDatabase& database, const std::string& name) {
  auto rows = database.query("SELECT chain FROM audit_head WHERE name = ?", name);
  return rows.next() ? std::optional(rows.number(0)) : std::nullopt;
}

// A connection that broke on this side only is still there on the other for a while.
void end_session(PostgresDatabase& database, std::int64_t chain, int before) {
  auto rows = database.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 5782982"
      " AND objid = ?::oid AND objsubid = 2 AND pid = ?::int",
      chain, before);
  while (rows.next()) {
  }
}

std::optional<std::int64_t> make(PostgresDatabase& database, const std::string& name) {
  database.run(
      "INSERT INTO audit_head (chain, name, sequence, hash, last_id, commits)"
      " SELECT coalesce(max(chain), 0) + 1, ?, 0, decode(repeat('00', 32), 'hex'), 0, 0 FROM audit_head"
      " HAVING coalesce(max(chain), 0) < ? ON CONFLICT DO NOTHING",
      name, max_chains);
  return find(database, name);
}

std::optional<std::int64_t> take_over(PostgresDatabase& database, const std::string& name) {
  std::vector<std::int64_t> candidates;
  {
    auto rows = database.query("SELECT chain FROM audit_head ORDER BY last_id");
    while (rows.next()) candidates.push_back(rows.number(0));
  }
  for (const std::int64_t chain : candidates) {
    if (!lock(database, chain)) continue;
    database.run("UPDATE audit_head SET name = ? WHERE chain = ?", name, chain);
    return chain;
  }
  return std::nullopt;
}

Chain held(PostgresDatabase& database, std::int64_t chain) {
  // Waits for a transaction of the session before that is still being committed.
  auto rows = database.query("SELECT commits FROM audit_head WHERE chain = ? /*FOR UPDATE*/", chain);
  return {chain, rows.next() ? rows.number(0) : 0};
}

}  // namespace

std::expected<Chain, Status> take_chain(PostgresDatabase& database, const std::string& name, int before) {
  auto chain = find(database, name);
  if (!chain) chain = make(database, name);
  if (!chain) {
    if (const auto taken = take_over(database, name)) return held(database, *taken);
    return std::unexpected(Status{StatusClass::unavailable, "JOURNAL-0008",
                                  fmt::format("{} nodes share the database already", max_chains)});
  }
  if (before != 0) end_session(database, *chain, before);
  if (!lock_soon(database, *chain)) {
    return std::unexpected(
        Status{StatusClass::unavailable, "JOURNAL-0008",
               fmt::format("another gateway with the node name {} works on this database", name)});
  }
  return held(database, *chain);
}

std::chrono::microseconds skew_of(PostgresDatabase& database, Instant now) {
  auto rows = database.query("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
  return rows.next() ? to_instant(rows.number(0)) - now : std::chrono::microseconds(0);
}

}  // namespace purser::gateway
