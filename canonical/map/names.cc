#include "canonical/map/names.h"

#include <cstring>

namespace purser::map {
namespace {

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

std::uint64_t mix(std::uint64_t value) {
  value *= 0xD6E8FEB86659FD93ULL;
  return value ^ (value >> 32);
}

std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = name.size() * golden;
  const char* at = name.data();
  std::size_t left = name.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = mix(hash ^ word);
  }
  if (left > 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    hash = mix(hash ^ word);
  }
  return hash;
}

}  // namespace

NameTable::NameTable() : slots_(64) { names_.emplace_back(); }

void NameTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].id != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

NameId NameTable::add(std::string_view name) {
  if (const NameId known = find(name)) return known;
  if (names_.size() >= max_names) return 0;
  if (names_.size() * 2 >= slots_.size()) grow();
  const auto id = static_cast<NameId>(names_.size());
  names_.emplace_back(name);
  const std::uint64_t hash = hash_of(name);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].id != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = Slot{hash, id};
  return id;
}

NameId NameTable::find(std::string_view name) const {
  const std::uint64_t hash = hash_of(name);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.id == 0) return 0;
    if (slot.hash == hash && names_[slot.id] == name) return slot.id;
  }
}

}  // namespace purser::map
