// Reads and writes interchanges of many documents in memory: what the tests of EDI connectors share.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/recorded_events.h"
#include "plugins/sdk/connector.h"

namespace purser::edi::testing {

/// A file as it was read: its documents, and what is said before the first of them.
struct Trial {
  Report report;
  std::vector<RecordedDocument> documents;  ///< findings of the model's checker included
  Outcome outcome;
  /// All findings in order.
  [[nodiscard]] std::vector<Finding> findings() const;
};

/// What `read` gives. Stream contract and model are checked on the way.
Trial collect(const std::function<Outcome(DocumentSink&)>& read);

using MakeEncoder = std::function<std::expected<std::unique_ptr<sdk::Encoder>, Status>(ByteSink&)>;

/// The documents as one file, lines last.
std::expected<std::string, Status> write_all(const MakeEncoder& make,
                                             std::span<const RecordedDocument> documents);

/// Canonical JSON of all documents, one array.
std::string canonical_json(const Trial& trial);
/// Status, findings and losses by document, as JSON.
std::string findings_json(const Trial& trial);

/// What the writing lost and found, from `least` on, a line each.
std::string told(const RecordedDocument& notes, Severity least);
/// The first values that differ between documents and what they read as again, a line each; lines that begin
/// with one of `own` are the new interchange's.
std::string difference(const Trial& before, const Trial& again, std::span<const std::string> own);

std::string file_text(const std::filesystem::path& path);

/// A host that offers nothing but a fixed clock: 2026-11-20T12:30:00Z.
const sdk::Host& plain_host();

}  // namespace purser::edi::testing
