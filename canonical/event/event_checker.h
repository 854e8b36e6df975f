// Guards the contract of an event stream, whoever produced it: a connector may crash, loop or lie.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "canonical/event/event.h"
#include "canonical/event/line_shape.h"

namespace purser {

/// Bounds on one document; each protects whoever comes after against a hostile stream.
struct EventLimits {
  std::uint32_t max_depth = 32;  ///< open groups; the model's own nesting needs 9
  std::uint64_t max_bytes = std::uint64_t{64}
                            << 20;           ///< one value; larger attachments travel beside the document
  std::uint64_t max_events = 1'000'000'000;  ///< one document; ten million lines of a hundred values
};

/// Passes good batches on, untouched and uncopied; stops the stream at the first broken event with
/// StatusClass::defect and a MODEL-01nn code. Checks nesting, numbers, types, repeated single fields, lists
/// torn apart, UTF-8, dates, sizes. What a document means is DocumentChecker's matter. [serial]
class EventChecker : public EventSink {
 public:
  explicit EventChecker(EventSink& next, const EventLimits& limits = {});
  Outcome push(std::span<const Event> batch) override;
  /// To be called at the end of the stream: fails if a document is still open.
  Outcome finish();
  [[nodiscard]] std::uint64_t documents() const { return documents_; }  ///< ended ones

 private:
  struct Frame {
    const GroupDescriptor* group;
    FieldSet seen;
    std::uint16_t last;    ///< number of the field before, so that a list may go on
    std::uint16_t number;  ///< of the group in its parent
  };
  // Each is false with `why_` set where the contract is broken.
  bool check(const Event& event);
  bool check_value(const Event& event, const FieldDescriptor& field);
  std::size_t follow(std::span<const Event> batch);
  [[nodiscard]] bool has_good_value(const Event& event) const;
  bool enter(const Event& event, const FieldDescriptor*& field);
  bool begin_group(const Event& event, const FieldDescriptor& field);
  void end_group(const Event& event);
  void go_on();
  bool broken(std::string_view code, const Event& event, std::string what);
  [[nodiscard]] std::string path() const;

  EventSink& next_;
  EventLimits limits_;
  std::vector<Frame> frames_;
  LineShape line_;  ///< while a group follows it, no frame is made of it
  std::uint64_t events_ = 0;
  std::uint64_t documents_ = 0;
  Status why_;
};

}  // namespace purser
