// The journal's questions as SQL. Each function throws SqlError. [serial] per connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/sqlite/sqlite.h"

namespace purser::gateway::queries {

std::optional<Admitted> find_claim(Database& db, const Claim& claim, const Sha256& hash);
std::vector<MessageSummary> list(Database& db, const ListQuery& query);
std::optional<MessageView> show(Database& db, MessageId id);
std::vector<Step> timeline(Database& db, MessageId id);
std::vector<KeyHit> find_by_key(Database& db, const std::string& kind, const std::string& value,
                                std::uint32_t limit);
std::vector<ParkedGroup> parked(Database& db);
std::vector<MessageId> parked_messages(Database& db, const std::string& code, const std::string& target,
                                       std::uint32_t limit);
JournalFigures figures(Database& db);

}  // namespace purser::gateway::queries
