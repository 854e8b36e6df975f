// Shows that a document's entries were in the trail when a checkpoint was signed.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <vector>

#include "gateway/audit/audit.h"
#include "gateway/checkpoint/checkpoint.h"

namespace purser::gateway {

/// As JSON: the checkpoints, and each entry with its inclusion path. Entries younger than the checkpoint are
/// counted as `later`. AUDIT-0003 if the hashes there do not lead from the entries to the signed root;
/// AUDIT-0004 if checkpoint or hashes are missing, or none of the entries is as old.
std::expected<std::string, Status> prove_history(std::span<const ChainEntry> entries, CheckpointPlace& place,
                                                 std::span<const CryptoKey> keys);

struct ProvenHistory {
  std::vector<ChainEntry> entries;
  std::uint64_t later = 0;  ///< entries that the prover says are younger; not proved
};
inline constexpr std::size_t max_proof_bytes = 16U << 20U;  ///< some ten thousand entries

/// The entries, if each leads to a root that one of the keys signed. `checkpoint`: a note of one's own that
/// has to be the one proved against; empty: the note the proof brings along, which the keys must have signed
/// too. The error says what does not hold. Needs nothing but its arguments. [any]
std::expected<ProvenHistory, std::string> check_history(const std::string& proof,
                                                        std::span<const CryptoKey> keys,
                                                        const std::string& checkpoint);

}  // namespace purser::gateway
