// Turns a flat stream of segments into groups, by the layout's message table.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "canonical/map/layout.h"

namespace purser::map {

/// Where a segment goes: how many groups end, which begin, and what it is called there.
struct SegmentMove {
  std::uint32_t close = 0;
  std::vector<const LayoutChild*> open;
  NameId name = 0;
  TypeId type = 0;
  bool envelope = false;  ///< stands before the message's own segments and is not in its table
};

/// Follows the message table. UN/EDIFACT message design rules: segments are taken in the order of the table;
/// the first place at or behind the current one wins. [serial]
class Grouper {
 public:
  enum class Fault : std::uint8_t { unexpected, missing, too_many };
  /// `tag` is what the fault is about: the segment that is there, or the one that is missing.
  using FaultHandler = std::function<void(Fault fault, NameId tag)>;
  /// A group that is open, and where in it the message is.
  struct Level {
    TypeId type = 0;
    std::int32_t position = -1;  ///< index of the current child
    std::uint32_t count = 0;     ///< how many of it were there
  };

  Grouper(const Layout& layout, FaultHandler faults);
  /// The place of the next segment. The answer is borrowed until the next call.
  const SegmentMove& next(NameId tag);
  /// To be asked only if the message is where it was before the last call of next(), by resume(): may that
  /// segment come once more? If so, the answer to it holds again.
  bool again();
  /// The last answer.
  [[nodiscard]] const SegmentMove& move() const { return move_; }
  /// Ends the message: tells what is still missing. Returns how many groups are open.
  std::uint32_t finish();
  /// The open groups, the message first.
  [[nodiscard]] std::span<const Level> levels() const { return levels_; }
  /// Goes on as if segments had come that leave these groups open behind the first `kept` ones.
  void resume(std::size_t kept, std::span<const Level> more) {
    levels_.resize(kept);
    levels_.insert(levels_.end(), more.begin(), more.end());
  }

 private:
  struct Found {
    std::size_t level = 0;
    std::int32_t position = -1;
    bool set = false;
  };
  Found forward(NameId tag) const;
  Found anywhere(NameId tag, bool& later) const;
  [[nodiscard]] bool demands(const Level& level, std::size_t until) const;
  void tell_missing(const Level& level, std::int32_t until);
  void enter(const Found& found, bool keep_position);
  const LayoutType& type(const Level& level) const { return layout_.types[level.type]; }
  const std::vector<LayoutChild>& children(const Level& level) const { return type(level).children; }

  const Layout& layout_;
  FaultHandler faults_;
  std::vector<Level> levels_;
  SegmentMove move_;
  static constexpr std::size_t nowhere = SIZE_MAX;
  std::size_t entered_ = nowhere;  ///< level in which the last segment came in order, or its group did
};

}  // namespace purser::map
