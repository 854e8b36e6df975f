// The signature base: the exact bytes a signature is over (RFC 9421 section 2.5).
#pragma once

#include <expected>
#include <string>

#include "gateway/access/signature/http_message.h"
#include "gateway/access/signature/structured_field.h"

namespace purser::gateway {

/// More covered components are nobody's signature.
inline constexpr std::size_t max_components = 64;

/// The base for the covered components and parameters of one Signature-Input member. Supports every derived
/// component of section 2.2 and the parameters sf, key, bs, tr, req and name. The error says which component
/// cannot be resolved (section 2.5 wants a failure, never an empty value): unknown, absent, twice in the
/// list, not allowed in this kind of message, holding a line end. [any]
std::expected<std::string, std::string> signature_base(const HttpMessage& message,
                                                       const structured::InnerList& covered);

}  // namespace purser::gateway
