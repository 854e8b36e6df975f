// The names of messages and deliveries.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace purser::gateway {

/// A number given by the journal, growing with time (41 bits milliseconds since 2024, 22 bits counter),
/// so that new rows land at the end of their tables. 0 means none.
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  friend auto operator<=>(const Id&, const Id&) = default;
  [[nodiscard]] bool is_set() const { return value != 0; }
};

struct MessageTag;
struct DeliveryTag;
using MessageId = Id<MessageTag>;
using DeliveryId = Id<DeliveryTag>;

/// Shown form: "m" or "d" and 13 characters of Crockford's base 32, "m03F7ZK2M9Q0X4".
std::string text(MessageId id);
std::string text(DeliveryId id);
/// Case does not matter, and I, L, O are read as 1, 1, 0. Empty if it is not an id of that kind. [any]
std::optional<MessageId> parse_message_id(std::string_view text);
std::optional<DeliveryId> parse_delivery_id(std::string_view text);

}  // namespace purser::gateway
