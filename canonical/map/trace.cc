#include "canonical/map/trace.h"

#include <algorithm>

namespace purser::map {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ (hash >> 29);
}

bool fits(const Trace& trace, const Tape& tape, std::span<const Active> starts) {
  if (trace.shape.size() != tape.size() || !trace.begins(starts)) return false;
  for (std::uint32_t i = 0; i < tape.size(); ++i) {
    const TapeItem& item = tape[i];
    const Trace::Shape& shape = trace.shape[i];
    if (item.key != shape.key || item.end - i != shape.length || item.name != shape.name ||
        item.type != shape.type || item.leaf != shape.leaf)
      return false;
    if (i != 0 && item.ordinal != shape.ordinal) return false;  // what the first is, the starts say
  }
  return trace.agrees(tape);
}

}  // namespace

bool Trace::begins(std::span<const Active> actives) const {
  return std::ranges::equal(starts, actives, [](const Active& a, const Active& b) {
    return a.step == b.step && a.own == b.own && a.in_element == b.in_element;
  });
}

bool Trace::comes(const SegmentShape& segment, const Segment& whole) const {
  if (whole.arrangement != 0 && whole.arrangement == segment.arrangement) return true;
  if (whole.values.size() != segment.count || !segment.is(whole.tag)) return false;
  const Place* place_of_value = places.data() + segment.first;
  for (const SegmentValue& value : whole.values) {
    if (place(value.where) != (place_of_value++)->where || value.text.empty()) return false;
  }
  segment.arrangement = whole.arrangement;
  return true;
}

bool Trace::agrees(const Tape& tape) const {
  return std::ranges::all_of(consulted, [&](const Consulted& each) { return each.is(tape[each.leaf].text); });
}

std::uint64_t TraceStore::hash(const Tape& tape, std::span<const Active> starts) {
  std::uint64_t hash = tape.size();
  for (const Active& active : starts) hash = mixed(hash, active.step);
  for (std::uint32_t i = 0; i < tape.size(); ++i) {
    const TapeItem& item = tape[i];
    hash = mixed(hash, item.key + (std::uint64_t{item.name} << 40) + (std::uint64_t{item.end - i} << 20));
  }
  return hash;
}

const Trace* TraceStore::find(std::uint64_t hash, const Tape& tape, std::span<const Active> starts) {
  Slot& slot = slots_[hash % slots];
  if (slot.hash != hash) return nullptr;
  for (std::size_t i = 0; i < slot.variants.size(); ++i) {
    if (!fits(*slot.variants[i], tape, starts)) continue;
    if (i != 0) std::swap(slot.variants[i], slot.variants[0]);
    return slot.variants[0].get();
  }
  return nullptr;
}

bool TraceStore::wants(std::uint64_t hash, const Tape& tape) {
  Slot& slot = slots_[hash % slots];
  if (slot.hash == hash) return slot.variants.size() < most_variants && tape.size() <= most_items;
  slot.hash = hash;
  if (!slot.variants.empty()) ++generation_;
  slot.variants.clear();
  return false;
}

void TraceStore::keep(std::uint64_t hash, std::unique_ptr<Trace> trace) {
  slots_[hash % slots].variants.push_back(std::move(trace));
}

void TraceStore::clear() {
  ++generation_;
  for (Slot& slot : slots_) slot = {};
}

}  // namespace purser::map
