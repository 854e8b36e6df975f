// Segments that come as one before came: the same tag, the same separators in the same order, the same values
// there. Such a segment is compared with it while it is cut, and only its texts and places are written.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "canonical/map/syntax.h"

namespace purser::edi {

/// How a segment of ordinary bytes was cut. [serial]
struct KnownSegment {
  /// What a separator or the terminator ended.
  struct Cut {
    char separator = 0;
    bool filled = false;  ///< any byte stood before it
    bool value = false;   ///< and it was a value, no part of the tag
  };
  std::uint64_t context = 0;         ///< of its tag and those before it
  std::uint64_t head = 0, mask = 0;  ///< the first bytes: the tag and what ends it
  std::uint32_t tag_length = 0;
  std::uint64_t arrangement = 0;  ///< map::Segment::arrangement; 0: no segment yet
  unsigned patience = 1;          ///< segments cut otherwise that may come before this one is forgotten
  std::vector<Cut> cuts;          ///< the last one is the terminator
  std::vector<map::SegmentValue> values;
};

/// The segments that are known, each by its tag and the two tags before it. Bounded. [serial]
class KnownSegments {
 public:
  static constexpr std::size_t most_cuts = 64;  ///< of a segment that is kept; those of invoices have 40
  static constexpr std::size_t most_tag = 7;    ///< bytes; with what ends it a word

  /// The one that may come again, by the first eight bytes of the segment at hand. Two places are there for
  /// those that come to the same one.
  KnownSegment& next(std::uint64_t head) {
    const auto tag = static_cast<std::uint32_t>(head);
    context_ =
        (tag * 0x9E3779B97F4A7C15U) ^ (before_[0] * 0xC2B2AE3D27D4EB4FU) ^ (before_[1] * 0x165667B19E3779F9U);
    before_ = {tag, before_[0]};
    const std::size_t place = context_ >> (64 - bits);
    KnownSegment &one = segments_[place], &other = segments_[place ^ 1U];
    if (one.context == context_) return one;
    if (other.context == context_) return other;
    return one.arrangement != 0 && other.arrangement == 0 ? other : one;
  }
  /// Of what next() was asked for last.
  [[nodiscard]] std::uint64_t context() const { return context_; }
  /// A number that no other arrangement has, in no reader of this process. [any]
  static std::uint64_t new_arrangement();
  void clear();

 private:
  static constexpr unsigned bits = 6;  ///< a line of an invoice has a dozen segments

  std::array<KnownSegment, std::size_t{1} << bits> segments_;
  std::array<std::uint32_t, 2> before_{};
  std::uint64_t context_ = 0;
};

}  // namespace purser::edi
