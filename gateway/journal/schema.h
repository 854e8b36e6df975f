// The tables of the SQLite journal and how an older file becomes a newer one.
#pragma once

#include "gateway/sql/sql.h"

namespace purser::gateway {

/// What this program writes; kept in PRAGMA user_version.
inline constexpr int journal_schema_version = 2;

/// Makes or migrates the tables, one step a version, in one transaction.
/// Throws SqlError; JOURNAL-0007 by Status if the file is newer than this program.
Outcome migrate_journal(Database& database, bool may_write);

}  // namespace purser::gateway
