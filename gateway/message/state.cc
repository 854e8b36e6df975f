#include "gateway/message/state.h"

#include <array>
#include <utility>

namespace purser::gateway {
namespace {

constexpr std::array<std::string_view, 7> message_names = {"",       "admitted", "delivering", "delivered",
                                                           "parked", "rejected", "cancelled"};
constexpr std::array<std::string_view, 6> delivery_names = {"",          "due",    "in flight",
                                                            "delivered", "parked", "cancelled"};

// Bit n set: state n may follow. Rows are the state before, 0 being "not there yet".
constexpr unsigned bit(MessageState s) { return 1U << static_cast<unsigned>(s); }
constexpr unsigned bit(DeliveryState s) { return 1U << static_cast<unsigned>(s); }

constexpr std::array<unsigned, 7> message_steps = {
    /* new        */ bit(MessageState::admitted),
    /* admitted   */ bit(MessageState::delivering) | bit(MessageState::parked) | bit(MessageState::rejected) |
        bit(MessageState::cancelled),
    /* delivering */ bit(MessageState::delivered) | bit(MessageState::parked) | bit(MessageState::cancelled) |
        bit(MessageState::admitted),
    /* delivered  */ bit(MessageState::admitted) | bit(MessageState::delivering) | bit(MessageState::parked),
    /* parked     */ bit(MessageState::admitted) | bit(MessageState::delivering) |
        bit(MessageState::delivered) | bit(MessageState::cancelled),
    /* rejected   */ bit(MessageState::admitted),
    /* cancelled  */ bit(MessageState::admitted)};

constexpr std::array<unsigned, 6> delivery_steps = {
    /* new       */ bit(DeliveryState::due) | bit(DeliveryState::in_flight) | bit(DeliveryState::parked),
    /* due       */ bit(DeliveryState::in_flight) | bit(DeliveryState::parked) |
        bit(DeliveryState::cancelled),
    /* in flight */ bit(DeliveryState::due) | bit(DeliveryState::delivered) | bit(DeliveryState::parked) |
        bit(DeliveryState::cancelled),
    /* delivered */ 0,
    /* parked    */ bit(DeliveryState::due) | bit(DeliveryState::cancelled),
    /* cancelled */ 0};

}  // namespace

bool may_follow(MessageState from, MessageState to) {
  return (message_steps[static_cast<std::size_t>(from)] & bit(to)) != 0;
}
bool may_follow(DeliveryState from, DeliveryState to) {
  return (delivery_steps[static_cast<std::size_t>(from)] & bit(to)) != 0;
}

bool is_at_rest(MessageState state) {
  return state != MessageState::admitted && state != MessageState::delivering;
}
bool is_open(DeliveryState state) { return state == DeliveryState::due || state == DeliveryState::in_flight; }

std::string_view name(MessageState state) { return message_names[static_cast<std::size_t>(state)]; }
std::string_view name(DeliveryState state) { return delivery_names[static_cast<std::size_t>(state)]; }

std::optional<MessageState> parse_message_state(std::string_view name) {
  for (std::size_t i = 1; i < message_names.size(); ++i) {
    if (message_names[i] == name) return static_cast<MessageState>(i);
  }
  return std::nullopt;
}

}  // namespace purser::gateway
