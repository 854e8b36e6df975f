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
  std::vector<std::string> sources;  ///< empty: all
  std::vector<std::string> scopes;
};

/// Overlays by connector name.
struct Partner {
  std::string name;
  std::map<std::string, std::vector<std::string>> overlays;
  References references = References::unique;
};

/// A whole configuration. Immutable once loaded; a reload makes another one.
struct Settings {
  std::string folder;    ///< absolute
  std::string version;   ///< 12 hexadecimal digits of the digest over all files
  std::string data;      ///< absolute
  std::string postgres;  ///< connection string of a journal that nodes share; empty: in the data folder
  std::string node = "node-1";  ///< unique among the nodes that share a journal
  Retention retention;          ///< how long the journal keeps what is at rest
  std::uint32_t workers = 2;
  FrontSettings front;
  bool metrics_open = true;
  std::string hash_key;  ///< empty: no API key can be checked
  std::vector<ConnectorSettings> connectors;
  std::vector<Partner> partners;
  std::vector<Source> sources;
  std::vector<ApiKey> keys;
  std::shared_ptr<const RouteTable> table;

  [[nodiscard]] const Source* find_source(std::string_view name) const;
  [[nodiscard]] const Partner* find_partner(std::string_view name) const;
  [[nodiscard]] const ConnectorSettings* find_connector(std::string_view name) const;
};

/// A configuration, or what is wrong with it. Finding::source names the file, Finding::at the place.
struct LoadedSettings {
  std::shared_ptr<const Settings> settings;  ///< null if `report` has an error
  Report report;                             ///< warnings, too
};

/// Reads all *.yaml files of a folder, checks them against the schema and against each other, resolves
/// secrets. Reports everything that is wrong, not the first. `data` overrides the data folder if not empty.
/// [any]
LoadedSettings load_settings(const std::string& folder, const std::string& data = {});

/// A finding of load_settings on one line: "routes.yaml:7:9: error CONFIG-0008: …".
std::string settings_line(const Finding& finding);

/// What differs between two configurations and takes a restart to change: CONFIG-0015 for each.
void find_restart_needs(const Settings& old_settings, const Settings& new_settings, Report& report);

}  // namespace purser::gateway
