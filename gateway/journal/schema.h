// The tables of the SQLite journal and how an older file becomes a newer one.
#pragma once

#include <string>
#include <vector>

#include "gateway/sql/sql.h"

namespace purser::gateway {

/// What this program writes; kept in PRAGMA user_version.
inline constexpr int journal_schema_version = 6;

/// One step of a migration.
struct MigrationStep {
  int from = 0, to = 0;
  std::string sql;
};
int journal_version(Database& database);  ///< 0: no journal
/// The steps from one version to another; none if they are the same. Changes nothing.
std::vector<MigrationStep> journal_steps(int from, int to);
/// Runs them in one transaction. JOURNAL-0007 if either is not a version this program knows. Throws SqlError.
Outcome take_journal_to(Database& database, int to);

/// Makes or migrates the tables, one step a version, in one transaction.
/// Throws SqlError; JOURNAL-0007 by Status if the file is newer than this program.
Outcome migrate_journal(Database& database, bool may_write);

}  // namespace purser::gateway
