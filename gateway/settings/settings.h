// The configuration folder, checked whole and turned into what the parts of the gateway are made with.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "gateway/intake/http_front.h"
#include "gateway/journal/journal.h"
#include "gateway/route/route.h"
#include "gateway/seal/keys.h"
#include "gateway/settings/webhook_scheme.h"

namespace purser::gateway {

/// One connector.
struct ConnectorSettings {
  std::string name;
  std::string library;      ///< path; a bare file name lies in the connectors folder
  std::string sha256;       ///< empty: whatever is there
  bool in_process = false;  ///< else in worker processes
  unsigned workers = 2;
  std::string tables_folder;  ///< absolute; empty: none
  std::string settings;       ///< JSON object
};

enum class SourceKind : std::uint8_t { http, webhook, folder, cxml };
enum class Idempotency : std::uint8_t { content, required, none };
enum class SameFile : std::uint8_t { name_and_content, content, take };

/// Files fetched from an SFTP server into a folder source.
struct Fetch {
  SftpServer server;
  std::chrono::milliseconds every{60'000};
  std::string archive;  ///< folder on the server, below its path, for what was fetched; empty: it is removed
};

/// Where documents come from.
struct Source {
  std::string name;
  SourceKind kind = SourceKind::http;
  bool enabled = true;
  std::string connector;  ///< empty: found by content; "canonical": Purser's own JSON
  std::string partner;
  bool reject_invalid = false;
  std::vector<std::string> rules;                   ///< packs of business rules
  XsdWish xsd;                                      ///< no schemas: not held against any
  std::uint64_t body_size = 64ULL << 20;            ///< greatest document; folders: 4 GiB
  Idempotency idempotency = Idempotency::content;   ///< http
  WebhookScheme scheme;                             ///< webhook
  std::vector<WebhookKey> secrets;                  ///< webhook; resolved, decoded keys
  std::chrono::seconds tolerance{300};              ///< webhook
  std::vector<std::string> shared_secrets;          ///< cxml; every live one
  std::string path;                                 ///< folder; absolute
  std::chrono::milliseconds quiet{2'000};           ///< folder
  SameFile same_file = SameFile::name_and_content;  ///< folder
  std::vector<std::string> ignore;                  ///< folder; patterns with *
  std::optional<Fetch> fetch;                       ///< folder; what fills it
  Acknowledging acknowledging;                      ///< what its senders are answered
};

/// One API key, as kept: never the key itself.
struct ApiKey {
  std::string name;
  std::string id;    ///< first part of the key
  std::string hash;  ///< HMAC-SHA256 under Settings::hash_key, hexadecimal
  std::string partner;
  bool enabled = true;
  std::optional<std::chrono::sys_seconds> expires;  ///< from then on it is unknown
  std::vector<std::string> sources;                 ///< empty: all
  std::vector<std::string> scopes;                  ///< those of its roles with them
};

/// Who issues tokens (RFC 7519) that callers may come with.
struct Issuer {
  std::string name;    ///< of the entry
  std::string issuer;  ///< what `iss` must be
  std::vector<std::string> audiences, algorithms, required;
  std::string type;                     ///< `typ`; empty: any
  std::string keys;                     ///< https URL or absolute path of a JWK Set or PEM file
  std::chrono::seconds keys_age{600};   ///< the set is fetched again after this time
  std::chrono::seconds keys_floor{30};  ///< never more often than this, whatever kids come
  std::chrono::seconds skew{60}, max_age{0};
  std::string partner;                               ///< whom its tokens act for; empty: nobody in particular
  std::string partner_claim;                         ///< the claim that names the partner
  std::vector<std::string> sources, scopes;          ///< what its tokens may do at most; empty: what they say
  std::string introspection, client, client_secret;  ///< RFC 7662, for tokens that are no JWT
  bool private_addresses = false;                    ///< URLs may lead into the own network
};

/// Who signs requests (RFC 9421). Its name is the `keyid`.
struct Signer {
  std::string name;
  std::string keys;  ///< absolute path of a PEM file, JWK or JWK Set
  std::string partner;
  std::vector<std::string> sources, scopes, algorithms, covered;
  std::chrono::seconds max_age{300};
};

/// A caller known by the certificate it shows.
struct CertifiedCaller {
  std::string name;
  std::string subject;      ///< "DNS:erp.example"; empty: any
  std::string fingerprint;  ///< empty: any
  std::string authority;    ///< fingerprint; empty: any that is trusted
  std::string partner;
  std::vector<std::string> sources, scopes;
};

/// Tokens that Purser issues itself to holders of API keys (RFC 6749 section 4.4).
struct OwnTokens {
  std::string key;     ///< PEM private key; empty: none are issued
  std::string issuer;  ///< `iss` and `aud`
  std::chrono::seconds lifetime{600};
};

/// A token bucket: `burst` calls at once, `requests` more in each `per`. 0 requests: no limit.
struct Rate {
  std::uint32_t requests = 0;
  std::chrono::milliseconds per{1'000};
  std::uint32_t burst = 0;
};

/// A Redis server that keeps the buckets of all nodes together.
struct BucketServer {
  std::string host;
  std::uint16_t port = 0;
  std::string user, password;  ///< of its access list; empty: it asks for none
  std::string prefix;          ///< of its keys; the same at all nodes of one gateway
  bool operator==(const BucketServer&) const = default;
};

/// Bounds on how much callers may ask for.
struct AccessLimits {
  Rate address;                        ///< of each address, before anything else is looked at
  Rate credential;                     ///< of each key, token subject, signer or webhook source
  Rate endpoint;                       ///< of each endpoint, over all callers
  std::uint64_t daily = 0;             ///< calls of a credential between two midnights UTC; 0: no limit
  std::optional<BucketServer> shared;  ///< absent: each node counts for itself
  std::uint32_t concurrent = 5'000;    ///< calls in work at once; beyond, callers are told to come back
};

/// Scopes that reach beyond a tenant: only the default one's callers may hold them.
inline bool is_operators_scope(std::string_view scope) {
  return scope == "tenants:admin" || scope == "tenants:shred" || scope == "metrics:read";
}

/// What a tenant's callers and receivers are shown of who serves them. Empty members: nothing is said.
struct Branding {
  std::string name;     ///< of the service: "Acme Trade"
  std::string support;  ///< a page for callers who do not get on
  std::string logo;     ///< an image's address
  std::string host;     ///< by which its callers ask for it, in lower case; no two tenants have the same
};

/// Whose documents, callers, routes and secrets never meet those of others.
struct Tenant {
  std::string name;
  std::string title;    ///< for people
  bool enabled = true;  ///< false: its callers are refused and its folders rest; what was accepted goes on
  bool private_addresses = false;      ///< its targets and issuers may lie in the operator's network
  Rate calls;                          ///< over all its callers
  std::uint64_t daily = 0;             ///< calls of all its callers between two midnights UTC; 0: no limit
  std::optional<Retention> retention;  ///< absent: as `retention` of the configuration
  std::optional<bool> seal;            ///< whether its documents are sealed; absent: as journal.seal says
  Branding branding;
};

/// Overlays by connector name.
struct Partner {
  std::string name;
  std::map<std::string, std::vector<std::string>> overlays;
  References references = References::unique;
  std::vector<std::string> rules;  ///< packs of business rules its documents are judged by
};

/// An operation of the API that will go: its callers are told.
struct Deprecation {
  std::string operation;  ///< operationId of the description: "traceKey"
  std::chrono::sys_seconds since;
  std::optional<std::chrono::sys_seconds> sunset;  ///< when it goes
  std::string link;                                ///< a page that says what to use instead; may be empty
};

/// Checkpoints of the audit trail that the gateway makes by itself.
struct CheckpointSettings {
  std::string to;   ///< an absolute folder or a URL; empty: none are made
  std::string key;  ///< PEM of a private Ed25519 key
  std::string previous;  ///< PEM or JWK Set of public keys from before a change of keys; empty: none
  std::string origin = "purser";
  std::string token;  ///< for the URL; empty: none
  bool private_addresses = false;
  std::chrono::seconds every{3600};
};

/// A whole configuration. Immutable once loaded; a reload makes another one.
struct Settings {
  std::string folder;    ///< absolute
  std::string version;   ///< 12 hexadecimal digits of the digest over all files
  std::string data;      ///< absolute
  std::string postgres;  ///< connection string of a journal that nodes share; empty: in the data folder
  SealRules seal;                  ///< whose documents are sealed in the journal, and by what
  std::string node = "node-1";     ///< unique among the nodes that share a journal
  std::chrono::seconds lease{60};  ///< after which another node takes over; beyond any target's timeout
  Retention retention;             ///< how long the journal keeps what is at rest
  CheckpointSettings checkpoints;
  std::uint32_t workers = 2;
  std::vector<Tenant> tenants;  ///< the default one is always there, first
  FrontSettings front;
  bool metrics_open = true;
  std::string hash_key;  ///< empty: no API key can be checked
  std::vector<ConnectorSettings> connectors;
  std::vector<Partner> partners;
  std::vector<Source> sources;
  std::vector<ApiKey> keys;
  std::vector<Issuer> issuers;
  std::vector<Signer> signers;
  std::vector<CertifiedCaller> certificates;
  std::map<std::string, std::vector<std::string>> roles;  ///< scopes by role
  /// Scopes that nobody may hold together: who changes a partner's bank details does not release its
  /// payments.
  std::vector<std::vector<std::string>> separated;
  AccessLimits limits;
  OwnTokens tokens;
  std::vector<Deprecation> deprecated;
  bool plain_text = false;  ///< TLS ends before Purser
  std::shared_ptr<const RouteTable> table;

