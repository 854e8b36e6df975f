// Purser's own tokens: for callers who want OAuth 2 client credentials where there is no identity provider.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/caller.h"
#include "gateway/access/jose/jwt.h"
#include "gateway/settings/settings.h"

namespace purser::gateway {

/// Issues and recognizes them. A token names the API key it was issued for and stands for no more than that
/// key may do at the time it is shown: a key that is taken back takes its tokens with it. Immutable. [any]
class TokenMint {
 public:
  /// An empty `key` issues nothing; one that cannot be read neither (`fault` says why).
  explicit TokenMint(const OwnTokens& settings);

  [[nodiscard]] bool is_open() const { return key_.has_value(); }
  [[nodiscard]] const std::string& fault() const { return fault_; }
  [[nodiscard]] const std::string& issuer() const { return settings_.issuer; }
  [[nodiscard]] std::chrono::seconds lifetime() const { return settings_.lifetime; }
  /// A token for an API key's caller with these scopes, all of which the caller must have.
  [[nodiscard]] std::string issue(const Caller& caller, const std::vector<std::string>& scopes,
                                  std::chrono::sys_seconds now, std::string_view id) const;
  [[nodiscard]] std::expected<Claims, TokenFault> verify(std::string_view token,
                                                         std::chrono::sys_seconds now) const;
  /// The public key as a JWK Set, for others who want to verify.
  [[nodiscard]] std::string jwks() const;

 private:
  OwnTokens settings_;
  std::optional<TrustedKey> key_;
  KeySet keys_;
  std::string fault_;
};

}  // namespace purser::gateway
