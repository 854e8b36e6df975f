// Looks for what did not happen in time: acknowledgements that did not come, deliveries that could not go.
#pragma once

#include <functional>

#include "gateway/journal/journal.h"
#include "gateway/route/route.h"

namespace purser::gateway {

/// Something a person should hear of now.
struct Notice {
  MessageId message;
  DeliveryId delivery;
  Finding finding;
};

/// Raises what is overdue and parks what has expired, and gives a notice for each; each is given once, whatever
/// node looks. Waits for the journal; what it cannot do now it does at the next look. [any]
Outcome look_out(Journal& journal, const RouteTable& table, const std::function<void(const Notice&)>& notify);

}  // namespace purser::gateway
