// Names of elements, segments, attributes and headings as small numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/map/short_text.h"

namespace purser::map {

/// A name of the layout or table; 0 is "none" or "not known".
using NameId = std::uint16_t;

/// Interns names. Filled while loading, then read by many threads. [serial] to add, [any] to find.
class NameTable {
 public:
  static constexpr std::size_t max_names = 60'000;  ///< ids have 16 bits; UBL needs 1,500

  NameTable();
  NameTable(NameTable&&) noexcept = default;
  NameTable& operator=(NameTable&&) noexcept = default;
  NameTable(const NameTable&) = delete;  // slots point into names
  NameTable& operator=(const NameTable&) = delete;
  ~NameTable() = default;
  /// The id of `name`, given now if it is new; 0 when the table is full.
  NameId add(std::string_view name);
  /// 0 if unknown. One hash, one comparison as a rule.
  [[nodiscard]] NameId find(std::string_view name) const;
  [[nodiscard]] std::string_view text(NameId id) const { return names_[id]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::string_view name;
    ShortText text;  ///< the name, if it is short
    NameId id = 0;
  };
  void grow();

  std::deque<std::string> names_;  ///< stable addresses
  std::vector<Slot> slots_;
};

/// Names to small numbers in one probe: a hash without collisions, searched for when it is built.
class NameIndex {
 public:
  static constexpr std::uint16_t none = UINT16_MAX;

  /// names[i] gets the number i; of equal names the first. 0 is no name.
  void build(std::span<const NameId> names);
  [[nodiscard]] std::uint16_t find(NameId name) const {
    if (slots_.empty()) return none;
    const Slot& slot = slots_[at(name)];
    return slot.name == name && name != 0 ? slot.number : none;
  }

 private:
  struct Slot {
    NameId name = 0;
    std::uint16_t number = none;
  };
  [[nodiscard]] std::size_t at(NameId name) const { return (name * factor_ & 0xFFFFU) >> shift_; }
  bool place(std::span<const NameId> names);

  std::vector<Slot> slots_;
  std::uint32_t factor_ = 1, shift_ = 16;
};

}  // namespace purser::map
