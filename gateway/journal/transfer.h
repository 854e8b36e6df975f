// A journal as a stream of lines, so that it can go from one database to another or into an archive.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/journal/body_store.h"
#include "gateway/sql/sql.h"

namespace purser::gateway {

/// What went over.
struct TransferCount {
  std::uint64_t messages = 0;
  std::uint64_t rows = 0;
  std::uint64_t body_bytes = 0;
};

/// Both work on a connection of their own, which has no other use afterwards.
///
/// Writes everything as lines of JSON (RFC 8259), one row a line, bodies in base64 before the row that refers
/// to them. One state of the journal, also while it is written to. JOURNAL-0004 if a body is damaged.
std::expected<TransferCount, Status> export_journal(Database& from, BodyStore& bodies,
                                                    const std::function<Outcome(std::string_view)>& line);

/// Gives the next line, without its end; false at the end.
using NextLine = std::function<std::expected<bool, Status>(std::string&)>;

/// Reads what was exported into a journal without messages, ids and audit chains as they were. JOURNAL-0009
/// for lines that are no export, or a journal that is not empty. What was stored before an error stays: begin
/// again with an empty journal.
std::expected<TransferCount, Status> import_journal(Database& into, BodyStore& bodies, const NextLine& next);

}  // namespace purser::gateway
