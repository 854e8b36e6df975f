// Reads EDIFACT interchanges as a stream, message by message.
// Source: ISO 9735 syntax 1 to 4. One segment is in memory at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/edi_limits.h"
#include "connectors/reader/edifact_envelope.h"
#include "connectors/reader/finding_handler.h"

namespace purser::edifact {

/// Bounds on an interchange; each protects memory or time against a hostile source.
struct Limits : edi::Limits {
  std::uint64_t max_message_segments = 50'000'000;  ///< of one message
  std::uint32_t max_messages = 10'000'000;          ///< of one interchange
};

struct ReadOptions {
  bool strict = false;  ///< a wrong control count or reference is an error instead of a warning
  Limits limits;
};

/// How a message ended.
struct MessageEnd {
  std::uint64_t segments = 0;  ///< counted, UNH and UNT included
  bool complete = false;       ///< UNT was there
  Status stopped;              ///< why its sink refused the rest; code empty if it did not
};

/// How an interchange ended.
struct InterchangeEnd {
  std::uint32_t messages = 0;  ///< counted
  std::uint32_t groups = 0;
  bool complete = false;  ///< UNZ was there
};

/// Takes an interchange. Strings and structs are borrowed until the call returns.
class InterchangeHandler {
 public:
  virtual ~InterchangeHandler() = default;
  /// An error ends the reading.
  virtual Outcome begin_interchange(const Interchange& interchange) = 0;
  /// The sink for this message, alive until end_message; null passes the message over (its counts are still
  /// checked). It is given the segments UNB, UNG where there is one, UNH … UNT as nodes: open("NAD"), a leaf
  /// with element, repetition and component (each from 1) for every value that is not empty, close.
  /// `group` is null outside functional groups.
  virtual std::expected<map::SyntaxSink*, Status> begin_message(const Interchange& interchange,
                                                                const Group* group,
                                                                const Message& message) = 0;
  /// Called for each message begun, also when the input broke off or the sink refused. An error ends the
  /// reading.
  virtual Outcome end_message(const Message& message, const MessageEnd& end) = 0;
  virtual Outcome end_interchange(const Interchange& interchange, const InterchangeEnd& end) = 0;
  virtual void finding(Finding finding) = 0;
};

/// Reads all interchanges of the source. A sink's Status of class `invalid` ends that message only, any other
/// ends the reading. What is wrong is told as findings EDIFACT-nnnn while reading goes on; after a fatal
/// one (no interchange at all, limit, input broken off) the Status of that code is returned, everything
/// before it having been delivered. Values are UTF-8, release characters removed, line breaks inside segments
/// left out. Position: of a segment's tag, of a value's first byte. Not thread safe.
Outcome read(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options = {});

/// The first message's header with the interchange, for format detection. Nothing if `head` is not the
/// beginning of an interchange; a message type that lies beyond `head` is left empty. [any]
struct Peek {
  Interchange interchange;
  Message message;
};
inline constexpr std::size_t peek_bytes = 16 * 1024;
std::optional<Peek> peek(std::string_view head);

}  // namespace purser::edifact
