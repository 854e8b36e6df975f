#include <algorithm>

#include <fmt/format.h>

#include "gateway/settings/load.h"
#include "gateway/settings/quantity.h"
#include "gateway/settings/secret.h"

namespace purser::gateway {
namespace {

std::string path_of(std::string_view section, const Entry& entry) {
  return std::string(section) + "." + entry.name();
}

std::chrono::seconds whole_seconds(std::chrono::milliseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(time);
}

bool is_loopback(std::string_view host) { return host.starts_with("127.") || host == "::1"; }

void read_limits(const EntryReader& in, FrontLimits& limits) {
  limits.header_bytes = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(in.size("header_size", limits.header_bytes), 1 << 20));
  limits.header_count = static_cast<std::uint32_t>(in.number("header_count", limits.header_count));
  limits.body_bytes = in.size("body_size", limits.body_bytes);
  limits.spool_bytes = in.size("memory_size", limits.spool_bytes);
  limits.connections = static_cast<std::uint32_t>(in.number("connections", limits.connections));
  struct Deadline {
    std::string_view name;
    std::chrono::seconds FrontLimits::*member;
  };
  static constexpr Deadline deadlines[] = {{"header_deadline", &FrontLimits::header_deadline},
                                           {"body_deadline", &FrontLimits::body_deadline},
                                           {"write_deadline", &FrontLimits::write_deadline},
                                           {"idle_timeout", &FrontLimits::idle_timeout},
                                           {"drain_deadline", &FrontLimits::drain_deadline}};
  for (const auto& deadline : deadlines) {
    limits.*deadline.member = whole_seconds(in.duration(deadline.name, limits.*deadline.member));
  }
}

// A scheme of the table, or one described by `signature`.
void read_scheme(const EntryReader& in, WebhookScheme& scheme) {
  auto name = in.text("scheme", "standard");
  if (const auto* known = find_webhook_scheme(name)) {
    scheme = *known;
    if (in.find("signature") != nullptr)
      in.complain("CONFIG-0012", "signature", in.path() + " has a scheme and describes another",
                  "scheme: generic");
    return;
  }
  auto given = in.below("signature");
  scheme.name = name;
  scheme.signature_field = given.text("header");
  if (scheme.signature_field.empty())
    return in.complain("CONFIG-0004", {}, in.path() + " has no signature.header",
                       "the field that holds the signature");
  scheme.prefix = given.text("prefix");
  scheme.id_field = given.text("id_header");
  scheme.timestamp_field = given.text("timestamp_header");
  auto encoding = given.text("encoding", "hex");
  scheme.encoding = encoding == "base64"      ? SignatureEncoding::base64
                    : encoding == "base64url" ? SignatureEncoding::base64url
                                              : SignatureEncoding::hex;
  auto digest = given.text("digest", "sha256");
  scheme.digest = digest == "sha512" ? "SHA512" : digest == "sha384" ? "SHA384" : "SHA256";
  auto secret = given.text("secret", "text");
  scheme.secret = secret == "hex"       ? SecretForm::hex
                  : secret == "base64"  ? SecretForm::base64
                  : secret == "whsec"   ? SecretForm::standard
                  : secret == "ed25519" ? SecretForm::ed25519
                                        : SecretForm::text;
  auto content = parse_signed_content(given.text("content", "{body}"));
  if (!content)
    return given.complain("CONFIG-0006", "content", given.path() + ".content: " + content.error());
  scheme.content = std::move(*content);
}

void read_webhook(const EntryReader& in, Source& source) {
  read_scheme(in, source.scheme);
  const Node* secrets = in.find("secrets");
  if (secrets == nullptr) return;
  for (const auto& item : secrets->items) {
    auto text = in.secret(item, in.path() + ".secrets");
    if (text.empty()) continue;
    auto key = parse_webhook_key(source.scheme.secret, text);
    if (key) {
      source.secrets.push_back(std::move(*key));
    } else {
      in.complain("CONFIG-0006", "secrets", in.path() + ".secrets holds what is no secret of this scheme",
                  key.error());
    }
  }
}

void read_shared_secrets(const EntryReader& in, Source& source) {
  const Node* secrets = in.find("secrets");
  if (secrets == nullptr) return;
  for (const auto& item : secrets->items) {
    if (auto text = in.secret(item, in.path() + ".secrets"); !text.empty())
      source.shared_secrets.push_back(std::move(text));
  }
}

std::optional<MasterKey> read_master(const EntryReader& in, std::string_view name) {
  const Node* node = in.find(name);
  if (node == nullptr) return std::nullopt;
  const std::string path = in.path() + "." + std::string(name);
  const std::string text = in.secret(*node, path);
  if (text.empty()) return std::nullopt;  // said already
  auto key = read_master_key(text);
  if (key) return std::move(*key);
  in.complain("CONFIG-0006", name, path + ": " + key.error(), "secret://… to base64 of 32 bytes");
  return std::nullopt;
}

void read_sealing(const EntryReader& in, SealRules& rules) {
  rules.master = read_master(in, "master");
  rules.previous = read_master(in, "previous");
  rules.on = in.flag("default", true) && rules.master;
}

}  // namespace

