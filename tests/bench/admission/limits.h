// What the machine can do at all: the measures beside which admission is shown.
#pragma once

#include <cstdint>
#include <string>

namespace purser::gateway {

/// Syncs a second of one writer that rewrites a preallocated file in pieces of `size` bytes.
double sync_rate(const std::string& folder, std::size_t size, double seconds);
/// Rows a second into one SQLite table with a unique key, `group` to a commit, WAL and synchronous=FULL, each
/// with a body of `size` bytes appended to a preallocated file that is synced before the commit.
double bare_group_commit_rate(const std::string& folder, std::size_t size, int group, double seconds);
/// The same into PostgreSQL over one connection, all rows of a transaction sent before the first answer is
/// read, `body` in the rows.
double bare_pipeline_rate(const std::string& conninfo, const std::string& body, int group, double seconds);

}  // namespace purser::gateway
