#include "gateway/access/jose/jwt.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "gateway/access/jose/strict_json.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

using nlohmann::json;

// NumericDate (RFC 7519 section 2), a whole or broken number of seconds. Beyond this it is nobody's clock.
constexpr std::int64_t max_time = std::int64_t{1} << 40;

// HMAC secrets shorter than the digest are refused (RFC 7518 section 3.2).
constexpr std::size_t min_hmac_key = 32;

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool take_text(const json& claims, const char* name, std::string& into) {
  auto member = claims.find(name);
  if (member == claims.end()) return true;
  if (!member->is_string()) return false;
  into = member->get<std::string>();
  return true;
}

bool take_time(const json& claims, const char* name, std::optional<std::int64_t>& into) {
  auto member = claims.find(name);
  if (member == claims.end()) return true;
  if (member->is_number_integer()) {
    if (member->is_number_unsigned() && member->get<std::uint64_t>() > static_cast<std::uint64_t>(max_time))
      return false;
    into = member->get<std::int64_t>();
  } else if (member->is_number_float()) {
    auto seconds = member->get<json::number_float_t>();
    if (!std::isfinite(seconds) || std::abs(seconds) > static_cast<json::number_float_t>(max_time))
      return false;
    into = static_cast<std::int64_t>(std::floor(seconds));
  } else {
    return false;
  }
  return *into >= 0 && *into <= max_time;
}

// A text with blanks between the names, or a list of texts.
bool take_names(const json& claims, const char* name, bool split, std::vector<std::string>& into) {
  auto member = claims.find(name);
  if (member == claims.end()) return true;
  if (member->is_string() && !split) {
    into.push_back(member->get<std::string>());
  } else if (member->is_string()) {
    std::string_view rest = member->get_ref<const std::string&>();
    while (!rest.empty() && into.size() <= max_token_names) {
      auto end = std::min(rest.find(' '), rest.size());
      if (end > 0) into.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (member->is_array()) {
    for (const auto& item : *member) {
      if (!item.is_string() || into.size() > max_token_names) return false;
      into.push_back(item.get<std::string>());
    }
  } else {
    return false;
  }
  return into.size() <= max_token_names;
}

std::optional<TokenFault> time_fault(const Claims& claims, const TokenPolicy& policy, std::int64_t now) {
  auto skew = policy.skew.count();
  if (claims.expires && now >= *claims.expires + skew) return TokenFault::expired;
  if (claims.not_before && now < *claims.not_before - skew) return TokenFault::early;
  if (claims.issued_at && now < *claims.issued_at - skew) return TokenFault::early;
  if (policy.max_age.count() > 0) {
    if (!claims.issued_at) return TokenFault::missing;
    if (now > *claims.issued_at + policy.max_age.count() + skew) return TokenFault::too_old;
  }
  return std::nullopt;
}

std::optional<TokenFault> policy_fault(const Claims& claims, const json& object, const TokenPolicy& policy) {
  for (const auto& name : policy.required) {
    if (!object.contains(name)) return TokenFault::missing;
  }
  if (!policy.issuers.empty() && !holds(policy.issuers, claims.issuer)) return TokenFault::issuer;
  if (!policy.audiences.empty() &&
      std::none_of(claims.audiences.begin(), claims.audiences.end(),
                   [&](const auto& audience) { return holds(policy.audiences, audience); }))
    return TokenFault::audience;
  return std::nullopt;
}

// "application/at+jwt" and "at+jwt" are the same, in any case (RFC 7515 section 4.1.9).
bool same_type(std::string_view a, std::string_view b) {
  static constexpr std::string_view prefix = "application/";
  auto lower = [](std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out.starts_with(prefix) ? out.substr(prefix.size()) : out;
  };
  return lower(a) == lower(b);
}

}  // namespace

std::expected<Jws, TokenFault> verify_jws(std::string_view token, const KeySet& keys,
                                          const std::vector<std::string>& algorithms) {
  auto jws = parse_jws(token);
  if (!jws) return jws;
  const auto* algorithm = find_jose_algorithm(jws->algorithm);
  if (algorithm == nullptr || !holds(algorithms, jws->algorithm))
    return std::unexpected(TokenFault::algorithm);
  auto fitting = candidates(keys, *algorithm, jws->key_id);
  if (fitting.empty()) return std::unexpected(TokenFault::unknown_key);
  for (const auto* key : fitting) {
    if (key->key.kind() == KeyKind::secret && key->key.secret_bytes().size() < min_hmac_key) continue;
    if (verify(*algorithm, key->key, jws->signed_text, jws->signature)) return jws;
  }
  return std::unexpected(TokenFault::signature);
}

std::expected<Claims, TokenFault> judge_claims(std::string_view payload, const TokenPolicy& policy,
                                               std::chrono::sys_seconds now) {
  auto object = parse_strict_object(payload, max_token_bytes);
  if (!object) return std::unexpected(json::accept(payload) ? TokenFault::duplicate : TokenFault::malformed);
  Claims claims;
  bool well_formed =
      take_text(*object, "iss", claims.issuer) && take_text(*object, "sub", claims.subject) &&
      take_text(*object, "jti", claims.id) && take_text(*object, "client_id", claims.client) &&
      take_text(*object, "tenant", claims.tenant) && take_time(*object, "exp", claims.expires) &&
      take_time(*object, "nbf", claims.not_before) && take_time(*object, "iat", claims.issued_at) &&
      take_names(*object, "aud", false, claims.audiences) &&
      take_names(*object, "scope", true, claims.scopes) && take_names(*object, "scp", true, claims.scopes) &&
      take_names(*object, "roles", true, claims.roles);
  if (!well_formed) return std::unexpected(TokenFault::claim);
  if (auto fault = time_fault(claims, policy, now.time_since_epoch().count())) return std::unexpected(*fault);
  if (auto fault = policy_fault(claims, *object, policy)) return std::unexpected(*fault);
  claims.json = payload;
  return claims;
}

std::expected<Claims, TokenFault> verify_token(std::string_view token, const KeySet& keys,
                                               const TokenPolicy& policy, std::chrono::sys_seconds now) {
  auto jws = verify_jws(token, keys, policy.algorithms);
  if (!jws) return std::unexpected(jws.error());
  if (!policy.type.empty() && !same_type(policy.type, jws->type)) return std::unexpected(TokenFault::type);
  auto claims = judge_claims(jws->payload, policy, now);
  if (!claims) return claims;
  claims->algorithm = std::move(jws->algorithm);
  claims->key_id = std::move(jws->key_id);
  return claims;
}

std::optional<std::string> sign_jws(const SignatureAlgorithm& algorithm, const TrustedKey& key,
                                    std::string_view type, std::string_view payload) {
  json header{{"alg", algorithm.jose}};
  if (!key.id.empty()) header["kid"] = key.id;
  if (!type.empty()) header["typ"] = type;
  auto text = base64url_encoded(header.dump()) + "." + base64url_encoded(payload);
  auto signature = sign(algorithm, key.key, text);
  if (!signature) return std::nullopt;
  return text + "." + base64url_encoded(*signature);
}

}  // namespace purser::gateway
