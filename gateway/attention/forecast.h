// What would be sent where, if parked work were released or an edited copy resubmitted: asked before it is done.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/journal/body_store.h"
#include "gateway/journal/journal.h"
#include "gateway/route/route.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

/// One document on its way to one target.
struct Outgoing {
  MessageId message;
  DeliveryId delivery;  ///< not set: a delivery that would be made
  std::uint32_t document = 0;
  DocumentType type = DocumentType::none;
  std::string number;
  std::string route, target, connector, format, lane;
  std::string place;         ///< URL or folder of the target; empty: the target is not in the settings
  bool held = false;         ///< the target is switched off, or gone: it would wait there
  std::uint64_t length = 0;  ///< bytes, where they are written already; of canonical JSON else
};

/// What would happen to one message.
struct Forecast {
  MessageState state = MessageState::delivering;
  std::vector<Outgoing> deliveries;
  std::vector<Finding> findings;  ///< of the reading: what would park it again
};

/// What a forecast needs: what stores, what reads, and the routes in force. Translator null: stopped messages
/// cannot be read again here, and their forecast is empty.
struct Foresight {
  Journal& journal;
  BodyStore& bodies;
  Translator* translator;
  const RouteTable& table;
  Instant now;
};

/// If a parked delivery were released. Reads nothing. [any]
Outgoing foresee_delivery(const RouteTable& table, const ParkedItem& item);

/// If a message that was stopped were released: reads it again by today's settings, writes nothing, takes no
/// number. Whole in memory: up to max_foreseen bytes, beyond JOURNAL-0011. [any]
std::expected<Forecast, Status> foresee_message(const Foresight& with, MessageId message);

/// If `bytes` were resubmitted in place of a message. `format` empty: as of the message. [any]
std::expected<Forecast, Status> foresee_copy(const Foresight& with, const Resubmission& copy, std::string_view bytes);

/// Read for a forecast at most; what is larger is released unseen.
inline constexpr std::uint64_t max_foreseen = 64ULL << 20;

}  // namespace purser::gateway
