#include "canonical/map/grouper.h"

namespace purser::map {

Grouper::Grouper(const Layout& layout, FaultHandler faults) : layout_(layout), faults_(std::move(faults)) {
  levels_.push_back({layout.root, -1, 0});
}

/// Does the level demand anything behind the current place and before the child `until`?
bool Grouper::demands(const Level& level, std::size_t until) const {
  const auto& all = children(level);
  const auto from = static_cast<std::size_t>(level.position + 1);
  if (from >= until || from >= all.size()) return false;
  const std::size_t before = all[from].demanded_before;
  const std::size_t behind = until < all.size() ? all[until].demanded_before : type(level).demanded.size();
  return behind > before;
}

void Grouper::tell_missing(const Level& level, std::int32_t until) {
  if (!demands(level, static_cast<std::size_t>(until))) return;
  const auto& all = children(level);
  for (std::int32_t i = level.position + 1; i < until; ++i) {
    const LayoutChild& child = all[static_cast<std::size_t>(i)];
    if (child.mandatory) faults_(Fault::missing, child.tag);
  }
}

/// The first place at or behind the current one, from the innermost group outwards; one that passes over
/// nothing mandatory is preferred.
Grouper::Found Grouper::forward(NameId tag) const {
  Found with_gap;
  bool gap = false;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const Level& here = levels_[level];
    const auto& all = children(here);
    for (std::size_t i = type(here).by_tag.find(tag); i < all.size(); i = all[i].next_of_tag - 1U) {
      const auto place = static_cast<std::int32_t>(i);
      const bool room = place > here.position || (place == here.position && here.count < all[i].most);
      if (!room) continue;
      const Found found{level, place, true};
      if (!gap && !demands(here, i)) return found;
      if (!with_gap.set) with_gap = found;
      break;
    }
    gap = gap || demands(here, all.size());
  }
  return with_gap;
}

/// A place for a segment that has none in order: full ones (`later` false) or earlier ones.
Grouper::Found Grouper::anywhere(NameId tag, bool& later) const {
  for (std::size_t level = levels_.size(); level-- > 0;) {
    const Level& here = levels_[level];
    const auto& all = children(here);
    const std::int32_t first = level == 0 ? 0 : 1;  // a trigger belongs to the level around its group
    for (std::int32_t i = here.position; i >= first; --i) {
      if (all[static_cast<std::size_t>(i)].tag != tag) continue;
      later = i != here.position;
      return {level, i, true};
    }
  }
  return {};
}

void Grouper::enter(const Found& found, bool keep_position) {
  move_.close = static_cast<std::uint32_t>(levels_.size() - 1 - found.level);
  for (std::size_t level = levels_.size() - 1; level > found.level; --level) {
    tell_missing(levels_[level], static_cast<std::int32_t>(children(levels_[level]).size()));
  }
  levels_.resize(found.level + 1);
  Level& here = levels_.back();
  const LayoutChild& child = children(here)[static_cast<std::size_t>(found.position)];
  if (!keep_position) {
    tell_missing(here, found.position);
    here.count = here.position == found.position ? here.count + 1 : 1;
    here.position = found.position;
  }
  const LayoutChild* segment = &child;
  if (child.kind == NodeKind::group) {
    move_.open.push_back(&child);
    levels_.push_back({child.type, 0, 1});
    segment = &layout_.types[child.type].children[0];
  }
  move_.name = segment->name;
  move_.type = segment->type;
}

bool Grouper::again() {
  if (entered_ == nowhere) return false;
  Level& here = levels_[entered_];
  // Counted from the second on: the first came from another place of the message.
  if (here.count < 2 || here.count >= children(here)[static_cast<std::size_t>(here.position)].most)
    return false;
  levels_.resize(entered_ + 1);
  ++levels_.back().count;
  for (const LayoutChild* group : move_.open) levels_.push_back({group->type, 0, 1});
  return true;
}

const SegmentMove& Grouper::next(NameId tag) {
  entered_ = nowhere;
  move_.close = 0;
  move_.open.clear();
  move_.name = tag;
  move_.type = tag < layout_.segment_types.size() ? layout_.segment_types[tag] : TypeId{0};
  move_.envelope = false;
  if (const Found found = forward(tag); found.set && tag != 0) {
    enter(found, false);
    entered_ = found.level;
    return move_;
  }
  bool earlier = false;
  if (const Found found = anywhere(tag, earlier); found.set && tag != 0) {
    const Level& level = levels_[found.level];
    const bool first_too_many = level.count == children(level)[static_cast<std::size_t>(found.position)].most;
    if (earlier) faults_(Fault::unexpected, tag);
    if (!earlier && first_too_many) faults_(Fault::too_many, tag);
    enter(found, earlier);
    return move_;
  }
  if (levels_.size() == 1 && levels_[0].position < 0) {
    move_.envelope = true;
    return move_;
  }
  faults_(Fault::unexpected, tag);
  return move_;
}

std::uint32_t Grouper::finish() {
  const auto open = static_cast<std::uint32_t>(levels_.size() - 1);
  for (std::size_t level = levels_.size(); level-- > 0;) {
    tell_missing(levels_[level], static_cast<std::int32_t>(children(levels_[level]).size()));
  }
  levels_.resize(1);
  return open;
}

}  // namespace purser::map
