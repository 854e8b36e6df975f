// The states of a message and of a delivery, and which may follow which. The only place that knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace purser::gateway {

/// Where a message is on its way. Stored: append, never renumber.
enum class MessageState : std::uint8_t {
  admitted = 1,    ///< durable; not yet understood
  delivering = 2,  ///< understood, deliveries planned
  delivered = 3,   ///< every delivery arrived or was cancelled, at least one arrived
  parked = 4,      ///< stopped by a finding or a parked delivery; a person decides
  rejected = 5,    ///< not valid, and its source says that invalid documents are rejected
  cancelled = 6    ///< by a person, who is named in the audit trail
};

/// Where a delivery is on its way. Stored: append, never renumber.
enum class DeliveryState : std::uint8_t {
  due = 1,        ///< waits for its due time, its lane, or its target
  in_flight = 2,  ///< leased by a node that is delivering it
  delivered = 3,
  parked = 4,
  cancelled = 5
};

/// True if the step is allowed; the journal refuses every other one as a defect. [any]
bool may_follow(MessageState from, MessageState to);
bool may_follow(DeliveryState from, DeliveryState to);
/// Nothing happens by itself any more: delivered, rejected, cancelled, parked.
bool is_at_rest(MessageState state);
/// Still occupies its lane: due or in flight.
bool is_open(DeliveryState state);

std::string_view name(MessageState state);   ///< "admitted", …
std::string_view name(DeliveryState state);  ///< "due", "in flight", …
std::optional<MessageState> parse_message_state(std::string_view name);

}  // namespace purser::gateway
