// Error answers: application/problem+json (RFC 9457).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "canonical/finding/finding.h"
#include "gateway/intake/http_front.h"

namespace purser::gateway {

/// A problem whose type is a finding code: title, explanation and remedy come from the catalogue. `detail` is
/// one sentence about this call and must hold nothing of the server's inside.
Response problem(int status, std::string_view code, std::string_view detail,
                 std::span<const Finding> findings = {});

/// The HTTP status that a Status of the gateway's own answers with, and the problem for it. `unavailable` and
/// `overloaded` carry Retry-After; a defect says nothing but its code.
Response problem_of(const Status& status);

}  // namespace purser::gateway
