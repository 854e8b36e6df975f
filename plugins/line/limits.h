// Bounds on one call of a connector.
#pragma once

#include <chrono>
#include <cstdint>

namespace purser::plugin {

/// A connector that exceeds one is stopped; its document gets the finding named.
struct CallLimits {
  std::chrono::milliseconds wall{60'000};         ///< HOST-TIMEOUT; 1 GB takes 10 s
  std::chrono::milliseconds cpu{60'000};          ///< HOST-TIMEOUT; workers only
  std::uint64_t memory = std::uint64_t{1} << 30;  ///< bytes of a worker's address space; HOST-MEMORY
  std::uint64_t max_events = 1'000'000'000;       ///< HOST-FLOOD; 10 million lines of 100 values
  std::uint64_t max_event_bytes = std::uint64_t{8}
                                  << 30;  ///< HOST-FLOOD; text in events, attachments included
  std::uint64_t max_output_bytes = std::uint64_t{8} << 30;  ///< HOST-FLOOD; a written file
  /// HOST-FLOOD; over all documents of a file, and one more for each byte read or written.
  std::uint64_t max_findings = 1'000'000;
  std::uint64_t max_losses = 10'000'000;  ///< HOST-FLOOD; likewise
  std::uint64_t max_log_lines = 200;      ///< of one call; further ones are dropped
};

}  // namespace purser::plugin
