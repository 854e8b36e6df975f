// The steps between a message's bytes and its planned, written deliveries.
#pragma once

#include <expected>

#include "gateway/message/message.h"
#include "gateway/route/route.h"
#include "gateway/translate/translator.h"

namespace purser::gateway {

/// More deliveries of one message are written at their first attempt: admission shall not wait for a hundred.
inline constexpr std::size_t max_written_ahead = 8;

/// Decode, check, plan, and write the deliveries: the same on the fast and on the slow path. An error may
/// pass (connector busy); everything else is in the understanding's findings and state. `now` is the day of
/// what is answered. [any]
std::expected<Understanding, Status> understand(Translator& translator, const RouteTable& table,
                                                const Incoming& incoming, const Pull& source, Instant now);

/// Writes one delivery from canonical JSON. An error may pass; a document that cannot be written is
/// DELIVER-0009.
std::expected<std::expected<std::string, Finding>, Status> write_delivery(Translator& translator,
                                                                          const EncodeOrder& order,
                                                                          std::string_view canonical);

}  // namespace purser::gateway