Retention read_retention(const EntryReader& in) {
  const auto age = [&](std::string_view state) {
    return std::chrono::duration_cast<std::chrono::seconds>(in.duration(state, {}));
  };
  return {age("delivered"), age("rejected"), age("cancelled")};
}

namespace {

CheckpointSettings read_checkpoints(const EntryReader& in) {
  CheckpointSettings out;
  out.to = in.text("to");
  if (!out.to.starts_with('/') && !out.to.starts_with("https://") && !out.to.starts_with("http://"))
    in.complain("CONFIG-0006", "to", out.to + " is neither an absolute folder nor a URL",
                "/mnt/elsewhere/checkpoints");
  if (const Node* key = in.find("key")) out.key = in.secret(*key, "audit.checkpoints.key");
  if (const Node* previous = in.find("previous")) out.previous = in.secret(*previous, "audit.checkpoints.previous");
  if (const Node* token = in.find("token")) out.token = in.secret(*token, "audit.checkpoints.token");
  out.origin = in.text("origin", out.origin);
  out.private_addresses = in.flag("private_addresses", false);
  out.every = std::chrono::ceil<std::chrono::seconds>(in.duration("every", out.every));
  return out;
}

}  // namespace

void read_server(const SettingsFiles& files, Settings& into, Report& report) {
  static const Node nothing;
  const Node* block = files.block("server");
  EntryReader in(block != nullptr ? *block : nothing, "server", files.own, report);
  if (auto listen = parse_listen(in.text("listen"))) std::tie(into.front.host, into.front.port) = *listen;
  auto tls = in.below("tls");
  into.front.certificate_file = tls.existing_path("certificate");
  into.front.private_key_file = tls.existing_path("private_key");
  into.front.only_tls_1_3 = tls.text("least") == "1.3";
  auto client = tls.text("client_certificates", "none");
  into.front.client_certificate = client == "required"   ? ClientCertificate::required
                                  : client == "optional" ? ClientCertificate::optional
                                                         : ClientCertificate::none;
  into.front.client_authorities = tls.existing_paths("client_authorities");
  into.front.revoked_file = tls.existing_path("revoked");
  if (client != "none" && into.front.client_authorities.empty())
    tls.complain("CONFIG-0004", {}, "server.tls has no client_authorities",
                 "PEM files whose certificates are taken");
  into.front.io_threads = static_cast<int>(in.number("io_threads", 2));
  read_limits(in.below("limits"), into.front.limits);
  into.plain_text = in.flag("plain_text", false);
  if (into.front.certificate_file.empty() && !is_loopback(into.front.host) && !into.plain_text) {
    in.complain("CONFIG-0012", "listen",
                into.front.host + " can be reached from outside, and there is no server.tls",
                "server.tls, or server.plain_text: true where TLS ends before Purser");
  }
  if (const Node* data = files.block("data"); into.data.empty() && data != nullptr) into.data = data->text;
  if (into.data.empty()) into.data = "data";
  if (!into.data.starts_with('/')) into.data = files.own.folder + "/" + into.data;
  if (const Node* block_of_journal = files.block("journal")) {
    EntryReader journal(*block_of_journal, "journal", files.own, report);
    if (journal.find("seal") != nullptr) read_sealing(journal.below("seal"), into.seal);
    if (const Node* secret = journal.find("postgres")) {
      into.postgres = journal.secret(*secret, "journal.postgres");
    }
    into.node = journal.text("node", into.node);
    into.lease = std::chrono::ceil<std::chrono::seconds>(journal.duration("lease", into.lease));
  }
  if (const Node* block_of_retention = files.block("retention")) {
    EntryReader retention(*block_of_retention, "retention", files.own, report);
    into.retention = read_retention(retention);
  }
  if (const Node* block_of_audit = files.block("audit")) {
    EntryReader audit(*block_of_audit, "audit", files.own, report);
    into.checkpoints = read_checkpoints(audit.below("checkpoints"));
  }
  if (const Node* workers = files.block("workers")) {
    into.workers = static_cast<std::uint32_t>(parse_size(workers->text).value_or(2));
  }
  if (const Node* block_of_access = files.block("access")) {
    EntryReader access(*block_of_access, "access", files.own, report);
    if (const Node* key = access.find("hash_key")) into.hash_key = access.secret(*key, "access.hash_key");
    into.metrics_open = access.text("metrics", "open") == "open";
    auto tokens = access.below("tokens");
    if (const Node* key = tokens.find("key")) into.tokens.key = tokens.secret(*key, "access.tokens.key");
    into.tokens.issuer = tokens.text("issuer");
    into.tokens.lifetime = whole_seconds(tokens.duration("lifetime", into.tokens.lifetime));
    read_access_limits(access.below("limits"), into.limits);
  }
}

