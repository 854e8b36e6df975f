// Names of elements, segments, attributes and headings as small numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace purser::map {

/// A name of the layout or table; 0 is "none" or "not known".
using NameId = std::uint16_t;

/// Interns names. Filled while loading, then read by many threads. [serial] to add, [any] to find.
class NameTable {
 public:
  static constexpr std::size_t max_names = 60'000;  ///< ids have 16 bits; UBL needs 1,500

  NameTable();
  /// The id of `name`, given now if it is new; 0 when the table is full.
  NameId add(std::string_view name);
  /// 0 if unknown. One hash, one comparison as a rule.
  [[nodiscard]] NameId find(std::string_view name) const;
  [[nodiscard]] std::string_view text(NameId id) const { return names_[id]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    NameId id = 0;
  };
  void grow();

  std::deque<std::string> names_;  ///< stable addresses
  std::vector<Slot> slots_;
};

}  // namespace purser::map
