#include "gateway/access/own_tokens.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/message/message.h"

namespace purser::gateway {
namespace {

constexpr std::string_view token_type = "at+jwt";  // RFC 9068

// The algorithm a key of this kind signs with; empty for a secret.
std::string algorithm_of(KeyKind kind) {
  for (const auto& algorithm : signature_algorithms()) {
    if (algorithm.kind == kind && algorithm.padding != Padding::pkcs1 && kind != KeyKind::secret)
      return std::string(algorithm.jose);
  }
  return {};
}

}  // namespace

TokenMint::TokenMint(const OwnTokens& settings) : settings_(settings) {
  if (settings.key.empty()) return;
  auto key = CryptoKey::pem(settings.key);
  if (!key || !key->is_private()) {
    fault_ = key ? "this is a public key" : key.error();
    return;
  }
  auto id = hex(sha256(key->public_pem())).substr(0, 16);
  key_ = TrustedKey{id, algorithm_of(key->kind()), *key};
  keys_.keys.push_back(*key_);
  settings_.key.clear();  // kept as a key only
}

std::string TokenMint::issue(const Caller& caller, const std::vector<std::string>& scopes,
                             std::chrono::sys_seconds now, std::string_view id) const {
  auto at = now.time_since_epoch().count();
  nlohmann::json claims = {{"iss", settings_.issuer},
                           {"aud", settings_.issuer},
                           {"sub", caller.name},
                           {"client_id", caller.name},
                           {"iat", at},
                           {"exp", at + settings_.lifetime.count()},
                           {"jti", id},
                           {"scope", fmt::format("{}", fmt::join(scopes, " "))}};
  return sign_jws(*find_jose_algorithm(key_->algorithm), *key_, token_type, claims.dump()).value_or("");
}

std::expected<Claims, TokenFault> TokenMint::verify(std::string_view token,
                                                    std::chrono::sys_seconds now) const {
  TokenPolicy policy;
  policy.algorithms = {key_->algorithm};
  policy.issuers = policy.audiences = {settings_.issuer};
  policy.required = {"exp", "iat", "sub", "jti"};
  policy.type = token_type;
  policy.skew = std::chrono::seconds(0);  // our own clock
  return verify_token(token, keys_, policy, now);
}

std::string TokenMint::jwks() const {
  nlohmann::json set = {{"keys", nlohmann::json::array()}};
  if (key_) {
    auto jwk = to_jwk(*key_);
    jwk["use"] = "sig";
    set["keys"].push_back(std::move(jwk));
  }
  return set.dump() + "\n";
}

}  // namespace purser::gateway
