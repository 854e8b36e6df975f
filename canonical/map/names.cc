#include "canonical/map/names.h"

#include <algorithm>
#include <cstring>

namespace purser::map {
namespace {

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;

std::uint64_t mix(std::uint64_t value) {
  value *= 0xD6E8FEB86659FD93ULL;
  return value ^ (value >> 32);
}

std::uint64_t word_at(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint64_t hash_of(std::string_view name, const ShortText& text) {
  const std::size_t size = name.size();
  std::uint64_t hash = size * golden;
  if (size <= ShortText::most) return mix(hash ^ text.word);
  const char* at = name.data();
  for (std::size_t left = size; left > 8; at += 8, left -= 8) hash = mix(hash ^ word_at(at));
  return mix(hash ^ word_at(name.data() + size - 8));
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
  const ShortText text(name);
  const std::uint64_t hash = hash_of(name, text);
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].id != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = Slot{hash, names_[id], text, id};
  return id;
}

NameId NameTable::find(std::string_view name) const {
  const ShortText text(name);
  const std::uint64_t hash = hash_of(name, text);
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.id == 0) return 0;
    if (slot.hash != hash) continue;
    if (text.size <= ShortText::most ? slot.text == text : slot.name == name) return slot.id;
  }
}

bool NameIndex::place(std::span<const NameId> names) {
  std::ranges::fill(slots_, Slot{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    Slot& slot = slots_[at(names[i])];
    if (names[i] == 0 || slot.name == names[i]) continue;
    if (slot.name != 0) return false;
    slot = {names[i], static_cast<std::uint16_t>(i)};
  }
  return true;
}

void NameIndex::build(std::span<const NameId> names) {
  constexpr std::uint32_t tries = 64;  // factors for each size; with 16 bits any odd one does
  slots_.clear();
  if (names.empty()) return;
  for (std::uint32_t bits = 1; bits <= 16; ++bits) {
    if ((std::size_t{1} << bits) < names.size()) continue;
    slots_.assign(std::size_t{1} << bits, Slot{});
    shift_ = 16 - bits;
    factor_ = 0x9E37U;
    for (std::uint32_t i = 0; i < tries; ++i, factor_ = factor_ * 0x6255U + 2) {
      factor_ |= 1U;
      if (place(names)) return;
    }
  }
}

}  // namespace purser::map
