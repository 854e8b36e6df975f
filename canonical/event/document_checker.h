// What a document lacks or has wrong against the model, found while it streams by.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/event/line_shape.h"
#include "canonical/finding/finding.h"

namespace purser {

/// Gives MODEL findings: required field missing (0001), code not in its list (0002; 0003 where the list is
/// not complete), empty value (0004). Position is the value's or the end of the group that lacks one; path is
/// canonical
/// ("lines[3].price.amount"). Business rules are canonical/rule's matter. Never stops a stream. [serial]
class DocumentChecker : public EventSink {
 public:
  using FindingOutput = std::function<void(Finding)>;
  explicit DocumentChecker(FindingOutput findings);
  Outcome push(std::span<const Event> batch) override;

 private:
  struct Frame {
    const GroupDescriptor* group;
    const FieldDescriptor* field;  ///< of the group in its parent; null for the root
    FieldSet seen;
    std::uint32_t index;  ///< element of a list, from 1
    std::uint16_t last;
    std::uint32_t last_index;
  };
  void value(const Event& event);
  void begin_group(const Event& event);
  void end_group(const Event& event);
  bool leave_group();
  std::size_t follow(std::span<const Event> batch);
  void go_on();
  [[nodiscard]] bool is_good(const Event& event, const FieldDescriptor& field);
  /// Index of the element that `event` begins or is, from 1; notes it in the frame.
  static std::uint32_t note(Frame& frame, const FieldDescriptor& field);
  [[nodiscard]] std::string path(const FieldDescriptor* leaf, std::uint32_t index) const;

  /// A code that was found in its list, so that the same one is not looked up at each line.
  struct Known {
    static constexpr std::size_t most = 16;  ///< bytes; longer codes are rare and are looked up
    static constexpr unsigned bits = 5;      ///< a document uses a few codes of a few lists
    const CodeList* list = nullptr;
    std::uint64_t first = 0, last = 0;  ///< bytes of the code: words that overlap, or halves of one that do
    std::size_t size = 0;

    Known() = default;
    Known(const CodeList& of, std::string_view code);
    bool operator==(const Known&) const = default;
  };
  bool is_code(const CodeList& list, std::string_view code);

  FindingOutput findings_;
  std::vector<Frame> frames_;
  LineShape line_;  ///< while a group follows it, no frame is made of it
  const FieldDescriptor* line_field_ = nullptr;
  std::uint32_t line_index_ = 0;
  bool line_good_ = false;    ///< the group that is noted lacks nothing so far
  bool line_filled_ = false;  ///< the group that is kept has a value
  std::array<Known, std::size_t{1} << Known::bits> known_;
};

}  // namespace purser