void read_deprecated(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("deprecated")) {
    EntryReader in(*entry.value, path_of("deprecated", entry), *entry.place, report);
    Deprecation one;
    one.operation = entry.name();
    one.since = parse_moment(in.text("since")).value_or(std::chrono::sys_seconds());
    one.sunset = parse_moment(in.text("sunset"));
    one.link = in.text("link");
    if (one.sunset && *one.sunset < one.since)  // RFC 9745 section 4
      in.complain("CONFIG-0006", "sunset", in.path() + ".sunset is before since", "a moment after it");
    into.deprecated.push_back(std::move(one));
  }
}

void read_connectors(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("connectors")) {
    EntryReader in(*entry.value, path_of("connectors", entry), *entry.place, report);
    ConnectorSettings connector;
    connector.name = entry.name();
    connector.library = in.text("library", entry.name() + ".so");
    if (connector.library.find('/') != std::string::npos) connector.library = in.existing_path("library");
    connector.sha256 = in.text("sha256");
    connector.in_process = in.text("isolation") == "in-process";
    connector.workers = static_cast<unsigned>(in.number("workers", connector.workers));
    connector.tables_folder = in.existing_path("tables");
    if (const Node* settings = in.find("settings")) connector.settings = to_json(*settings);
    into.connectors.push_back(std::move(connector));
  }
}

void read_partners(const SettingsFiles& files, Settings& into, Report& report) {
  for (const auto& entry : files.section("partners")) {
    EntryReader in(*entry.value, path_of("partners", entry), *entry.place, report);
    Partner partner;
    partner.name = entry.name();
    auto overlays = in.below("overlays");
    if (const Node* node = in.find("overlays")) {
      for (const auto& [connector, unused] : node->entries) {
        partner.overlays[connector.text] = overlays.texts(connector.text);
        for (const std::string& file : partner.overlays[connector.text])
          overlays.check_inside(file, connector.text);
      }
    }
    partner.rules = in.texts("rules");
    const auto interchanges = in.text("interchanges");
    partner.references = interchanges == "consecutive" ? References::consecutive
                         : interchanges == "reused"    ? References::reused
                                                       : References::unique;
    into.partners.push_back(std::move(partner));
  }
}

namespace {

XsdWish read_xsd(const EntryReader& in) {
  XsdWish wish;
  wish.strict = in.flag("strict", false);
  const auto places = in.existing_paths("schemas");
  if (places.empty()) return wish;  // was reported
  auto schemas = XmlSchemas::load(places, in.folder());
  if (!schemas) {
    in.complain("CONFIG-0028", "schemas", schemas.error(),
                "XML Schemas whose imports lie in the configuration folder");
  } else {
    wish.schemas = std::move(*schemas);
  }
  return wish;
}

}  // namespace

void read_sources(const SettingsFiles& files, Settings& into, Report& report) {
  constexpr std::uint64_t folder_body_size = 4ULL << 30;  // a night's interchange
  for (const auto& entry : files.section("sources")) {
    EntryReader in(*entry.value, path_of("sources", entry), *entry.place, report);
    Source source;
    source.name = entry.name();
    auto kind = in.text("kind");
    source.kind = kind == "webhook"  ? SourceKind::webhook
                  : kind == "folder" ? SourceKind::folder
                  : kind == "cxml"   ? SourceKind::cxml
                                     : SourceKind::http;
    source.enabled = in.flag("enabled", true) && into.is_open(in.tenant());
    source.connector = in.text("connector");
    source.partner = in.text("partner");
    source.reject_invalid = in.text("invalid") == "reject";
    source.rules = in.texts("rules");
    if (in.find("xsd") != nullptr) source.xsd = read_xsd(in.below("xsd"));
    source.body_size = in.size(
        "body_size", source.kind == SourceKind::folder ? folder_body_size : into.front.limits.body_bytes);
    auto idempotency = in.text("idempotency");
    source.idempotency = idempotency == "required" ? Idempotency::required
                         : idempotency == "none"   ? Idempotency::none
                                                   : Idempotency::content;
    if (source.kind == SourceKind::webhook) read_webhook(in, source);
    if (source.kind == SourceKind::cxml) read_shared_secrets(in, source);
    source.tolerance = whole_seconds(in.duration("tolerance", source.tolerance));
    source.path = in.data_path("path", into.data);
    source.quiet = in.duration("quiet", source.quiet);
    auto same = in.text("same_file");
    source.same_file = same == "content" ? SameFile::content
                       : same == "take"  ? SameFile::take
                                         : SameFile::name_and_content;
    source.ignore = in.texts("ignore");
    if (in.find("fetch") != nullptr) {
      const EntryReader below = in.below("fetch");
      Fetch fetch;
      fetch.server = read_sftp_server(below);
      fetch.every = below.duration("every", fetch.every);
      fetch.archive = below.text("archive");
      source.fetch = std::move(fetch);
    }
    for (const std::string& answer : in.texts("acknowledge")) {
      if (answer == "aperak" || answer == "824")
        source.acknowledging.content = true;
      else if (answer != "none")
        source.acknowledging.technical = answer;
    }
    into.sources.push_back(std::move(source));
  }
}

}  // namespace purser::gateway