  [[nodiscard]] const Tenant* find_tenant(std::string_view name) const;
  /// Is there such a tenant, and is it enabled?
  [[nodiscard]] bool is_open(std::string_view tenant) const;
  [[nodiscard]] const Source* find_source(std::string_view name) const;
  [[nodiscard]] const Partner* find_partner(std::string_view name) const;
  [[nodiscard]] const ConnectorSettings* find_connector(std::string_view name) const;
};

/// Entries that were made by API or command and are kept in the journal: by tenant, one file of the
/// configuration as JSON text. Empty where there is no journal.
using Administered = std::map<std::string, std::string>;

/// A configuration, or what is wrong with it. Finding::source names the file, Finding::at the place.
struct LoadedSettings {
  std::shared_ptr<const Settings> settings;  ///< null if `report` has an error
  Report report;                             ///< warnings, too
};

/// Reads all *.yaml files of a folder, checks them against the schema and against each other, resolves
/// secrets. Reports everything that is wrong, not the first. `data` overrides the data folder if not empty.
/// Each folder tenants/NAME below holds the files of a tenant. [any]
LoadedSettings load_settings(const std::string& folder, const std::string& data = {},
                             const Administered& administered = {});

/// A finding of load_settings on one line: "routes.yaml:7:9: error CONFIG-0008: …".
std::string settings_line(const Finding& finding);

/// What differs between two configurations and takes a restart to change: CONFIG-0015 for each.
void find_restart_needs(const Settings& old_settings, const Settings& new_settings, Report& report);

}  // namespace purser::gateway
