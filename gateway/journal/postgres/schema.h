// The tables of the shared journal, and how they become newer or older ones.
#pragma once

#include <string>
#include <vector>

#include "gateway/journal/schema.h"
#include "gateway/postgres/postgres.h"

namespace purser::gateway {

/// What this program writes.
inline constexpr int postgres_schema_version = 8;

/// What the database says of itself. `least`: the oldest program that may work on it; a step that only adds
/// leaves it, so that nodes of the version before go on while newer ones start.
struct PostgresVersion {
  int version = 0;  ///< 0: no journal
  int least = 0;
};
PostgresVersion postgres_version(PostgresDatabase& database);

/// The steps from the database's version to `to`; none if it is there. Changes nothing.
std::vector<MigrationStep> migration_steps(int from, int to);
/// Runs them, each in a transaction; nodes that start at the same time wait for each other. JOURNAL-0007 if
/// `to` is not a version this program knows. Throws SqlError.
Outcome migrate_postgres(PostgresDatabase& database, int to);

/// Before a program of this version works with it: migrates forward if it is older, JOURNAL-0007 if it is too
/// new.
Outcome prepare_postgres(PostgresDatabase& database, bool may_write);

}  // namespace purser::gateway
