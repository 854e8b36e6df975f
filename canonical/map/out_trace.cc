#include "canonical/map/out_trace.h"

#include <algorithm>

#include "canonical/map/convert.h"

namespace purser::map {

bool OutTrace::has_shape(std::span<const Event> line) const {
  if (shape.size() != line.size()) return false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (shape[i] != shape_of(line[i])) return false;
  }
  return true;
}

bool OutTrace::agrees(std::span<const Event> line) const {
  return std::ranges::all_of(compared, [&](const Compared& each) {
    std::string text;
    append_plain(text, line[each.event].value);
    return (text == each.with) == each.equal;
  });
}

std::uint64_t OutTraceStore::hash(const FieldDescriptor* list, std::span<const Event> line) {
  std::uint64_t hash = line.size() << 16 | list->number;
  for (const Event& event : line) {
    hash = (hash ^ shape_of(event)) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

bool OutTraceStore::wants(std::uint64_t hash) {
  Slot& slot = slots_[hash % slots];
  if (slot.hash == hash) return slot.variants.size() < most_variants && slot.tries++ < most_tries;
  slot.hash = hash;
  slot.tries = 0;
  last_ = nullptr;
  slot.variants.clear();
  return false;
}

void OutTraceStore::keep(std::uint64_t hash, std::unique_ptr<OutTrace> trace) {
  slots_[hash % slots].variants.push_back(std::move(trace));
}

}  // namespace purser::map
