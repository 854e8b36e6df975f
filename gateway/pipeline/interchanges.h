// Interchanges that come again, and those that do not come: what control references tell, partner by partner.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "gateway/journal/journal.h"
#include "gateway/route/route.h"

namespace purser::gateway {

/// The claims of the interchanges a message's documents came in: sender, recipient and control reference.
std::vector<Claim> interchange_claims(const Understanding& what);

/// Looks a message's interchanges up before it is admitted. New ones become claims of `incoming`, so that
/// the admission books each once. One that was received before with other content parks the message
/// (ROUTE-0010); a number that a partner with consecutive references left out is a warning (ROUTE-0011).
/// Gives the first answer if all of it was received before with the same content. [any]
std::optional<Admitted> check_interchanges(Journal& journal, const RouteTable& table, Incoming& incoming,
                                           const Sha256& hash, Understanding& what);

/// The same for a part of a message that is durable already: gives the claims that its settlement makes. One
/// that was received before with the same content parks the message, too (ROUTE-0013): a person may release
/// it. [slow]
std::expected<std::vector<Claim>, Status> check_interchanges_later(Journal& journal, const RouteTable& table,
                                                                   const PendingMessage& message,
                                                                   Understanding& part);

}  // namespace purser::gateway
