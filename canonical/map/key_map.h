// Numbers by number, forgotten all at once.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace purser::map {

/// A hash map that is emptied in no time and keeps its memory. [serial]
class KeyMap {
 public:
  /// The value of `key`; null if there is none.
  [[nodiscard]] const std::uint32_t* find(std::uint64_t key) const {
    const Slot& slot = slots_[place(key)];
    return slot.age == age_ ? &slot.value : nullptr;
  }
  /// True if `key` is new; a known one keeps its value.
  bool insert(std::uint64_t key, std::uint32_t value = 0) {
    if (used_ * 2 >= slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    if (slot.age == age_) return false;
    slot = {key, age_, value};
    ++used_;
    return true;
  }
  void clear() {
    used_ = 0;
    if (++age_ != 0) return;
    slots_.assign(slots_.size(), Slot{});
    age_ = 1;
  }
  [[nodiscard]] std::size_t capacity() const { return slots_.size(); }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t age = 0;
    std::uint32_t value = 0;
  };
  /// Where the key stands or would.
  [[nodiscard]] std::size_t place(std::uint64_t key) const {
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL >> 20) & (slots_.size() - 1);
    while (slots_[at].age == age_ && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.age == age_) slots_[place(slot.key)] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);
  std::uint32_t age_ = 1;
  std::size_t used_ = 0;
};

}  // namespace purser::map
