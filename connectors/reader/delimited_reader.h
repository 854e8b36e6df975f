// Reads delimited text as a stream of records.
#pragma once

#include <span>
#include <string_view>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/delimited.h"
#include "connectors/reader/finding_handler.h"

namespace purser::delimited {

struct ReadOptions {
  Format format;
  Limits limits;
  /// Names the caller knows: a heading that equals one of them but for case and blanks around it is passed
  /// under this name. Borrowed during the call.
  std::span<const std::string_view> headings;
  bool ragged_is_error = false;  ///< a record with more or fewer fields than the heading: error, not warning
};

/// Reads all records into `sink`: open("record"), a leaf for each field that is not empty (element is the
/// column from 1, name the heading where there is one), close. Empty lines are passed over. Lines end with
/// LF, CR or CR LF; a quoted field may hold them. A byte order mark beats the charset of the format.
/// Position: of a record's first byte, of a field's first byte (after the quote); `segment` is the record's
/// ordinal, the heading line counted.
/// Errors: findings CSV-nnnn; a limit, an unclosed quote at the end or a bad byte are fatal and returned as a
/// Status. A Status of the source or the sink is passed up. Not thread safe.
Outcome read(reader::ByteSource& source, map::SyntaxSink& sink, const reader::FindingHandler& findings,
             const ReadOptions& options = {});

}  // namespace purser::delimited
