// What a journal may forget, and the space that it gets back thereby.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/journal/writer.h"

namespace purser::gateway {

/// The state to which a rule's age belongs, or none if the rule keeps such messages for ever.
std::chrono::seconds age_of(const Retention& rule, MessageState state);

/// Ids of messages behind `after` that the rule lets go at `now`, oldest first.
std::vector<MessageId> find_forgettable(Database& database, const RetentionRules& rules, Instant now,
                                        MessageId after, std::uint32_t limit);

/// Removes messages with everything that belongs to them, those that are at rest still. Their claims stay:
/// what was accepted once is a duplicate for ever; and so does the audit trail, with an entry for each.
std::unique_ptr<Job> make_forgetting(std::vector<MessageId> batch, Completion<MessageId> done);

}  // namespace purser::gateway
