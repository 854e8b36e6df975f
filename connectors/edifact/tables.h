// The mapping tables the connector works with: its own, those of the configuration, overlays over both.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/program.h"
#include "plugins/sdk/connector.h"

namespace purser::edifact {

/// A table together with the message and directory it is for.
struct TableKey {
  std::string message;  ///< "INVOIC"
  std::string version;  ///< "D96A"
  friend auto operator<=>(const TableKey&, const TableKey&) = default;
};

/// A message this connector has tables for, and the document it is.
struct ServedMessage {
  std::string_view name;
  DocumentType document;
};
std::span<const ServedMessage> served_messages();

using ProgramResult = std::expected<std::shared_ptr<const map::Program>, Report>;

/// Compiles a table when it is first wanted and keeps it. A table of the configuration goes before one of
/// the same message and directory inside the connector. A table for `*` serves every directory there is a layout
/// for; its `use directory` takes the file of the nearest directory that has one (`d96a.map`). [any]
class Tables {
 public:
  /// Keeps views: the texts live as long as this.
  explicit Tables(std::vector<sdk::TableText> configured);

  /// Compiles what the configuration brought, so that its errors show at start. Empty if all is well.
  [[nodiscard]] Report check();

  /// The directories that have a table for `message`; empty: message unknown.
  [[nodiscard]] std::vector<std::string_view> directories(std::string_view message) const;
  /// The message written for a document; empty if there is none.
  [[nodiscard]] std::string_view message_for(DocumentType document) const;

  /// The table with the named overlays over it, in order. A name that is not among the configured tables is
  /// a finding.
  ProgramResult find(const TableKey& key, std::span<const std::string> overlays);

  /// Every text there is, in a fixed order, for `explain`.
  [[nodiscard]] std::span<const sdk::TableText> texts() const { return texts_; }

 private:
  ProgramResult load(const TableKey& key, std::span<const std::string> overlays) const;

  std::vector<sdk::TableText> texts_;           ///< configured first
  std::size_t configured_ = 0;                  ///< how many of them are
  std::map<TableKey, std::size_t> main_;        ///< index in texts_
  std::mutex mutex_;
  std::map<std::pair<TableKey, std::vector<std::string>>, ProgramResult> programs_;
};

}  // namespace purser::edifact
