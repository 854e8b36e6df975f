// config check and show, key new: the configuration folder from a person's side.
#include <fmt/format.h>

#include <filesystem>

#include <nlohmann/json.hpp>

#include "gateway/access/api_key.h"
#include "gateway/access/check_keys.h"
#include "gateway/port/random.h"
#include "gateway/serve/connectors.h"
#include "gateway/settings/quantity.h"
#include "gateway/settings/settings.h"
#include "gateway/settings/shown.h"
#include "plugins/line/services.h"
#include "tools/purser/administer.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

std::string data_folder(const Arguments& arguments) {
  if (const std::string given = arguments.get("--data"); !given.empty()) return given;
  const std::string config = arguments.get("--config");
  if (config.empty()) return {};
  const gateway::LoadedSettings loaded = gateway::load_settings(config);
  return loaded.settings != nullptr ? loaded.settings->data : std::string();
}

gateway::JournalPlace journal_place(const Arguments& arguments) {
  gateway::JournalPlace place;
  place.folder = data_folder(arguments);
  const std::string config = arguments.get("--config");
  if (config.empty()) return place;
  if (const gateway::LoadedSettings loaded = gateway::load_settings(config); loaded.settings != nullptr) {
    place.postgres = loaded.settings->postgres;
    place.node = loaded.settings->node;
    place.seal = loaded.settings->seal;
  }
  return place;
}

namespace {

// Connectors with their tables: what they find wrong refuses a reload as well. Extensions of the host are the
// running gateway's to offer.
void load_as_a_reload(const gateway::Settings& settings, const std::string& folder, Report& report) {
  plugin::NoServices services;
  Report found;
  const auto loaded = gateway::load_connectors(
      settings, folder.empty() ? gateway::default_connector_folder() : folder, services, {}, found);
  gateway::judge_routes(settings, *loaded.set, found);
  for (const Finding& finding : found.findings()) {
    if (finding.code != "HOST-0008") report.add(finding);
  }
}

}  // namespace

int config_check_command(const Arguments& arguments) {
  const std::string config = arguments.get("--config");
  if (config.empty()) return fail(exit_usage, "which configuration? Give --config DIR (or PURSER_CONFIG)");
  gateway::LoadedSettings loaded = gateway::load_settings(config, arguments.get("--data"));
  if (loaded.settings != nullptr) {
    gateway::check_keys(*loaded.settings, loaded.report);
    load_as_a_reload(*loaded.settings, arguments.get("--connectors"), loaded.report);
  }
  const bool good = !loaded.report.has(Severity::error);
  const bool absent = !std::filesystem::is_directory(config);
  const int code = absent ? exit_environment : exit_findings;
  if (arguments.json()) {
    ordered_json out{{"good", good}, {"findings", ordered_json::array()}};
    if (good) out["version"] = loaded.settings->version;
    for (const Finding& finding : loaded.report.findings()) out["findings"].push_back(to_json(finding));
    print_json(out);
    return good ? exit_ok : code;
  }
  for (const Finding& finding : loaded.report.findings()) print_line(to_line(finding, finding.source));
  if (!good) return fail(code, fmt::format("{} would be refused; nothing would change", config));
  const gateway::Settings& settings = *loaded.settings;
  print_line(fmt::format("{} is good: {} connectors, {} sources, {} routes, {} targets, {} keys; version {}",
                         config, settings.connectors.size(), settings.sources.size(),
                         settings.table->routes.size(), settings.table->targets.size(), settings.keys.size(),
                         settings.version));
  return exit_ok;
}

int config_show_command(const Arguments& arguments) {
  const std::string config = arguments.get("--config");
  if (config.empty()) return fail(exit_usage, "which configuration? Give --config DIR (or PURSER_CONFIG)");
  Report report;
  const std::string shown = gateway::show_settings(config, report);
  for (const Finding& finding : report.findings()) fmt::print(stderr, "{}\n", to_line(finding, finding.source));
  print_json(ordered_json::parse(shown));
  return report.has(Severity::error) ? exit_findings : exit_ok;
}

int key_new_command(const Arguments& arguments) {
  const std::string config = arguments.get("--config");
  if (config.empty()) return fail(exit_usage, "which configuration? Give --config DIR (or PURSER_CONFIG)");
  const gateway::LoadedSettings loaded = gateway::load_settings(config);
  if (loaded.settings == nullptr)
    return fail(exit_findings, "mend the configuration first: purser config check");
  if (loaded.settings->hash_key.empty()) {
    return fail(exit_environment, "the configuration has no access.hash_key, so no key could be checked");
  }
  std::vector<std::string> scopes;
  const std::string wanted = arguments.get("--scopes", "documents:write,documents:read");
  for (std::size_t at = 0; at <= wanted.size();) {
    const std::size_t comma = std::min(wanted.find(',', at), wanted.size());
    if (comma > at) scopes.push_back(wanted.substr(at, comma - at));
    at = comma + 1;
  }
  if (arguments.has("--keep")) return keep_new_key(arguments, std::move(scopes));
  gateway::SystemRandom random;
  gateway::FreshKey fresh =
      gateway::make_api_key(random, loaded.settings->hash_key, arguments.operands().front(), std::move(scopes));
  fresh.entry.partner = arguments.get("--partner");
  if (const std::string until = arguments.get("--expires"); !until.empty()) {
    fresh.entry.expires = gateway::parse_moment(until);
    if (!fresh.entry.expires) return fail(exit_usage, "--expires takes 2027-01-31 or 2027-01-31T12:00:00Z");
  }
  if (arguments.json()) {
    print_json({{"key", fresh.text}, {"entry", gateway::to_yaml(fresh.entry)}});
  } else {
    print_line("The key, shown this once; give it to its owner:\n\n  " + fresh.text +
               "\n\nIts entry, to be put under `keys:` of the configuration (reload with SIGHUP):\n");
    print(gateway::to_yaml(fresh.entry));
  }
  return exit_ok;
}

}  // namespace purser::cli
