// Reads and writes X12 in memory: what the tests of the connector share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/table/library.h"
#include "tests/connectors/table/interchange_trial.h"

namespace purser::x12::testing {

using edi::testing::canonical_json;
using edi::testing::file_text;
using edi::testing::findings_json;
using edi::testing::Trial;

/// Reads with the overlays and options of `request`. With `acknowledge_on` each interchange is answered with
/// documents of that day.
Trial read_text(table::Library& tables, std::string_view text, const sdk::Request& request = {},
                std::optional<Date> acknowledge_on = {});

/// The documents as one file. Findings and losses of the writing go to `notes`.
std::expected<std::string, Status> write_text(table::Library& tables,
                                              std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes);

/// Why the documents are not the same after writing (in this version) and reading again. Empty if they are.
std::string round_trip_difference(table::Library& tables, const Trial& trial, const std::string& version,
                                  std::string* written = nullptr);

}  // namespace purser::x12::testing
