// The compiled tables of the connector, made when first asked for.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "canonical/map/program.h"
#include "connectors/ubl/documents.h"

namespace purser::ubl {

/// A table file that the configuration brings beside the embedded ones: partner overlays.
struct ConfiguredTable {
  std::string name;
  std::string text;
};

/// Compiles each table once for each set of overlays and keeps it. [any]
class Programs {
 public:
  explicit Programs(std::vector<ConfiguredTable> configured = {});
  ~Programs();

  /// The table of `document` with the named overlays applied, first named first. What is wrong with an
  /// overlay (or that there is none of that name) is in the report.
  std::expected<std::shared_ptr<const map::Program>, Report> get(const Document& document,
                                                                 std::span<const std::string> overlays = {});

  /// Every table and layout by name, embedded ones first: the list behind Position::table.
  [[nodiscard]] std::span<const map::TableFile> files() const { return files_; }

 private:
  std::vector<ConfiguredTable> configured_;
  std::vector<map::TableFile> files_;
  std::mutex mutex_;  // guards compiled_
  std::map<std::string, std::shared_ptr<const map::Program>> compiled_;
};

}  // namespace purser::ubl
