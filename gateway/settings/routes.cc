#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "canonical/rule/packs.h"
#include "canonical/spec/descriptor.h"
#include "gateway/settings/load.h"
#include "gateway/settings/quantity.h"

namespace purser::gateway {
namespace {

RetrySchedule read_schedule(const EntryReader& in) {
  auto schedule = named_schedule(in.text("schedule", "default")).value_or(RetrySchedule{});
  schedule.first = in.duration("first", schedule.first);
  schedule.longest = in.duration("longest", schedule.longest);
  schedule.attempts = static_cast<std::uint32_t>(in.number("attempts", schedule.attempts));
  schedule.deadline = std::chrono::ceil<std::chrono::seconds>(in.duration("deadline", schedule.deadline));
  schedule.retry_after_cap =
      std::chrono::ceil<std::chrono::seconds>(in.duration("retry_after_cap", schedule.retry_after_cap));
  if (schedule.longest < schedule.first) {
    in.complain("CONFIG-0012", "longest", in.path() + ".longest is shorter than first",
                "longest not below first");
  }
  return schedule;
}

HttpTarget read_http(const EntryReader& in) {
  HttpTarget http;
  http.url = in.text("url");
  http.method = in.text("method", http.method);
  http.headers = in.pairs("headers");
  http.media_type = in.text("media_type");
  http.connect_timeout = in.duration("connect_timeout", http.connect_timeout);
  http.total_timeout = in.duration("total_timeout", http.total_timeout);
  http.ca_file = in.existing_path("ca_file");
  http.client_certificate = in.existing_path("client_certificate");
  http.client_key = in.existing_path("client_key");
  http.allow_private_addresses = in.private_flag("allow_private_addresses");
  if (http.total_timeout < http.connect_timeout) {
    in.complain("CONFIG-0012", "total_timeout", in.path() + ".total_timeout is shorter than connect_timeout");
  }
  for (const auto& [name, value] : http.headers) {
    if (value.find_first_of("\r\n") != std::string::npos) {
      in.complain("CONFIG-0006", "headers", in.path() + ".headers." + name + " has a line end in its value");
    }
  }
  return http;
}

SftpTarget read_sftp(const EntryReader& in) {
  SftpTarget sftp;
  sftp.server = read_sftp_server(in);
  sftp.file_name = in.text("file_name", sftp.file_name);
  sftp.extension = in.text("extension");
  return sftp;
}

BreakerSettings read_breaker(const EntryReader& in) {
  BreakerSettings breaker;
  breaker.failures = static_cast<std::uint32_t>(in.number("failures", breaker.failures));
  breaker.rest = in.duration("rest", breaker.rest);
  breaker.longest_rest = std::max(breaker.rest, in.duration("longest_rest", breaker.longest_rest));
  return breaker;
}

FolderTarget read_folder(const EntryReader& in, const std::string& data) {
  FolderTarget folder;
  folder.path = in.data_path("path", data);
  folder.file_name = in.text("file_name", folder.file_name);
  folder.extension = in.text("extension");
  return folder;
}

Target read_target(const Entry& entry, const Settings& settings, Report& report) {
  EntryReader in(*entry.value, "targets." + entry.name(), *entry.place, report);
  Target target;
  target.name = entry.name();
  target.enabled = in.flag("enabled", true);
  const std::string kind = in.text("kind");
  if (kind == "folder") {
    target.where = read_folder(in, settings.data);
  } else if (kind == "sftp") {
    target.where = read_sftp(in);
  } else {
    target.where = read_http(in);
  }
  target.retry = read_schedule(in.below("retry"));
  target.breaker = read_breaker(in.below("breaker"));
  target.rate = static_cast<std::uint32_t>(in.number("rate", target.rate));
  target.concurrency = static_cast<std::uint32_t>(in.number("concurrency", target.concurrency));
  target.expires = std::chrono::ceil<std::chrono::seconds>(in.duration("expires", {}));
  target.hold_lane_when_parked = in.text("when_parked") == "hold-lane";
  return target;
}

// A canonical path of the route's document, or of any if the route takes all.
void check_path(const EntryReader& in, const std::string& document, std::string_view where,
                const std::string& path) {
  std::string_view bad;
  std::string near;
  for (const auto& descriptor : documents()) {
    if (!document.empty() && descriptor.name != document) continue;
    if (descriptor.root == nullptr || resolve(*descriptor.root, path, &bad) != nullptr) return;
    if (near.empty()) near = nearest_field(*descriptor.root, bad.empty() ? path : bad);
  }
  in.complain("CONFIG-0014", where,
              fmt::format("{} is no path of {}", path, document.empty() ? "any document" : document), near);
}

// Acknowledgements that a route's deliveries expect.
std::vector<Expect> read_expect(const EntryReader& in, const Entry& route, Report& report) {
  std::vector<Expect> all;
  const Node* list = in.find("expect");
  if (list == nullptr) return all;
  for (const Node& item : list->items) {
    EntryReader entry(item, in.path() + ".expect", *route.place, report);
    const std::string kind = entry.text("kind");
    const auto awaited = parse_awaited(kind);
    if (!awaited) {
      const auto names = awaited_names();
      entry.complain("CONFIG-0014", "kind", "there is no acknowledgement " + kind,
                     nearest_name(kind, std::vector<std::string_view>(names.begin(), names.end())));
      continue;
    }
    const auto within = std::chrono::ceil<std::chrono::seconds>(entry.duration("within", {}));
    if (within.count() == 0) entry.complain("CONFIG-0012", "within", entry.path() + ".within is no time", "4 h");
    all.push_back({*awaited, within, entry.text("partner")});
  }
  return all;
}

Route read_route(const Entry& entry, Report& report) {
  EntryReader in(*entry.value, "routes." + entry.name(), *entry.place, report);
  Route route;
  route.name = entry.name();
  route.enabled = in.flag("enabled", true);
  auto match = in.below("match");
  route.match.source = in.text("from");
  route.match.partner = match.text("partner");
  route.match.document = match.text("document");
  route.match.format = match.text("connector");
  route.match.fields = match.pairs("fields");
  auto& document = route.match.document;
  if (!document.empty() && find_document(std::string_view(document)) == nullptr) {
    std::vector<std::string_view> names;
    for (const auto& descriptor : documents()) names.push_back(descriptor.name);
    match.complain("CONFIG-0014", "document", "there is no document " + document,
                   nearest_name(document, names));
  } else {
    for (const auto& [path, unused] : route.match.fields) check_path(match, document, "fields", path);
    for (const auto& path : in.texts("lane")) check_path(in, document, "lane", path);
  }
  route.target = in.text("to");
  route.connector = in.below("as").text("connector");
  if (route.connector == "canonical") route.connector.clear();
  if (const Node* as = in.find("as")) {
    Node format = *as;
    std::erase_if(format.entries, [](const auto& one) { return one.key.text == "connector"; });
    if (!format.entries.empty()) route.format = to_json(format);
  }
  route.lane = in.texts("lane");
  route.rules = in.texts("rules");
  route.strict = in.flag("strict", false);
  route.last = in.flag("last", false);
  route.expect = read_expect(in, entry, report);
  return route;
}

template <typename Entries>
std::vector<std::string> names_of(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.push_back(entry.name);
  return names;
}

// Says that `name` in the setting `path` refers to nothing.
void unknown(const Node& at, const std::string& path, std::string_view kind, const std::string& name,
             const std::vector<std::string>& known, Report& report) {
  auto near = nearest_name(name, known);
  report.add(settings_finding("CONFIG-0008", at, path, fmt::format("there is no {} {}", kind, name),
                              !near.empty()   ? near
                              : known.empty() ? fmt::format("an entry under {}s", kind)
                                              : fmt::format("one of {}", fmt::join(known, ", "))));
}

bool is_known(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// One reference to check: the setting at `path` names an entry of `kind`.
struct Reference {
  std::vector<std::string> way;  ///< setting below the entry
  std::string_view kind;
  bool pattern = false;  ///< may hold *
};

const Node* follow(const Node* node, const std::vector<std::string>& way) {
  for (const auto& step : way) {
    if (node == nullptr) return nullptr;
    node = node->find(step);
  }
  return node;
}

using Names = std::map<std::string_view, std::vector<std::string>>;

void check_section(const SettingsFiles& files, std::string_view section,
                   const std::vector<Reference>& references, const Names& names, Report& report) {
  for (const auto& entry : files.section(section)) {
    for (const auto& reference : references) {
      const Node* node = follow(entry.value, reference.way);
      if (node == nullptr) continue;
      auto path = fmt::format("{}.{}.{}", section, entry.name(), fmt::join(reference.way, "."));
      const auto& known = names.at(reference.kind);
      auto check_one = [&](const Node& at) {
        if (!at.is_scalar() || is_known(known, at.text)) return;
        if (reference.pattern && at.text.find('*') != std::string::npos) return;
        unknown(at, path, reference.kind, at.text, known, report);
      };
      if (node->kind == NodeKind::list) {
        for (const auto& item : node->items) check_one(item);
      } else {
        check_one(*node);
      }
    }
  }
}

// Overlays are keyed by connector.
void check_overlays(const SettingsFiles& files, const std::vector<std::string>& connectors, Report& report) {
  for (const auto& entry : files.section("partners")) {
    const Node* overlays = entry.value->find("overlays");
    if (overlays == nullptr) continue;
    for (const auto& [connector, unused] : overlays->entries) {
      if (is_known(connectors, connector.text)) continue;
      unknown(connector, "partners." + entry.name() + ".overlays", "connector", connector.text, connectors,
              report);
    }
  }
}

bool matches(std::string_view pattern, std::string_view text) {
  auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern.empty() || pattern == text;
  return text.size() + 1 >= pattern.size() && text.starts_with(pattern.substr(0, star)) &&
         text.ends_with(pattern.substr(pattern.rfind('*') + 1));
}

void check_use(const SettingsFiles& files, const Settings& settings, Report& report) {
  for (const auto& entry : files.section("sources")) {
    auto taken =
        std::any_of(settings.table->routes.begin(), settings.table->routes.end(), [&](const Route& route) {
          return tenant_of(route.name) == tenant_of(entry.name()) &&
                 matches(route.match.source, entry.name());
        });
    if (!taken) {
      report.add(settings_finding("CONFIG-0013", *entry.key, "sources." + entry.name(),
                                  "no route takes documents from " + entry.name()));
    }
  }
  for (const auto& entry : files.section("targets")) {
    auto named = std::any_of(settings.table->routes.begin(), settings.table->routes.end(),
                             [&](const Route& route) { return route.target == entry.name(); });
    if (!named) {
      report.add(settings_finding("CONFIG-0013", *entry.key, "targets." + entry.name(),
                                  "no route delivers to " + entry.name()));
    }
  }
}

// An attempt that could outlast the lease is never begun: such a target would wait for ever.
void check_lease(const SettingsFiles& files, const Settings& settings, Report& report) {
  for (const auto& entry : files.section("targets")) {
    const auto* target = settings.table->find_target(entry.name());
    const auto* http = target != nullptr ? std::get_if<HttpTarget>(&target->where) : nullptr;
    const auto* sftp = target != nullptr ? std::get_if<SftpTarget>(&target->where) : nullptr;
    const auto longest = http != nullptr   ? http->total_timeout
                         : sftp != nullptr ? sftp->server.total_timeout
                                           : std::chrono::milliseconds(10'000);  // a folder's disk
    if (longest + std::chrono::seconds(1) < settings.lease) continue;
    report.add(settings_finding("CONFIG-0012", *entry.key, "targets." + entry.name() + ".total_timeout",
                                "an attempt may take longer than the journal's lease",
                                fmt::format("less than {} s", settings.lease.count() - 1)));
  }
}

void check_folders(const SettingsFiles& files, const Settings& settings, Report& report) {
  std::map<std::string, std::string> watched;
  for (const auto& entry : files.section("sources")) {
    const auto* source = settings.find_source(entry.name());
    if (source == nullptr || source->path.empty()) continue;
    auto [it, is_new] = watched.emplace(source->path, entry.name());
    if (!is_new) {
      report.add(settings_finding("CONFIG-0012", *entry.key, "sources." + entry.name() + ".path",
                                  it->second + " watches the same folder", "a folder of its own"));
    }
  }
  for (const auto& entry : files.section("targets")) {
    const auto* target = settings.table->find_target(entry.name());
    const auto* folder = target != nullptr ? std::get_if<FolderTarget>(&target->where) : nullptr;
    if (folder == nullptr || !watched.contains(folder->path)) continue;
    report.add(settings_finding(
        "CONFIG-0012", *entry.key, "targets." + entry.name() + ".path",
        watched[folder->path] + " watches this folder: what is delivered would come in again",
        "a folder that no source watches"));
  }
}

}  // namespace

void read_routes(const SettingsFiles& files, Settings& into, Report& report) {
  auto table = std::make_shared<RouteTable>();
  for (const auto& entry : files.section("targets")) {
    table->targets.push_back(read_target(entry, into, report));
  }
  for (const auto& entry : files.section("routes")) table->routes.push_back(read_route(entry, report));
  for (const Partner& partner : into.partners) {
    if (partner.references != References::unique) table->references[partner.name] = partner.references;
    if (!partner.rules.empty()) table->partner_rules[partner.name] = partner.rules;
  }
  for (const Source& source : into.sources) {
    if (!source.rules.empty()) table->source_rules[source.name] = source.rules;
    if (source.xsd.schemas != nullptr) table->xsd[source.name] = source.xsd;
    const Acknowledging& answers = source.acknowledging;
    if (answers.content || !answers.technical.empty()) table->acknowledging[source.name] = answers;
  }
  into.table = std::move(table);
}

void check_references(const SettingsFiles& files, const Settings& settings, Report& report) {
  Names names;
  names["connector"] = names_of(settings.connectors);
  names["connector"].emplace_back("canonical");
  names["partner"] = names_of(settings.partners);
  names["source"] = names_of(settings.sources);
  names["target"] = names_of(settings.table->targets);
  for (const rule::Pack& pack : rule::packs()) names["pack of rules"].emplace_back(pack.name);
  check_section(files, "sources",
                {{{"connector"}, "connector"}, {{"partner"}, "partner"}, {{"rules"}, "pack of rules"}}, names,
                report);
  check_section(files, "partners", {{{"rules"}, "pack of rules"}}, names, report);
  check_section(files, "routes",
                {{{"from"}, "source", true},
                 {{"to"}, "target"},
                 {{"rules"}, "pack of rules"},
                 {{"as", "connector"}, "connector"},
                 {{"match", "connector"}, "connector", true},
                 {{"match", "partner"}, "partner", true}},
                names, report);
  check_section(files, "keys", {{{"sources"}, "source"}, {{"partner"}, "partner"}}, names, report);
  check_overlays(files, names["connector"], report);
  if (!settings.keys.empty() && settings.hash_key.empty() && files.block("access") == nullptr) {
    report.add(settings_finding("CONFIG-0012", *files.section("keys").front().key, "keys",
                                "there are API keys, but no access.hash_key to check them with",
                                "access.hash_key"));
  }
  check_use(files, settings, report);
  check_folders(files, settings, report);
  check_lease(files, settings, report);
}

}  // namespace purser::gateway
