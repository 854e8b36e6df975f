// Forms of dates and times: yyyyMMdd, dd.MM.yyyy HH:mm, or several: yyyyMMdd|yyMMdd (the first is written).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "canonical/value/date.h"

namespace purser::map {

/// True if `pattern` is made of yyyy or yy, MM or M, dd or d, HH, mm, ss and signs, each field once. [any]
bool valid_pattern(std::string_view pattern);

/// What a text says by a pattern. Parts the pattern lacks are 0 in `time`, 1 in a date that has a year.
/// Two-digit years: 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999. Nothing if it does not fit or is
/// no date. [any]
std::optional<DateTime> parse_by_pattern(std::string_view text, std::string_view pattern);
void append_by_pattern(std::string& out, const DateTime& at, std::string_view pattern);

/// The pattern behind a code of UN/EDIFACT data element 2379 (102, 203 …) or of X12 element 1250 (D8 …);
/// empty if the code is not a single point in time. [any]
std::string_view pattern_of_code(std::string_view code);

}  // namespace purser::map
