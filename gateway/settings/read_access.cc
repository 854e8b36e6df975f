// Who may call, and how much: keys, issuers, signers, roles, limits.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "gateway/settings/load.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

std::chrono::seconds whole_seconds(std::chrono::milliseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(time);
}

std::string path_of(std::string_view section, const Entry& entry) {
  return std::string(section) + "." + entry.name();
}

// The entry's own scopes with those of its roles, each once.
std::vector<std::string> scopes_of(const EntryReader& in, const Settings& settings) {
  auto scopes = in.texts("scopes");
  for (const auto& role : in.texts("roles")) {
    auto found = settings.roles.find(role);
    if (found == settings.roles.end()) {
      std::vector<std::string> names;
      for (const auto& [name, unused] : settings.roles) names.push_back(name);
      in.complain("CONFIG-0008", "roles", in.path() + " has the role " + role + ", which is not there",
                  nearest_name(role, names));
      continue;
    }
    scopes.insert(scopes.end(), found->second.begin(), found->second.end());
  }
  for (const std::string& scope : scopes) {
    if (in.tenant() != default_tenant && is_operators_scope(scope))
      in.complain("CONFIG-0024", "scopes",
                  fmt::format("{} has the scope {}, which is the operator's", in.path(), scope));
  }
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  return scopes;
}

void check_separated(const EntryReader& in, const Settings& settings,
                     const std::vector<std::string>& scopes) {
  for (const auto& apart : settings.separated) {
    auto held = std::count_if(apart.begin(), apart.end(), [&](const std::string& scope) {
      return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
    });
    if (held > 1) {
      in.complain(
          "CONFIG-0016", "scopes",
          fmt::format("{} may do what access.separated keeps apart: {}", in.path(), fmt::join(apart, ", ")),
          "two entries, for two people");
    }
  }
}

Issuer issuer_of(const EntryReader& in, const Settings& settings, const std::string& name) {
  Issuer issuer;
  issuer.name = name;
  issuer.issuer = in.text("issuer");
  issuer.audiences = in.texts("audiences");
  issuer.algorithms = in.texts("algorithms");
  if (issuer.algorithms.empty()) issuer.algorithms = {"RS256", "PS256", "ES256", "ES384", "EdDSA"};
  issuer.required = in.texts("required");
  if (issuer.required.empty()) issuer.required = {"exp", "sub"};
  issuer.type = in.text("type");
  issuer.keys = in.text("keys");
  if (!issuer.keys.starts_with("https://") && !issuer.keys.starts_with("http://"))
    issuer.keys = in.existing_path("keys");
  issuer.keys_age = whole_seconds(in.duration("keys_age", issuer.keys_age));
  issuer.keys_floor = whole_seconds(in.duration("keys_floor", issuer.keys_floor));
  issuer.skew = whole_seconds(in.duration("skew", issuer.skew));
  issuer.max_age = whole_seconds(in.duration("max_age", issuer.max_age));
  issuer.partner = in.text("partner");
  issuer.partner_claim = in.text("partner_claim");
  issuer.sources = in.texts("sources");
  issuer.scopes = scopes_of(in, settings);
  auto introspection = in.below("introspection");
  issuer.introspection = introspection.text("url");
  issuer.client = introspection.text("client");
  if (const Node* secret = introspection.find("secret"))
    issuer.client_secret = introspection.secret(*secret, introspection.path() + ".secret");
  issuer.private_addresses = in.private_flag("private_addresses");
  bool plain = issuer.keys.starts_with("http://") || issuer.introspection.starts_with("http://");
  if (plain && !issuer.private_addresses)
    in.complain("CONFIG-0012", "keys", in.path() + " is asked over plain HTTP, where anyone may answer",
                "https://");
  if (issuer.audiences.empty())
    in.complain("CONFIG-0004", {},
                in.path() + " has no audiences: a token that it issued for others would open the door",
                "audiences: [what its tokens name in aud]");
  if (issuer.keys.empty() && issuer.introspection.empty())
    in.complain("CONFIG-0004", {}, in.path() + " has neither keys nor introspection",
                "keys: a URL or a file");
  return issuer;
}

// A token opens the door of one tenant only.
void check_apart(const EntryReader& in, const Settings& settings, const Issuer& issuer) {
  for (const auto& other : settings.issuers) {
    if (other.issuer != issuer.issuer || tenant_of(other.name) == tenant_of(issuer.name)) continue;
    for (const auto& audience : issuer.audiences) {
      if (std::find(other.audiences.begin(), other.audiences.end(), audience) == other.audiences.end())
        continue;
      in.complain("CONFIG-0024", "audiences",
                  fmt::format("{} takes tokens of {} for {}, as another tenant does", in.path(),
                              issuer.issuer, audience),
                  "an audience for each tenant");
    }
  }
}

}  // namespace

