// What is answered about the content of documents: APERAK, 824 as canonical acknowledgements.
#pragma once

#include "gateway/message/message.h"
#include "gateway/port/clock.h"
#include "gateway/route/route.h"

namespace purser::gateway {

/// Adds an acknowledgement behind the documents of `what` for each of them, if the source's senders are
/// answered about content. Documents whose envelope names no sender, and acknowledgements, are not answered.
/// They are documents like others: routes take them to the sender by their field `outgoing`. [any]
void answer_contents(const RouteTable& table, const Incoming& incoming, Instant now, Understanding& what);

}  // namespace purser::gateway
