// Which tenant's name, support and logo a caller is shown.
#pragma once

#include "gateway/api/call.h"

namespace purser::gateway {

/// Of the caller's tenant; of a webhook's; where neither is known, of the host that was asked. Null: nothing is
/// said. `request` is the call's, wherever it is.
const Branding* branding_of(const Call& call, const Request& request);

/// Adds `support` to a problem. Others stay as they are.
void brand(Response& response, const Branding* branding);
/// The same for the answer to a call.
Respond branded(const Call& call, Respond respond);

}  // namespace purser::gateway
