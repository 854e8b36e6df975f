// Elements of a list mostly come as the one before came, but for their values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "canonical/event/event.h"

namespace purser {

/// What an event is but for its value and place: kind, type and number.
inline std::uint32_t shape_of(const Event& event) {
  const bool field = event.kind == EventKind::field;
  const std::uint32_t type = field ? static_cast<std::uint32_t>(event.value.type) : 0;
  return static_cast<std::uint32_t>(event.kind) << 24 | type << 16 | event.number;
}

/// The events of one top level group, kept so that those of the next are compared with them. What follows
/// from their order alone was seen in the first and holds for the next. [serial]
class LineShape {
 public:
  static constexpr std::size_t most_events = 512;  ///< of a group that is kept; a rich invoice line has 150
  struct Step {
    std::uint32_t shape = 0;
    const FieldDescriptor* field = nullptr;  ///< null where a group ends
  };

  /// A top level group begins. True: it begins as the one that is kept, which it follows from here on.
  /// Otherwise it is noted.
  bool begin(const Event& event, const FieldDescriptor* field) {
    if (whole_ && steps_[0].field == field && steps_[0].shape == shape_of(event)) {
      at_ = 1;
      return true;
    }
    whole_ = false;
    steps_.clear();
    steps_.push_back({shape_of(event), field});
    noting_ = true;
    return false;
  }
  [[nodiscard]] bool follows() const { return at_ != 0; }
  /// What comes next, if it is this event; null if the group goes on otherwise.
  [[nodiscard]] const Step* next(const Event& event) const {
    return steps_[at_].shape == shape_of(event) ? &steps_[at_] : nullptr;
  }
  /// The event was as it was to be. True: the group has ended.
  bool advance() {
    if (++at_ < steps_.size()) return false;
    at_ = 0;
    return true;
  }
  /// The group goes on otherwise: what came so far, which is noted for the next.
  std::span<const Step> leave() {
    steps_.resize(at_);
    at_ = 0;
    whole_ = false;
    noting_ = true;
    return steps_;
  }

  [[nodiscard]] bool notes() const { return noting_; }
  void note(const Event& event, const FieldDescriptor* field) {
    if (steps_.size() == most_events) noting_ = false;
    steps_.push_back({shape_of(event), field});
  }
  /// The group that is noted has ended, or is not to be kept.
  void end_note(bool good) {
    whole_ = noting_ && good;
    noting_ = false;
  }

 private:
  std::vector<Step> steps_;
  std::size_t at_ = 0;
  bool whole_ = false, noting_ = false;
};

}  // namespace purser
