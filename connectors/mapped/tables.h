// The tables of the configured folder.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/table/library.h"

namespace purser::mapped {

/// Compiles all tables at once, so that a file can be matched with them. [any]
class Tables {
 public:
  /// Keeps views: the texts live as long as this.
  explicit Tables(std::vector<sdk::TableText> configured);

  /// What is wrong with the tables; empty if all is well. A table that is wrong is not there for others.
  [[nodiscard]] const Report& report() const { return report_; }

  /// The table of that name with the overlays over it, in order.
  table::ProgramResult find(std::string_view name, std::span<const std::string> overlays);

  /// A table that fits the beginning of a file, and how well (0 to 100).
  struct Match {
    const map::Program* program = nullptr;
    std::uint32_t confidence = 0;
  };
  [[nodiscard]] Match match(std::string_view head) const;

  /// The name of the only table that writes this document in this syntax; empty if there is none or several.
  [[nodiscard]] std::string_view writer_of(DocumentType document, std::string_view syntax) const;

  /// Every text there is, in a fixed order, for `explain`.
  [[nodiscard]] std::span<const sdk::TableText> texts() const { return library_.texts(); }

 private:
  table::Library library_;
  std::map<std::string, std::shared_ptr<const map::Program>, std::less<>> plain_;  ///< by name
  Report report_;
};

}  // namespace purser::mapped
