// The tables of the configured folder.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "canonical/map/program.h"
#include "plugins/sdk/connector.h"

namespace purser::mapped {

using ProgramResult = std::expected<std::shared_ptr<const map::Program>, Report>;

/// Compiles all tables at once and keeps them; with overlays when first wanted. [any]
class Tables {
 public:
  /// Keeps views: the texts live as long as this.
  explicit Tables(std::vector<sdk::TableText> configured);

  /// What is wrong with the tables; empty if all is well. A table that is wrong is not there for others.
  [[nodiscard]] const Report& report() const { return report_; }

  /// The table of that name with the overlays over it, in order.
  ProgramResult find(std::string_view name, std::span<const std::string> overlays);

  /// A table that fits the beginning of a file, and how well (0 to 100).
  struct Match {
    const map::Program* program = nullptr;
    std::uint32_t confidence = 0;
  };
  [[nodiscard]] Match match(std::string_view head) const;

  /// The name of the only table that writes this document in this syntax; empty if there is none or several.
  [[nodiscard]] std::string_view writer_of(DocumentType document, std::string_view syntax) const;

  /// Every text there is, in a fixed order, for `explain`.
  [[nodiscard]] std::span<const sdk::TableText> texts() const { return texts_; }

 private:
  ProgramResult load(std::size_t main, std::span<const std::string> overlays) const;

  std::vector<sdk::TableText> texts_;
  std::map<std::string, std::size_t, std::less<>> main_;  ///< index in texts_ by name
  std::map<std::string, std::shared_ptr<const map::Program>, std::less<>> plain_;
  Report report_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::vector<std::string>>, ProgramResult> overlaid_;
};

}  // namespace purser::mapped
