// What a server's answer says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/sql/sql.h"

struct pg_result;

namespace purser::gateway {

/// What can be done about an SQLSTATE; empty: there was none, the connection is gone.
SqlFault fault_of(std::string_view state);
/// Failed itself, or was passed over after one that failed.
bool has_failed(const pg_result* result);
/// A number in binary form, most significant byte first, as wide as its column; 0 if null.
std::int64_t number_of(std::string_view bytes);
/// A message of libpq in one line.
std::string trimmed(const char* message);

}  // namespace purser::gateway
