// Segments that come as in the line before: only their texts and places are new, the rest stands on the tape.
#include <span>
#include <utility>

#include "canonical/map/reading.h"

namespace purser::map {

/// True if a line begins here that looks like the one before; its first segment was taken.
bool Decoder::State::foresees(const SegmentMove& move, const Segment& whole) {
  if (last_ == nullptr || last_->segments.empty() || faulted_ || move.envelope) return false;
  const Trace::SegmentShape& first = last_->segments[0];
  if (last_->passage != frames_.back().passage || first.nodes != move.open.size() + 1) return false;
  for (std::size_t i = 0; i < move.open.size(); ++i) {
    const Trace::Shape& group = last_->shape[i];
    if (group.name != move.open[i]->name || group.type != move.open[i]->type) return false;
  }
  const Trace::Shape& node = last_->shape[move.open.size()];
  if (node.name != move.name || node.type != move.type) return false;
  foreseen_ = last_;
  foreseen_segments_ = 0;
  foreseen_levels_ = static_cast<std::uint32_t>(grouper_->levels().size() - move.open.size());
  if (!take_foreseen(whole)) {
    foreseen_ = nullptr;
    return false;
  }
  skip_losses_ = composite_open_ = false;
  return true;
}

/// True if the message goes where it went behind the line before, which came as this one did: the grouper's
/// last answer holds again.
bool Decoder::State::moves_again(const Segment& whole) {
  return came_ != nullptr && came_ == steady_ && came_->segments[0].is(whole.tag) && grouper_->again();
}

/// False, and nothing done, if the segment is not the one that came before, value for value.
bool Decoder::State::take_foreseen(const Segment& whole) {
  const Trace& trace = *foreseen_;
  // A line that is a segment ends with it, a group with what comes behind it.
  if (foreseen_segments_ == trace.segments.size()) return false;
  const Trace::SegmentShape& segment = trace.segments[foreseen_segments_];
  if (!trace.comes(segment, whole)) return false;
  const Trace::Place* places = trace.places.data() + segment.first;
  const std::size_t held = trace.shape.size() * sizeof(TapeItem) + unit_texts_.held();
  if (held + whole.bytes.size() > limits_.max_held || whole.bytes.empty()) {
    std::size_t size = 0;
    for (const SegmentValue& value : whole.values) size += value.text.size();
    if (held + size > limits_.max_held) return false;
  }
  const bool together = !whole.bytes.empty();
  const char* copy = together ? unit_texts_.copy(whole.bytes).data() : nullptr;
  for (std::uint32_t i = 0; i < segment.nodes; ++i) copy_place(tape_[segment.item + i].at, whole.at);
  for (std::uint32_t i = 0; i < segment.count; ++i) {
    const SegmentValue& value = whole.values[i];
    const std::string_view text = value.text;
    TapeItem& leaf = tape_[places[i].item];
    leaf.text = together ? std::string_view(copy + (text.data() - whole.bytes.data()), text.size())
                         : unit_texts_.copy(text);
    copy_place(leaf.at, value.at);
    if (places[i].composite) copy_place(tape_[places[i].item - 1].at, value.at);
  }
  here_ = whole.at;
  ++foreseen_segments_;
  return true;
}

/// The groups of a line that are open behind its first `size` items.
void Decoder::State::open_groups(const Trace& trace, std::uint32_t size,
                                 std::vector<std::uint32_t>& open) const {
  open.clear();
  for (std::uint32_t i = 0; i < size; ++i) {
    const Trace::Shape& shape = trace.shape[i];
    const bool group = !shape.leaf && plan_.layout.types[shape.type].kind == NodeKind::group;
    if (group && i + shape.length >= size) open.push_back(i);
  }
}

/// The line goes on otherwise, or is over: what came is made what it would be without foresight.
void Decoder::State::leave_foreseen() {
  const Trace& trace = *std::exchange(foreseen_, nullptr);
  const bool whole = foreseen_segments_ == trace.segments.size();
  const auto size =
      static_cast<std::uint32_t>(whole ? trace.shape.size() : trace.segments[foreseen_segments_].item);
  if (whole) {
    tape_.resume(size, trace.open);
    grouper_->resume(foreseen_levels_, trace.levels);
    came_ = &trace;
    return;
  }
  open_groups(trace, size, numbering_);
  tape_.resume(size, numbering_);
  for (std::uint32_t i = 1; i < foreseen_segments_; ++i) move_to(trace.segments[i].tag);
  go_on_unforeseen(trace);
}

/// The line has more to it than the one before, or other things: from here on it is read as any line is.
void Decoder::State::go_on_unforeseen(const Trace& trace) {
  last_ = came_ = nullptr;
  refresh_tape();
  const auto segments = std::span(trace.segments).first(foreseen_segments_);
  segments_.assign(segments.begin(), segments.end());
  places_.assign(trace.places.begin(), trace.places.begin() + segments.back().first + segments.back().count);
  levels_.assign(grouper_->levels().begin(), grouper_->levels().end());
  line_level_ = foreseen_levels_;
  in_segments_ = true;
}

/// Forgets what reading the line before noted on the tape.
void Decoder::State::refresh_tape() {
  for (std::uint32_t i = 0; i < tape_.size(); ++i) {
    TapeItem& item = tape_[i];
    item.used = item.refused = item.decided = false;
    if (!item.leaf && plan_.layout.types[item.type].kind != NodeKind::composite) item.ordinal = 0;
  }
}

/// Notes a segment that was opened, for the line that may come to be kept.
void Decoder::State::note_segment(const SegmentMove& move, const Segment& whole, std::uint32_t item,
                                  bool first) {
  const auto levels = grouper_->levels();
  if (first) {
    in_segments_ = tape_.size() == item + move.open.size() + 1;  // no node was passed through
    segments_.clear();
    places_.clear();
    line_level_ = static_cast<std::uint32_t>(levels.size() - move.open.size());
  }
  in_segments_ = in_segments_ && !faulted_ && !move.envelope && segments_.size() < TraceStore::most_items;
  if (!in_segments_) return;
  levels_.assign(levels.begin(), levels.end());
  segments_.push_back({std::string(whole.tag), ShortText(whole.tag), item, tape_.size() - item,
                       static_cast<std::uint32_t>(places_.size()),
                       static_cast<std::uint32_t>(whole.values.size()), 0});
}

void Decoder::State::note_place(const LeafAddress& where, std::uint32_t size_before) {
  if (!in_segments_) return;
  const std::uint32_t added = tape_.size() - size_before;
  in_segments_ = added != 0 && places_.size() < TraceStore::most_items;
  places_.push_back({Trace::place(where), tape_.size() - 1, added == 2});
}

}  // namespace purser::map
