// Answers that the asker has already (RFC 9110 section 13.1.2).
#pragma once

#include "gateway/api/call.h"

namespace purser::gateway {

/// True if the value of If-None-Match names the tag: weak comparison (section 8.8.3.2), "*" names any. [any]
bool names_tag(std::string_view if_none_match, std::string_view tag);

/// For GET and HEAD: a 200 that is whole in memory gets an ETag over its bytes unless it has one, and becomes
/// 304 without a body if the asker named its tag.
Respond conditional(const Request& request, Respond respond);

}  // namespace purser::gateway
