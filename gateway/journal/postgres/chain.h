// The place of a node among the nodes of one database.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "gateway/port/clock.h"
#include "gateway/postgres/postgres.h"

namespace purser::gateway {

/// A node's chain in the audit trail, and its number in ids. Held by the session of the writing connection.
struct Chain {
  std::int64_t number = 0;
  std::int64_t commits = 0;  ///< transactions of the chain up to now
};

/// Takes the chain with this name, makes one, or takes over one that nobody has held for longest.
/// JOURNAL-0008 if a process with this name has it: `before` is the backend of this process's own last
/// connection, whose session is ended if it still hangs on. Throws SqlError.
std::expected<Chain, Status> take_chain(PostgresDatabase& database, const std::string& name, int before);

/// What has to be added to this process's time to get the database's.
std::chrono::microseconds skew_of(PostgresDatabase& database, Instant now);

}  // namespace purser::gateway
