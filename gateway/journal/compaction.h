// Gets back the room of bodies that nothing refers to any more.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>

#include "gateway/journal/segment_store.h"
#include "gateway/journal/writer.h"
#include "gateway/port/clock.h"
#include "gateway/sql/sql.h"

namespace purser::gateway {

/// [serial]
class Compactor {
 public:
  /// Unused for so long before it is removed: whoever was given a place in it has read it by then. Longer
  /// than any lease, and than a large body waits between its arrival and its admission.
  static constexpr std::chrono::minutes min_age{60};

  Compactor(SegmentStore& bodies, Writer& writer, const Clock& clock)
      : bodies_(bodies), writer_(writer), clock_(clock) {}
  /// Copies what is left of segments that are mostly empty to the one being written, and removes those that
  /// have been unused for long enough. Gives the bytes that came back. Waits for the writer. Throws SqlError.
  std::expected<std::uint64_t, Status> run(Database& reader);

 private:
  SegmentStore& bodies_;
  Writer& writer_;
  const Clock& clock_;
  std::map<std::uint32_t, std::chrono::microseconds> unused_since_;
};

}  // namespace purser::gateway
