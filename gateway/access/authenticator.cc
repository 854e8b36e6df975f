#include "gateway/access/authenticator.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/access/hmac.h"
#include "gateway/access/jose/strict_json.h"
#include "gateway/access/signed_request.h"
#include "gateway/intake/http_text.h"
#include "gateway/message/message.h"
#include "gateway/settings/encoding.h"

namespace purser::gateway {
namespace {

constexpr std::chrono::seconds remembered_for{
    60};  // how long a key that was taken back may still open the door
constexpr std::size_t max_remembered = 10'000;
constexpr int max_questions =
    2;  // at once: an issuer that answers slowly must not hold all threads of the API
constexpr std::size_t max_basic = 512;
constexpr std::size_t max_subject = 128;

Identification refused(std::string_view code, std::string reason) {
  return {nullptr, false, code, std::move(reason)};
}
Identification pending() { return {nullptr, true, "AUTH-0001", "not known yet"}; }

// The credential after a scheme's name, in any case of it (RFC 9110 section 11.1); nothing for another
// scheme.
std::string_view after_scheme(std::string_view authorization, std::string_view scheme) {
  if (authorization.size() <= scheme.size() || authorization[scheme.size()] != ' ' ||
      !same_name(authorization.substr(0, scheme.size()), scheme))
    return {};
  authorization.remove_prefix(scheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

bool looks_like_jwt(std::string_view token) { return std::count(token.begin(), token.end(), '.') == 2; }

// The issuer a token names, not verified: it only chooses whose keys are tried.
std::string claimed_issuer(std::string_view token) {
  auto jws = parse_jws(token);
  auto claims = jws ? parse_strict_object(jws->payload, max_token_bytes) : std::unexpected(std::string());
  if (!claims) return {};
  auto issuer = claims->find("iss");
  return issuer != claims->end() && issuer->is_string() ? issuer->get<std::string>() : std::string();
}

TokenPolicy policy_of(const Issuer& issuer) {
  TokenPolicy policy;
  policy.algorithms = issuer.algorithms;
  policy.issuers = {issuer.issuer};
  policy.audiences = issuer.audiences;
  policy.required = issuer.required;
  policy.type = issuer.type;
  policy.skew = issuer.skew;
  policy.max_age = issuer.max_age;
  return policy;
}

KeySource source_of(const Issuer& issuer) {
  return {issuer.keys, issuer.private_addresses, issuer.keys_age, issuer.keys_floor};
}

// What goes to the audit trail of a name from outside.
std::string printable(std::string_view text) {
  std::string out(text.substr(0, max_subject));
  for (auto& c : out) {
    if (c < ' ' || c > '~') c = '?';
  }
  return out;
}

/// What an entry of the configuration says of whoever proved to be it.
template <typename Entry>
std::shared_ptr<const Caller> caller_of(std::string_view kind, const Entry& entry) {
  return std::make_shared<const Caller>(Caller{std::string(kind) + entry.name, entry.partner, entry.sources,
                                               entry.scopes, std::string(tenant_of(entry.name))});
}

std::string text_claim(const Claims& claims, const std::string& name) {
  if (name.empty()) return {};
  auto object = nlohmann::json::parse(claims.json, nullptr, false);
  auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

Authenticator::Authenticator(const Settings& settings, KeyCache* keys, Introspect introspect)
    : ring_(settings),
      mint_(settings.tokens),
      entries_(settings.keys),
      issuers_(settings.issuers),
      signers_(settings.signers),
      certificates_(settings.certificates),
      roles_(settings.roles),
      separated_(settings.separated),
      plain_text_(settings.plain_text),
      keys_(keys),
      introspect_(std::move(introspect)) {
  for (const auto& key : settings.keys) by_key_[key.id] = caller_of("key:", key);
  for (const auto& tenant : settings.tenants) {
    if (!tenant.enabled) closed_.push_back(tenant.name);
  }
}

Identification Authenticator::admit(const Request& request, std::chrono::sys_seconds now,
                                    bool may_block) const {
  auto found = identify(request, now, may_block);
  if (found.caller && std::find(closed_.begin(), closed_.end(), found.caller->tenant) != closed_.end())
    return refused("AUTH-0001", "the tenant " + found.caller->tenant + " is closed");
  return found;
}

Identification Authenticator::identify(const Request& request, std::chrono::sys_seconds now,
                                       bool may_block) const {
  auto authorization = request.header("Authorization");
  if (auto key = request.header("X-API-Key"); authorization.empty() && !key.empty())
    return by_key(ring_.find({}, key), now);
  if (auto token = after_scheme(authorization, "Bearer"); !token.empty()) {
    if (token.starts_with(api_key_prefix)) return by_key(ring_.find(authorization, {}), now);
    return by_token(request, token, now, may_block);
  }
  if (auto basic = after_scheme(authorization, "Basic"); !basic.empty()) return by_basic(request, basic, now);
  if (!authorization.empty()) return refused("AUTH-0001", "unknown scheme");
  if (!signers_.empty() && request.has_header("Signature-Input"))
    return by_signature(request, now, may_block);
  if (const auto* certificate = request.certificate()) return by_certificate(*certificate);
  return {};
}

Identification Authenticator::by_certificate(const PeerCertificate& shown) const {
  auto holds = [](const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  for (const auto& known : certificates_) {
    if (!known.fingerprint.empty() && known.fingerprint != shown.fingerprint) continue;
    if (!known.subject.empty() && !holds(shown.names, known.subject)) continue;
    if (!known.authority.empty() && !holds(shown.authorities, known.authority)) continue;
    return {caller_of("certificate:", known), false, {}, {}};
  }
  return refused("AUTH-0001", "unknown certificate " + shown.fingerprint);
}

Identification Authenticator::by_key(const ApiKey* key, std::chrono::sys_seconds now) const {
  if (key == nullptr) return refused("AUTH-0001", "unknown key");
  if (key->expires && now >= *key->expires) return refused("AUTH-0001", "key " + key->name + " expired");
  return {by_key_.at(key->id), false, {}, {}};
}

// RFC 7617: the name is the entry's name, the password is the key. Over TLS only, since a password is sent.
Identification Authenticator::by_basic(const Request& request, std::string_view text,
                                       std::chrono::sys_seconds now) const {
  bool safe =
      request.secure() || plain_text_ || request.peer().starts_with("127.") || request.peer() == "::1";
  if (!safe) return refused("AUTH-0001", "basic without TLS");
  auto decoded = text.size() <= max_basic ? base64_decoded(text) : std::nullopt;
  auto colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos) return refused("AUTH-0001", "basic malformed");
  const auto* key = ring_.find({}, std::string_view(*decoded).substr(colon + 1));
  const auto user = std::string_view(*decoded).substr(0, colon);
  if (key != nullptr && user != key->name && user != local_name(key->name)) key = nullptr;
  return by_key(key, now);
}

Identification Authenticator::by_token(const Request& request, std::string_view token,
                                       std::chrono::sys_seconds now, bool may_block) const {
  if (issuers_.empty() && !mint_.is_open()) return refused("AUTH-0001", "unknown key");
  if (token.size() > max_token_bytes) return refused("AUTH-0004", "token oversized");
  auto digest = hex(sha256(token));
  if (auto caller = remembered(digest, now)) return {caller, false, {}, {}};
  if (!looks_like_jwt(token)) return by_introspection(request, token, now, may_block);
  auto claimed = claimed_issuer(token);
  if (mint_.is_open() && claimed == mint_.issuer()) return by_own_token(token, now);
  // Tenants may share an issuer; the audience tells them apart.
  auto answer = refused("AUTH-0004", "token of an unknown issuer");
  for (const auto& issuer : issuers_) {
    if (issuer.issuer != claimed || issuer.keys.empty()) continue;
    answer = by_jwt(issuer, token, now, may_block);
    if (answer.caller || answer.pending) break;
  }
  return answer;
}

// Not remembered: the key may be taken back at any reload, and expires by itself.
Identification Authenticator::by_own_token(std::string_view token, std::chrono::sys_seconds now) const {
  auto claims = mint_.verify(token, now);
  if (!claims) return refused("AUTH-0004", fmt::format("token {} (own)", name(claims.error())));
  auto key = std::find_if(entries_.begin(), entries_.end(),
                          [&](const ApiKey& k) { return "key:" + k.name == claims->subject; });
  if (key == entries_.end() || !key->enabled) return refused("AUTH-0004", "token of a key that is gone");
  auto of_key = by_key(&*key, now);
  if (!of_key.caller) return of_key;
  auto caller = std::make_shared<Caller>(*of_key.caller);
  caller->name = "token:own/" + key->name;  // a token buys no token
  std::erase_if(caller->scopes, [&](const std::string& scope) {
    return std::find(claims->scopes.begin(), claims->scopes.end(), scope) == claims->scopes.end();
  });
  return {std::move(caller), false, {}, {}};
}

Identification Authenticator::by_jwt(const Issuer& issuer, std::string_view token,
                                     std::chrono::sys_seconds now, bool may_block) const {
  auto source = source_of(issuer);
  auto view = keys_->get(source);
  if (view.old && view.may_fetch) {
    if (!may_block) return pending();
    if (auto fresh = keys_->refresh(source)) view.keys = *fresh;
  }
  if (!view.keys) return refused("AUTH-0004", "the keys of " + issuer.name + " are not there");
  auto claims = verify_token(token, *view.keys, policy_of(issuer), now);
  // The issuer may have changed its keys: that is worth one look, not one for each made-up id.
  if (!claims && claims.error() == TokenFault::unknown_key && keys_->get(source).may_fetch) {
    if (!may_block) return pending();
    if (auto fresh = keys_->refresh(source)) claims = verify_token(token, **fresh, policy_of(issuer), now);
  }
  if (!claims) return refused("AUTH-0004", fmt::format("token {} ({})", name(claims.error()), issuer.name));
  auto admission = of_claims(issuer, *claims);
  if (admission.caller && claims->expires) {
    remember(
        hex(sha256(token)), admission.caller,
        std::min(now + remembered_for, std::chrono::sys_seconds(std::chrono::seconds(*claims->expires))));
  }
  return admission;
}

Identification Authenticator::by_introspection(const Request& request, std::string_view token,
                                               std::chrono::sys_seconds now, bool may_block) const {
  // An opaque token says nothing of its issuer. It is shown to nobody but its own tenant's, whom the caller
  // names.
  auto tenant = request.header("Purser-Tenant");
  if (tenant.empty()) tenant = default_tenant;
  std::vector<const Issuer*> asked;
  for (const auto& issuer : issuers_) {
    if (!issuer.introspection.empty() && tenant_of(issuer.name) == tenant) asked.push_back(&issuer);
  }
  if (asked.empty()) return refused("AUTH-0004", "token malformed");
  if (!may_block) return pending();
  if (asking_.fetch_add(1) >= max_questions) {
    asking_.fetch_sub(1);
    return {nullptr, false, "INTAKE-0007", "too many tokens are asked about", true};
  }
  auto answer = ask_about(asked, token, now);
  asking_.fetch_sub(1);
  return answer;
}

Identification Authenticator::ask_about(const std::vector<const Issuer*>& issuers, std::string_view token,
                                        std::chrono::sys_seconds now) const {
  for (const Issuer* asked : issuers) {
    auto answer = introspect_({asked->introspection, asked->private_addresses,
                               "token=" + percent_encoded(token) + "&token_type_hint=access_token",
                               asked->client, asked->client_secret});
    if (!answer) continue;
    auto object = parse_strict_object(*answer, max_key_set_bytes);
    if (!object || object->value("active", nlohmann::json()) != true) continue;
    auto policy = policy_of(*asked);
    policy.required.clear();  // RFC 7662 section 2.2: only `active` must be there
    if (!object->contains("iss")) policy.issuers.clear();
    auto claims = judge_claims(*answer, policy, now);
    if (!claims) return refused("AUTH-0004", fmt::format("token {} ({})", name(claims.error()), asked->name));
    auto admission = of_claims(*asked, *claims);
    auto until = now + remembered_for;
    if (claims->expires)
      until = std::min(until, std::chrono::sys_seconds(std::chrono::seconds(*claims->expires)));
    if (admission.caller) remember(hex(sha256(token)), admission.caller, until);
    return admission;
  }
  return refused("AUTH-0004", "token not active");
}

Identification Authenticator::of_claims(const Issuer& issuer, const Claims& claims) const {
  Caller caller;
  caller.tenant = tenant_of(issuer.name);
  caller.scopes = claims.scopes;
  for (const auto& role : claims.roles) {
    const auto own = own_name(role, caller.tenant);
    if (auto found = own ? roles_.find(*own) : roles_.end(); found != roles_.end())
      caller.scopes.insert(caller.scopes.end(), found->second.begin(), found->second.end());
  }
  if (!issuer.scopes.empty()) {
    std::erase_if(caller.scopes, [&](const std::string& scope) {
      return std::find(issuer.scopes.begin(), issuer.scopes.end(), scope) == issuer.scopes.end();
    });
  }
  if (caller.tenant != default_tenant)
    std::erase_if(caller.scopes, [](const std::string& scope) { return is_operators_scope(scope); });
  for (const auto& apart : separated_) {
    if (std::count_if(apart.begin(), apart.end(),
                      [&](const auto& scope) { return caller.has_scope(scope); }) > 1)
      return refused("AUTH-0002", "token holds scopes that are kept apart");
  }
  caller.partner = issuer.partner;
  if (!issuer.partner_claim.empty()) {
    caller.partner = text_claim(claims, issuer.partner_claim);
    if (caller.partner.empty()) return refused("AUTH-0004", "token missing " + issuer.partner_claim);
    const auto own = own_name(caller.partner, caller.tenant);
    if (!own) return refused("AUTH-0004", "token names another tenant's partner");
    caller.partner = *own;
  }
  caller.sources = issuer.sources;
  caller.name =
      "token:" + issuer.name + "/" + printable(claims.subject.empty() ? claims.client : claims.subject);
  return {std::make_shared<const Caller>(std::move(caller)), false, {}, {}};
}

Identification Authenticator::by_signature(const Request& request, std::chrono::sys_seconds now,
                                           bool may_block) const {
  auto message = message_of(request, plain_text_);
  std::string reason = "signature by nobody known";
  for (const auto& [label, key_id] : signature_keys(message)) {
    auto signer =
        std::find_if(signers_.begin(), signers_.end(), [&](const Signer& s) { return s.name == key_id; });
    if (signer == signers_.end()) continue;
    if (!may_block) return pending();  // the body is not here yet
    KeySource source{signer->keys, false, std::chrono::seconds(600), std::chrono::seconds(1)};
    auto view = keys_->get(source);
    auto keys = view.old ? keys_->refresh(source) : view.keys;
    if (!keys) return refused("AUTH-0006", "the keys of " + signer->name + " are not there");
    auto fault = signature_fault(message, request.body, **keys, *signer, label, now);
    if (!fault) return {caller_of("signer:", *signer), false, {}, {}};
    reason = fmt::format("signature {} ({})", name(*fault), signer->name);
  }
  return refused("AUTH-0006", std::move(reason));
}

std::shared_ptr<const Caller> Authenticator::remembered(const std::string& digest,
                                                        std::chrono::sys_seconds now) const {
  std::scoped_lock lock(mutex_);
  auto found = tokens_.find(digest);
  if (found == tokens_.end()) return nullptr;
  if (now < found->second.until) return found->second.caller;
  tokens_.erase(found);
  return nullptr;
}

void Authenticator::remember(const std::string& digest, const std::shared_ptr<const Caller>& caller,
                             std::chrono::sys_seconds until) const {
  std::scoped_lock lock(mutex_);
  if (tokens_.size() >= max_remembered) tokens_.clear();  // they are verified again; nothing is lost
  tokens_[digest] = {caller, until};
}

}  // namespace purser::gateway
