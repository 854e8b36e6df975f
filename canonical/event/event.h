// A canonical document as a stream of events: the form in which it crosses the plugin line.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>

#include "canonical/spec/descriptor.h"
#include "canonical/value/position.h"
#include "canonical/value/scalar.h"

namespace purser {

/// What stops a piece of work, classed by what the caller does next.
enum class StatusClass : std::uint8_t {
  invalid = 1,      ///< the document is wrong: park it with its findings
  denied = 2,       ///< not allowed: alarm
  unavailable = 3,  ///< try again later with backoff
  overloaded = 4,   ///< try again later, when the other side says
  defect = 5        ///< our own or a plugin's fault: park and alarm
};

/// The error side of std::expected throughout Purser. `code` is a finding code.
struct Status {
  StatusClass what = StatusClass::defect;
  std::string code;
  std::string message;
};
using Outcome = std::expected<void, Status>;

enum class EventKind : std::uint8_t {
  begin_document = 1,  ///< number = DocumentType
  begin_group = 2,     ///< number = field number of the nested group in its parent
  field = 3,           ///< number = field number, value set
  end_group = 4,
  end_document = 5
};

/// One event. Contract of a stream, checked by EventChecker:
///  - a file gives zero or more documents, each begin_document … end_document, groups properly nested;
///  - a group that is not a list is begun at most once; a list's elements follow one another;
///  - fields of a group may come in any order, but each list is contiguous;
///  - coming out of a decoder, a streamed list may stand before other top level fields;
///    going into an encoder, streamed lists come last (HeaderFirst arranges that).
/// `value.bytes` is borrowed until push() returns.
struct Event {
  EventKind kind = EventKind::field;
  std::uint16_t number = 0;
  Scalar value;
  Position at;
};

/// Takes events in batches; a batch may cut a document anywhere. Not thread safe.
/// An error ends the stream: the producer stops and reports it upward.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual Outcome push(std::span<const Event> batch) = 0;
};

}  // namespace purser
