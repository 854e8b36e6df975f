// An HTTP request as its signature sees it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/access/signature/verify.h"
#include "gateway/intake/http_front.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Where TLS ends before Purser, callers signed for https all the same.
HttpMessage message_of(const Request& request, bool tls_ended_before);
/// Label and keyid of each signature; those without keyid are left out.
std::vector<std::pair<std::string, std::string>> signature_keys(const HttpMessage& message);
/// Nothing if the signature under `label` is the signer's and covers what it must. A request with a body must
/// have its Content-Digest covered whatever the signer's entry says.
std::optional<SignatureFault> signature_fault(const HttpMessage& message, const Body& body,
                                              const KeySet& keys, const Signer& signer,
                                              const std::string& label, std::chrono::sys_seconds now);

}  // namespace purser::gateway
