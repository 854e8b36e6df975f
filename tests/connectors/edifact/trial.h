// Reads and writes EDIFACT in memory: what the tests of the connector share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "connectors/edifact/tables.h"
#include "tests/connectors/table/interchange_trial.h"

namespace purser::edifact::testing {

using edi::testing::canonical_json;
using edi::testing::file_text;
using edi::testing::findings_json;
using edi::testing::plain_host;
using edi::testing::Trial;

/// Reads with the overlays and options of `request`. Stream contract and model are checked on the way.
/// With `acknowledge_on` each interchange is answered with a document of that day.
Trial read_text(Tables& tables, std::string_view text, const sdk::Request& request = {},
                std::optional<Date> acknowledge_on = {});

/// The documents as one file. Findings and losses of the writing go to `notes`.
std::expected<std::string, Status> write_text(Tables& tables, std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes);

/// Why the documents are not the same after writing (in this directory) and reading again: the first
/// differing values and what the writing lost. Empty if they are.
std::string round_trip_difference(Tables& tables, const Trial& trial, const std::string& version,
                                  std::string* written = nullptr);

}  // namespace purser::edifact::testing
