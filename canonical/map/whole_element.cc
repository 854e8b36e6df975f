// Elements with the markup of one before: only their texts and places are new, the rest of the tape is known.
#include <algorithm>
#include <utility>

#include "canonical/map/reading.h"

namespace purser::map {

/// So many bytes of source are at least as many as its texts have.
bool Decoder::State::within_limits(const ElementForm& form, std::size_t bytes) const {
  return form.items.size() * sizeof(TapeItem) + unit_texts_.held() + bytes <= limits_.max_held &&
         form.items.size() <= most_items_ &&
         (form.depth == 1 || form.depth + frames_.size() <= limits_.max_depth);
}

std::expected<bool, Status> Decoder::State::element(const ElementForm& form,
                                                    std::span<const ElementValue> values,
                                                    const Position& end) {
  KnownElement& known = known_[form.index];
  if (known.passage != frames_.back().passage ||
      !within_limits(form, static_cast<std::size_t>(end.offset - values.front().at.offset)))
    return false;
  const auto size = static_cast<std::uint32_t>(known.items.size());
  const bool there = std::exchange(on_tape_, form.index) == form.index;
  tape_.resume(size, {});
  const std::span<TapeItem> tape = tape_.items();
  for (std::uint32_t i = 0; i < size; ++i) {
    TapeItem& item = tape[i];
    if (!there) item = known.items[i];
    copy_place(item.at, values[i].at);
    if (item.leaf) item.text = unit_texts_.copy(item.key == 0 ? trimmed(values[i].text) : values[i].text);
  }
  here_ = end;
  last_ = nullptr;
  came_ = known.traces == traces_.generation() ? known.trace : nullptr;
  if (there && came_ == nullptr) refresh_tape();
  if (auto done = unit_end(); !done) return std::unexpected(std::move(done.error()));
  known.trace = last_;
  known.traces = traces_.generation();
  return true;
}

void Decoder::State::keep(std::string_view name, ElementForm form) {
  if (!takes_elements() || unit_size_ != form.items.size() || frames_.empty()) return;
  KnownElement known;
  known.passage = frames_.back().passage;
  for (std::uint32_t i = 0; i < unit_size_; ++i) {
    const TapeItem& item = tape_[i];
    // What the layout does not know by name is known to this document alone.
    const bool named = item.leaf ? (item.key & nameless_attribute) == 0 : item.name != 0;
    if (item.leaf != form.items[i].leaf || !named) return;
    TapeItem& kept = known.items.emplace_back();
    kept.end = item.end;
    kept.parent = item.parent;
    kept.name = item.name;
    kept.type = item.type;
    kept.leaf = item.leaf;
    kept.key = item.key;
  }
  const std::uint32_t index = forms_.keep(name, std::move(form));
  if (index >= known_.size()) known_.resize(index + 1);
  known_[index] = std::move(known);
  on_tape_ = nowhere;
}

}  // namespace purser::map
