// Takes checkpoints of the audit trail and holds the trail against them.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "gateway/audit/audit.h"
#include "gateway/checkpoint/note.h"
#include "gateway/checkpoint/place.h"

namespace purser::gateway {

/// Walks the whole trail as verify_audit() does, wherever it is kept.
using TrailWalk = std::function<std::expected<AuditVerdict, Status>(const AuditVisitor& visitor)>;

/// Who signs, and whose older checkpoints are built upon (the own key always is one).
struct CheckpointSigner {
  std::string origin;  ///< the installation's name; each chain's tree is ORIGIN/CHAIN
  CryptoKey key;
  std::vector<CryptoKey> previous;  ///< public keys from before a change of keys
};

struct TakenCheckpoint {
  std::int64_t chain = 0;
  Checkpoint checkpoint;
};

/// Signs every chain that grew and lays checkpoint and hashes down in `place`, hashes first. Refused, with
/// nothing signed: a trail that does not hold, or that does not continue what lies there (AUDIT-0003); a
/// place that cannot be read or written, or whose checkpoint is nobody's whom the signer knows (AUDIT-0004).
std::expected<std::vector<TakenCheckpoint>, Status> take_checkpoints(const TrailWalk& trail,
                                                                     CheckpointPlace& place,
                                                                     const CheckpointSigner& signer);

/// verify_audit(), and every chain held against its checkpoint in `place`: an end cut off before it and a
/// chain written anew show. The first wrong entry is named where the hashes lie beside the checkpoint and fit
/// it; else first_wrong is 0 and `what` tells the range. AUDIT-0004 if there is no checkpoint of the keys.
std::expected<AuditVerdict, Status> verify_against(const TrailWalk& trail, CheckpointPlace& place,
                                                   std::span<const CryptoKey> keys);

/// The checkpoint of a chain in a place; empty if there is none. AUDIT-0004 if it is nobody's of the keys, or
/// another chain's.
std::expected<std::optional<Checkpoint>, Status> read_checkpoint(CheckpointPlace& place, std::int64_t chain,
                                                                 std::span<const CryptoKey> keys);
/// Its name in the place.
std::string checkpoint_name(std::int64_t chain);

}  // namespace purser::gateway
