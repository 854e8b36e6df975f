// The mapping tables a connector works with: its own, those of the configuration, overlays over both.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "canonical/map/call.h"
#include "canonical/map/program.h"
#include "plugins/sdk/connector.h"
#include "plugins/sdk/embedded.h"

namespace purser::table {

using ProgramResult = std::expected<std::shared_ptr<const map::Program>, Report>;

/// What the first statement of a mapping table says: `map SYNTAX MESSAGE VERSION <-> DOCUMENT`.
struct Head {
  std::string syntax;   ///< "xml", "edifact", "delimited" …
  std::string message;  ///< "Invoice", "INVOIC"
  std::string
      version;  ///< "2.4", "D96A"; may be empty for `delimited`; "*": all that a layout of the message names
  std::string document;  ///< "invoice"
  bool reads = false;
  bool writes = false;
  std::size_t text = 0;     ///< index in Library::texts()
  bool configured = false;  ///< brought by the configuration
};

/// Keeps the texts, finds a table by message and version, compiles it when it is first wanted. A table of the
/// configuration goes before one of the same syntax, message and version inside the connector. [any]
class Library {
 public:
  /// Keeps views: configured and embedded texts live as long as this (see sdk::Host::tables).
  Library(std::vector<sdk::TableText> configured, std::span<const sdk::EmbeddedFile> embedded,
          map::CallTable calls = {});
  ~Library();

  /// Compiles what the configuration brought, so that its errors show at start. Two configured tables for one
  /// message are an error (TABLE-0003). Empty if all is well.
  [[nodiscard]] Report check();

  /// The tables there are: configured ones first, then the connector's in the order they were embedded. Those
  /// that stand behind a configured one are left out.
  [[nodiscard]] std::span<const Head> heads() const { return heads_; }
  /// Null if there is none. An empty `version` takes the first of that message; a table for every version
  /// ("*") serves where none is for this one.
  [[nodiscard]] const Head* find_head(std::string_view message, std::string_view version = {}) const;
  /// The versions of a message there is a table for, in order; empty: message unknown.
  [[nodiscard]] const std::vector<std::string_view>& versions(std::string_view message) const;
  /// The table that writes a document: the connector's first, else the configuration's. Null if there is
  /// none.
  [[nodiscard]] const Head* writer_of(DocumentType document) const;

  /// The table with the named overlays over it, first named first; "acme" may be a file acme.overlay. A name
  /// that is not there is a finding (TABLE-0001, TABLE-0002), as is everything wrong with the table.
  ProgramResult find(std::string_view message, std::string_view version,
                     std::span<const std::string> overlays = {});

  /// Every text there is, in a fixed order: the list behind Position::table.
  [[nodiscard]] std::span<const sdk::TableText> texts() const { return texts_; }

 private:
  void find_versions();
  ProgramResult load(const Head& head, std::string_view version, std::span<const std::string> overlays) const;

  std::vector<sdk::TableText> texts_;  ///< configured first
  std::vector<map::TableFile> files_;  ///< the same
  std::vector<Head> heads_;            ///< whole once this is made: versions_ has views of them
  std::map<std::string, std::vector<std::string_view>, std::less<>> versions_;  ///< by message
  map::CallTable calls_;
  Report doubles_;
  std::mutex mutex_;  ///< guards programs_
  /// By table, version where it serves several, overlays.
  std::map<std::tuple<std::size_t, std::string, std::vector<std::string>>, ProgramResult> programs_;
};

}  // namespace purser::table
