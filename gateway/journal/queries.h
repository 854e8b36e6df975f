// The journal's questions as SQL. Each function throws SqlError. [serial] per connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/journal/sealing.h"
#include "gateway/sql/sql.h"

namespace purser::gateway::queries {

/// Scope, key, tenant of a claim → its message, hash and state; delivered, if the message was forgotten
/// since.
inline constexpr const char* claim_sql =
    "SELECT i.message, i.hash, coalesce(m.state, 3) FROM idempotency i LEFT JOIN message m ON m.id = "
    "i.message"
    " WHERE i.scope = ? AND i.key = ? AND i.tenant = ?";
/// The first answer to a claim, none if it is new.
std::optional<Admitted> read_claim(Rows& rows, const Sha256& hash);
std::optional<Admitted> find_claim(Database& db, const std::string& tenant, const Claim& claim,
                                   const Sha256& hash);
std::vector<MessageSummary> list(Database& db, const ListQuery& query);
std::optional<MessageView> show(Database& db, MessageId id, const DocumentRange& which, Sealing& sealing);
std::optional<MessageView> show(Database& db, DeliveryId id, Sealing& sealing);
std::vector<DeliveryView> deliveries(Database& db, MessageId id, DeliveryId after, std::uint32_t limit,
                                     Sealing& sealing);
std::vector<Step> timeline(Database& db, MessageId id, const DocumentRange& which);
std::vector<KeyHit> find_by_key(Database& db, const KeyQuery& query);
std::vector<ParkedGroup> parked(Database& db, const ParkedQuery& query, Sealing& sealing);
std::vector<ParkedItem> parked_items(Database& db, const ParkedQuery& query, Sealing& sealing);
std::vector<TrailChain> trail_chains(Database& db);
std::vector<TrailEntry> trail(Database& db, const TrailQuery& query);
std::vector<KeptRecord> records(Database& db, const std::string& kind, const std::string& tenant);
std::vector<ExpectationView> expectations(Database& db, const ExpectationQuery& query);  // expectations.cc
JournalFigures figures(Database& db);

}  // namespace purser::gateway::queries
