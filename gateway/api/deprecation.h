// Operations that will go, as their callers are told.
#pragma once

#include "gateway/api/call.h"

namespace purser::gateway {

/// Adds Deprecation (RFC 9745), Sunset (RFC 8594) and Link to every answer of an operation that the
/// configuration has among `deprecated`; else gives `respond` back as it is.
Respond telling_of_deprecation(const Call& call, Respond respond);

}  // namespace purser::gateway
