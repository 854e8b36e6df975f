// Reads and writes XML documents by tables, in memory: what the tests of XML connectors share.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "connectors/table/xml_tables.h"

namespace purser::table::testing {

/// A document as it was read, with what its reading ended with.
struct Trial {
  RecordedDocument document;  ///< findings of the model's checker included
  Outcome outcome;
};

Trial read_text(XmlTables& tables, std::string_view xml, const sdk::Request& request = {});

/// The document as XML; findings and losses of the writing go to `notes`.
std::expected<std::string, Status> write_text(XmlTables& tables, std::span<const Event> events,
                                              RecordedDocument& notes, const sdk::Request& request = {});

/// Canonical JSON, indented.
std::string canonical_json(std::span<const Event> events);
/// Findings and losses with line and source, as JSON, indented.
std::string findings_json(const Trial& trial);

/// Why the document is not the same after writing and reading it again: the first few differing values, the
/// losses of the writing, and, where nothing was wrong with the document itself, its findings. Empty if it
/// is.
std::string round_trip_difference(XmlTables& tables, const RecordedDocument& document,
                                  const sdk::Request& request = {});

std::string file_text(const std::filesystem::path& path);

}  // namespace purser::table::testing
