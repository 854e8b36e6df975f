// Reads and writes X12 in memory: what the tests of the connector share.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "connectors/table/library.h"
#include "plugins/sdk/connector.h"

namespace purser::x12::testing {

/// A file as it was read: its documents, and what is said before the first of them.
struct Trial {
  Report report;
  std::vector<RecordedDocument> documents;  ///< findings of the model's checker included
  Outcome outcome;
  /// All findings in order.
  [[nodiscard]] std::vector<Finding> findings() const;
};

/// Reads with the overlays and options of `request`. Stream contract and model are checked on the way.
/// With `acknowledge_on` each interchange is answered with a document of that day.
Trial read_text(table::Library& tables, std::string_view text, const sdk::Request& request = {},
                std::optional<Date> acknowledge_on = {});

/// The documents as one file. Findings and losses of the writing go to `notes`.
std::expected<std::string, Status> write_text(table::Library& tables,
                                              std::span<const RecordedDocument> documents,
                                              const sdk::Request& request, RecordedDocument& notes);

/// Canonical JSON of all documents, one array.
std::string canonical_json(const Trial& trial);
/// Status, findings and losses by document, as JSON.
std::string findings_json(const Trial& trial);

/// Why the documents are not the same after writing (in this version) and reading again: the first differing
/// values and what the writing lost. Empty if they are.
std::string round_trip_difference(table::Library& tables, const Trial& trial, const std::string& version,
                                  std::string* written = nullptr);

std::string file_text(const std::filesystem::path& path);

/// A host that offers nothing but a fixed clock: 2026-11-20T12:30:00Z.
const sdk::Host& plain_host();

}  // namespace purser::x12::testing
