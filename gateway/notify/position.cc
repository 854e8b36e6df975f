#include "gateway/notify/position.h"

namespace purser::gateway {

std::expected<TrailPosition, Status> trail_end(Journal& journal) {
  const auto chains = journal.trail_chains();
  if (!chains) return std::unexpected(chains.error());
  TrailPosition out;
  for (const auto& [chain, last] : *chains) out[chain] = last;
  return out;
}

std::expected<TrailPosition, Status> trail_since(Journal& journal, Instant since) {
  auto ends = trail_end(journal);
  if (!ends) return std::unexpected(ends.error());
  for (auto& [chain, last] : *ends) {
    // Numbers have no gaps and times of one chain do not go back: halved until one is left.
    std::int64_t before = 0;
    std::int64_t behind = last + 1;
    while (behind - before > 1) {
      const std::int64_t middle = before + (behind - before) / 2;
      const auto entry = journal.trail({{}, chain, middle - 1, 0, 1});
      if (!entry) return std::unexpected(entry.error());
      const bool early =
          !entry->empty() && entry->front().sequence == middle && entry->front().step.at < since;
      (early ? before : behind) = middle;
    }
    last = before;
  }
  return ends;
}

}  // namespace purser::gateway