void read_rate(const EntryReader& in, Rate& rate) {
  rate.requests = static_cast<std::uint32_t>(in.number("requests", 0));
  rate.per = std::max(in.duration("per", rate.per), std::chrono::milliseconds(1));
  rate.burst = static_cast<std::uint32_t>(in.number("burst", rate.requests));
}

void read_access_limits(const EntryReader& in, AccessLimits& limits) {
  read_rate(in.below("address"), limits.address);
  read_rate(in.below("credential"), limits.credential);
  read_rate(in.below("endpoint"), limits.endpoint);
  limits.daily = in.number("daily", limits.daily);
  limits.concurrent = static_cast<std::uint32_t>(in.number("concurrent", limits.concurrent));
  if (in.find("shared") == nullptr) return;
  const auto shared = in.below("shared");
  const auto where = parse_host_port(shared.text("redis"));
  if (!where) return;  // the schema said so
  auto& server = limits.shared.emplace();
  std::tie(server.host, server.port) = *where;
  server.user = shared.text("user");
  server.prefix = shared.text("prefix", "purser:");
  if (const Node* password = shared.find("password"))
    server.password = shared.secret(*password, shared.path() + ".password");
}

void read_roles(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("roles")) {
    auto& scopes = into.roles[entry.name()];
    for (const auto& item : entry.value->items) scopes.push_back(item.text);
  }
  const Node* block = files.block("access");
  const Node* separated = block != nullptr ? block->find("separated") : nullptr;
  if (separated == nullptr) return;
  for (const auto& list : separated->items) {
    auto& apart = into.separated.emplace_back();
    for (const auto& item : list.items) apart.push_back(item.text);
  }
  for (const auto& entry : files.section("roles"))
    check_separated(EntryReader(*entry.value, path_of("roles", entry), *entry.place, report), into,
                    into.roles[entry.name()]);
}

void read_keys(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("keys")) {
    EntryReader in(*entry.value, path_of("keys", entry), *entry.place, report);
    ApiKey key;
    key.name = entry.name();
    key.id = in.text("id");
    key.hash = in.text("hash");
    key.partner = in.text("partner");
    key.enabled = in.flag("enabled", true);
    key.expires = parse_moment(in.text("expires"));
    key.sources = in.texts("sources");
    key.scopes = scopes_of(in, into);
    check_separated(in, into, key.scopes);
    if (key.scopes.empty())
      in.complain("CONFIG-0004", {}, in.path() + " has neither scopes nor roles",
                  "scopes: [documents:write]");
    auto twin =
        std::find_if(into.keys.begin(), into.keys.end(), [&](const ApiKey& k) { return k.id == key.id; });
    if (twin != into.keys.end()) {
      in.complain("CONFIG-0007", "id", in.path() + " has the id of keys." + twin->name);
    }
    into.keys.push_back(std::move(key));
  }
}

void read_issuers(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("issuers")) {
    EntryReader in(*entry.value, path_of("issuers", entry), *entry.place, report);
    auto issuer = issuer_of(in, into, entry.name());
    check_separated(in, into, issuer.scopes);
    check_apart(in, into, issuer);
    into.issuers.push_back(std::move(issuer));
  }
  for (const auto& entry : files.section("signers")) {
    EntryReader in(*entry.value, path_of("signers", entry), *entry.place, report);
    Signer signer;
    signer.name = entry.name();
    signer.keys = in.existing_path("keys");
    signer.partner = in.text("partner");
    signer.sources = in.texts("sources");
    signer.scopes = scopes_of(in, into);
    check_separated(in, into, signer.scopes);
    signer.algorithms = in.texts("algorithms");
    signer.covered = in.texts("covered");
    signer.max_age = whole_seconds(in.duration("max_age", signer.max_age));
    into.signers.push_back(std::move(signer));
  }
  for (const auto& entry : files.section("certificates")) {
    EntryReader in(*entry.value, path_of("certificates", entry), *entry.place, report);
    CertifiedCaller caller{entry.name(),         in.text("name"),    in.text("fingerprint"),
                           in.text("authority"), in.text("partner"), in.texts("sources"),
                           scopes_of(in, into)};
    check_separated(in, into, caller.scopes);
    if (caller.subject.empty() && caller.fingerprint.empty())
      in.complain("CONFIG-0004", {}, in.path() + " has neither name nor fingerprint",
                  "name: DNS:erp.example");
    // A name is only as good as the authority that gave it, and with tenants there are several.
    if (into.tenants.size() > 1 && caller.fingerprint.empty() && caller.authority.empty())
      in.complain("CONFIG-0004", {}, in.path() + " has no authority, though there are tenants",
                  "authority: the SHA-256 fingerprint of the authority");
    if (into.front.client_certificate == ClientCertificate::none)
      in.complain("CONFIG-0012", {}, in.path() + " cannot be shown by anyone",
                  "server.tls.client_certificates: optional");
    into.certificates.push_back(std::move(caller));
  }
}

}  // namespace purser::gateway
