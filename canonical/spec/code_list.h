// Code lists: which codes a field may carry. Data from canonical/spec/lists, each with its source and date.
#pragma once

#include <span>
#include <string_view>

namespace purser {

struct CodeEntry {
  std::string_view code;
  std::string_view name;
};

/// One code list. Immutable; every function is [any].
class CodeList {
 public:
  constexpr CodeList(std::string_view key, std::string_view title, std::string_view source,
                     std::string_view date, bool complete, std::span<const CodeEntry> entries)
      : key_(key), title_(title), source_(source), date_(date), complete_(complete), entries_(entries) {}

  [[nodiscard]] std::string_view key() const { return key_; }  ///< "iso4217"
  [[nodiscard]] std::string_view title() const { return title_; }
  [[nodiscard]] std::string_view source() const { return source_; }  ///< who publishes it
  [[nodiscard]] std::string_view date() const { return date_; }      ///< state of the list, ISO date
  /// All codes of the source are here: another one is wrong. Otherwise another one may be right.
  [[nodiscard]] bool complete() const { return complete_; }
  [[nodiscard]] std::span<const CodeEntry> entries() const { return entries_; }  ///< sorted by code
  [[nodiscard]] bool contains(std::string_view code) const { return find(code) != nullptr; }
  /// Null if the code is not in the list.
  [[nodiscard]] const CodeEntry* find(std::string_view code) const;

 private:
  std::string_view key_, title_, source_, date_;
  bool complete_;
  std::span<const CodeEntry> entries_;
};

/// All lists, sorted by key. [any]
std::span<const CodeList* const> code_lists();
/// Null if there is none of this key. [any]
const CodeList* find_code_list(std::string_view key);

}  // namespace purser
