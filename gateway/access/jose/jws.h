// JSON Web Signature in compact form (RFC 7515 section 7.1), taken apart with limits.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace purser::gateway {

/// The reasons why a token is not taken. Names are stable: they stand in the audit trail, in counters and in
/// what the command line prints; a caller over HTTP never sees them.
enum class TokenFault : std::uint8_t {
  oversized,    ///< longer than max_token_bytes
  malformed,    ///< not three parts of base64url with a JSON header
  duplicate,    ///< a member stands twice in the header or the claims, or they are no strict JSON object
  algorithm,    ///< `alg` is none, unknown or not allowed here
  critical,     ///< `crit` or `b64`: extensions that would have to be understood; none are
  type,         ///< `typ` is another than asked for
  unknown_key,  ///< no trusted key has this kid and fits the algorithm
  signature,    ///< no trusted key made this signature
  claim,        ///< a claim that is there has the wrong type
  missing,      ///< a claim that is asked for is not there
  expired,      ///< exp is over
  early,        ///< nbf or iat lies in the future
  too_old,      ///< iat is longer ago than allowed
  issuer,       ///< iss is another
  audience,     ///< aud does not name us
};
std::string_view name(TokenFault fault);

/// A JWT with a dozen roles has 2 KiB; 8 KiB still fit the front's header limit.
inline constexpr std::size_t max_token_bytes = 8 * 1024;
inline constexpr std::size_t max_token_header_bytes = 2 * 1024;

/// The parts, decoded.
struct Jws {
  std::string algorithm, key_id, type;
  std::string payload;
  std::string_view signed_text;  ///< "HEADER.PAYLOAD": a view into the token that was parsed
  std::string signature;
};

/// Nothing is verified here. Keys that a header brings along (jwk, jku, x5c, x5u) are not looked at. [any]
std::expected<Jws, TokenFault> parse_jws(std::string_view token);

}  // namespace purser::gateway
