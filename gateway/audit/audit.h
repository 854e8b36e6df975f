// The audit trail: a chain of entries in which an edit, a swap or a missing end shows.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/audit/head.h"
#include "gateway/message/message.h"
#include "gateway/message/tenant.h"
#include "gateway/sql/sql.h"

namespace purser::gateway {

/// One entry as it is hashed. The sequence starts at 1 and has no gaps.
struct AuditEntry {
  std::int64_t sequence = 0;
  Instant at;
  std::string who, what;
  MessageId message;
  DeliveryId delivery;
  std::string why;
  std::string tenant{default_tenant};  ///< whose message or caller it concerns
  Sha256 hash{};  ///< SHA-256 over the previous entry's hash and this entry's canonical encoding
};

/// Appends the entry's canonical encoding: each member is length-prefixed, so no two entries encode alike.
void encode(const AuditEntry& entry, std::string& out);  ///< [any]
/// The hash `entry` must have after `previous`.
Sha256 chain_hash(const Sha256& previous, const AuditEntry& entry);  ///< [any]

/// What verification found.
struct AuditVerdict {
  std::int64_t entries = 0;      ///< that hold
  std::int64_t first_wrong = 0;  ///< sequence of the first entry that does not hold; 0: all hold
  std::string what;              ///< "changed", "missing", "the end is cut off after 1042"
  std::int64_t chain = 0;        ///< in which it is
  Sha256 head{};                 ///< of the last entry that holds; write it down elsewhere
};

/// Is shown each entry that holds, chain after chain in their order.
using AuditVisitor = std::function<void(std::int64_t chain, const AuditEntry& entry)>;

/// Verifies every chain of a database: one for each node that wrote. `side`: a head record of chain 0 that
/// was kept elsewhere.
std::expected<AuditVerdict, Status> verify_audit(Database& database, const std::optional<AuditHead>& side,
                                                 const AuditVisitor& visitor = {});

/// Verifies the chain in a data folder against its head records. Works beside a running gateway.
std::expected<AuditVerdict, Status> verify_audit(const std::string& folder, const AuditVisitor& visitor = {});
/// The entries of a message or its deliveries, in the order of their chains.
struct ChainEntry {
  std::int64_t chain = 0;
  AuditEntry entry;
};
std::vector<ChainEntry> entries_of(Database& database, MessageId message);  ///< throws SqlError

}  // namespace purser::gateway
