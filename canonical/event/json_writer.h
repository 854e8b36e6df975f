// Canonical events to canonical JSON, as a stream: memory does not grow with the document.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/event.h"

namespace purser {

/// Takes text in order, in pieces of up to 64 KiB or one long value; borrowed until the call returns.
using TextOutput = std::function<Outcome(std::string_view)>;

/// Appends to `text`, which must outlive the output.
TextOutput append_to_text(std::string& text);

enum class JsonStyle : std::uint8_t {
  compact,  ///< one document a line, no blanks: the stored form
  indented  ///< two blanks a level: for people
};

/// Writes {"document":"invoice","model":"1.0", fields…}, each document ended by a line feed. Fields stand in
/// the order of the events; decimals are strings with all their decimals, integers numbers, dates and times
/// strings, binary base64. The stream must keep to its contract (EventChecker). [serial]
class JsonWriter : public EventSink {
 public:
  explicit JsonWriter(TextOutput output, JsonStyle style = JsonStyle::compact);
  ~JsonWriter() override;
  Outcome push(std::span<const Event> batch) override;
  /// Hands over what is still buffered. Not needed after end_document.
  Outcome flush();

 private:
  class Buffer;
  struct Frame {
    const GroupDescriptor* group;
    std::uint16_t open_list;  ///< number of the list being written, 0 for none
    bool empty;
  };
  void write(const Event& event);
  void begin_member(const FieldDescriptor& field);
  void close_list();
  void value(const Scalar& value);
  void new_line();

  std::unique_ptr<Buffer> buffer_;
  JsonStyle style_;
  std::vector<Frame> frames_;
  std::size_t indent_ = 0;
};

}  // namespace purser
