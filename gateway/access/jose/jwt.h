// JSON Web Tokens (RFC 7519, with the advice of RFC 8725): a token, trusted keys and a policy give claims or
// a reason.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/jose/jwk.h"
#include "gateway/access/jose/jws.h"

namespace purser::gateway {

/// What a token must be to be taken.
struct TokenPolicy {
  std::vector<std::string> algorithms{"RS256", "PS256", "ES256", "ES384", "EdDSA"};
  std::vector<std::string> issuers;          ///< one of them; empty: not asked
  std::vector<std::string> audiences;        ///< one of them must be in aud; empty: not asked
  std::vector<std::string> required{"exp"};  ///< claims that must be there
  std::string type;                          ///< `typ` must be this ("at+jwt"); empty: any
  std::chrono::seconds skew{60};             ///< how far clocks may differ
  std::chrono::seconds max_age{0};           ///< since iat; 0: not asked
};

/// Claims of a token that was verified.
struct Claims {
  std::string issuer, subject, id, client, tenant;
  std::vector<std::string> audiences;
  std::vector<std::string> scopes;  ///< of `scope` (RFC 8693 section 4.2) and `scp`
  std::vector<std::string> roles;
  std::optional<std::int64_t> expires, not_before, issued_at;  ///< seconds since 1970
  std::string algorithm, key_id;
  std::string json;  ///< the payload as it was signed
};

/// The greatest number of scopes, roles and audiences a token may carry.
inline constexpr std::size_t max_token_names = 256;

/// Signature first, then claims: nothing of an unsigned token is judged. `now` in seconds since 1970. [any]
std::expected<Claims, TokenFault> verify_token(std::string_view token, const KeySet& keys,
                                               const TokenPolicy& policy, std::chrono::sys_seconds now);
/// The signature alone, whatever the payload is (RFC 7515); gives the parts. [any]
std::expected<Jws, TokenFault> verify_jws(std::string_view token, const KeySet& keys,
                                          const std::vector<std::string>& algorithms);
/// The claims of a payload, against the policy, as if it had been signed: for introspection answers.
std::expected<Claims, TokenFault> judge_claims(std::string_view payload, const TokenPolicy& policy,
                                               std::chrono::sys_seconds now);

/// A compact JWS over `payload`, made with a private key or secret. Nothing if the key does not fit. [any]
std::optional<std::string> sign_jws(const SignatureAlgorithm& algorithm, const TrustedKey& key,
                                    std::string_view type, std::string_view payload);

}  // namespace purser::gateway
