// The columns of a message that a list and a view share. For queries alone.
#pragma once

#include "gateway/journal/query.h"
#include "gateway/sql/sql.h"

namespace purser::gateway::queries {

#define PURSER_SUMMARY_COLUMNS                                                                           \
  "id, state, received, source, partner, format, file_name, body_length, why, documents, type, number, " \
  "tenant"

/// Of a row that begins with these columns.
MessageSummary summary_of(const Rows& row);

}  // namespace purser::gateway::queries
