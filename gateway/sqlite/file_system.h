// SQLite's files as a journal wants them: pages with checksums, a log that is written in one go.
#pragma once

#include <cstdint>

struct sqlite3;

namespace purser::gateway {

/// The name under which SQLite opens files with checked pages (page_checksum.h), for sqlite3_open_v2. It stands on
/// SQLite's default VFS of the moment. The checksum is written with the page (in WAL mode by checkpoints; the log has
/// checksums of its own) and compared whenever one is read from the file. A database made before has no room for it
/// and is read unchecked. [any]
const char* checked_pages();

/// Makes room for checksums, if nothing is in the database yet; else from the next VACUUM on.
void want_checked_pages(sqlite3* database);
/// Whether its pages have checksums. Reads from it.
bool has_checked_pages(sqlite3* database);
/// Pages written into this empty database come from one whose pages have checksums: its own header, which
/// says so, may come after them. For sqlite3_backup.
void expect_checked_pages(sqlite3* database);

/// Of this connection, in WAL mode with synchronous = FULL: the pages of a commit go into its log in one write
/// (gathered_writes.h). Only there does SQLite sync the log, which writes them, before it tells anybody of the commit.
/// False, and nothing gathered: there is no log, or it is not synced so.
bool gather_log_writes(sqlite3* database);

/// The page that this thread last found damaged: reading it failed with SQLITE_IOERR_DATA.
std::uint32_t last_damaged_page();

}  // namespace purser::gateway
