// Reads X12 interchanges as a stream, transaction set by transaction set.
// Source: ASC X12.5 and X12.6. One segment is in memory at a time.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "canonical/map/syntax.h"
#include "connectors/reader/bytes.h"
#include "connectors/reader/edi_limits.h"
#include "connectors/reader/finding_handler.h"
#include "connectors/reader/x12_envelope.h"

namespace purser::x12 {

/// Bounds on an interchange; each protects memory or time against a hostile source.
struct Limits : edi::Limits {
  std::uint32_t max_binary = 16 << 20;                  ///< bytes of BIN or BDS; they are held as one value
  std::uint64_t max_transaction_segments = 50'000'000;  ///< of one transaction set
  std::uint32_t max_transactions = 10'000'000;          ///< of one interchange
};

struct ReadOptions {
  bool strict = false;  ///< a wrong count or control number is an error instead of a warning
  Limits limits;
};

/// How a transaction set ended.
struct TransactionEnd {
  std::uint64_t segments = 0;  ///< counted, ST and SE included
  bool complete = false;       ///< SE was there
  Status stopped;              ///< why its sink refused the rest; code empty if it did not
};

/// How a functional group ended.
struct GroupEnd {
  std::uint32_t stated = 0;        ///< GE01; 0 if it is no number
  std::uint32_t transactions = 0;  ///< counted
  bool complete = false;           ///< GE was there
};

/// How an interchange ended.
struct InterchangeEnd {
  std::uint32_t groups = 0, transactions = 0;  ///< counted
  bool complete = false;                       ///< IEA was there
};

/// Takes an interchange. Strings and structs are borrowed until the call returns.
class InterchangeHandler {
 public:
  virtual ~InterchangeHandler() = default;
  /// An error ends the reading.
  virtual Outcome begin_interchange(const Interchange& interchange) = 0;
  virtual Outcome begin_group(const Interchange& interchange, const Group& group) = 0;
  /// The sink for this transaction set, alive until end_transaction; null passes it over (its counts are
  /// still checked). It is given the segments ISA, GS where there is one, ST … SE as nodes: open("N1"), a
  /// leaf with element, repetition and component (each from 1) for every value that is not empty, close. The
  /// bytes of BIN and BDS are given as base64. `group` is null outside functional groups, as for TA1.
  virtual std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange& interchange,
                                                                    const Group* group,
                                                                    const Transaction& transaction) = 0;
  /// Called for each one begun, also when the input broke off or the sink refused.
  virtual Outcome end_transaction(const Transaction& transaction, const TransactionEnd& end) = 0;
  virtual Outcome end_group(const Group& group, const GroupEnd& end) = 0;
  virtual Outcome end_interchange(const Interchange& interchange, const InterchangeEnd& end) = 0;
  virtual void finding(Finding finding) = 0;
};

/// Reads all interchanges of the source. A sink's Status of class `invalid` ends that transaction set only,
/// any other ends the reading. What is wrong is told as findings X12-nnnn while reading goes on; after a
/// fatal one (no interchange at all, limit, input broken off) the Status of that code is returned, everything
/// before it having been delivered. Values are UTF-8; line breaks inside segments are left out. Position: of
/// a segment's identifier, of a value's first byte. Not thread safe.
Outcome read(reader::ByteSource& source, InterchangeHandler& handler, const ReadOptions& options = {});

/// The first headers, for format detection. Nothing if `head` is not the beginning of an interchange; what
/// lies beyond `head` is left empty. [any]
struct Peek {
  Interchange interchange;
  Group group;
  Transaction transaction;
};
inline constexpr std::size_t peek_bytes = 16 * 1024;
std::optional<Peek> peek(std::string_view head);

}  // namespace purser::x12
