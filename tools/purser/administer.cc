// tenant …, key list/revoke/rotate: entries that are kept in the journal.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "gateway/administer/keys.h"
#include "gateway/settings/quantity.h"
#include "tools/purser/administer.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

using nlohmann::ordered_json;

int refused(const gateway::ChangeRefusal& refusal) {
  for (const Finding& finding : refusal.report.findings()) print_line(to_line(finding, finding.source));
  return fail(exit_findings, fmt::format("{} ({})", refusal.status.message, refusal.status.code));
}

std::optional<Administering> open_for_change(const Arguments& arguments) {
  const std::string config = arguments.get("--config");
  if (config.empty()) {
    fail(exit_usage, "which configuration? Give --config DIR (or PURSER_CONFIG)");
    return std::nullopt;
  }
  Administering out;
  out.access = open_journal(arguments, true);
  if (out.access == nullptr) return std::nullopt;
  const auto entries = gateway::administered_entries(out.access->journal());
  const auto loaded = entries ? gateway::load_settings(config, {}, *entries) : gateway::LoadedSettings{};
  if (loaded.settings == nullptr) {
    fail(exit_findings, "mend the configuration first: purser config check");
    return std::nullopt;
  }
  out.settings = loaded.settings;
  out.tenant = arguments.get("--tenant", gateway::default_tenant);
  if (out.settings->find_tenant(out.tenant) == nullptr) {
    fail(exit_usage, fmt::format("there is no tenant {}", out.tenant));
    return std::nullopt;
  }
  return out;
}

gateway::KeyPlace key_place(Administering& in) {
  return {in.access->journal(), in.random, in.settings->folder, in.settings->hash_key, "person:" + person()};
}

namespace {

int made(const Arguments& arguments, const std::string& name,
         const std::expected<gateway::MadeKey, gateway::ChangeRefusal>& key) {
  if (!key) return refused(key.error());
  if (arguments.json()) {
    print_json({{"name", name}, {"key", key->text}});
  } else {
    print_line("The key, shown this once; give it to its owner. It is in force within a second:\n\n  " +
               key->text);
  }
  return exit_ok;
}

}  // namespace

int keep_new_key(const Arguments& arguments, std::vector<std::string> scopes) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const std::string& name = arguments.operands().front();
  const gateway::KeyWish wish{in->tenant,        name, arguments.get("--partner"), {},
                              std::move(scopes), {},   arguments.get("--expires")};
  return made(arguments, name, gateway::make_key(key_place(*in), wish));
}

int key_list_command(const Arguments& arguments) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  ordered_json out = ordered_json::array();
  Table table({"name", "id", "scopes", "expires", "last used (UTC, to the hour)"});
  for (const auto& key : in->settings->keys) {
    const bool all = arguments.get("--tenant").empty();
    if (!all && gateway::tenant_of(key.name) != in->tenant) continue;
    const auto used = gateway::last_use(in->access->journal(), key.name);
    const auto expires = key.expires ? gateway::text(gateway::Instant(*key.expires)) : std::string();
    out.push_back({{"name", key.name},
                   {"id", key.id},
                   {"scopes", key.scopes},
                   {"expires", expires},
                   {"last_used", used}});
    table.add({key.name, key.id, fmt::format("{}", fmt::join(key.scopes, " ")), expires, used});
  }
  if (arguments.json())
    print_json(out);
  else
    print(table.empty() ? "there is no key\n" : table.text());
  return exit_ok;
}

int key_rotate_command(const Arguments& arguments) {
  const auto overlap = gateway::parse_duration(arguments.get("--overlap", "24 h"));
  if (!overlap) return fail(exit_usage, "--overlap takes a duration such as 24 h or 7 d");
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const std::string& name = arguments.operands().front();
  const auto until = std::chrono::floor<std::chrono::seconds>(in->access->clock.now() + *overlap);
  return made(arguments, name, gateway::rotate_key(key_place(*in), in->tenant, name, until));
}

int key_revoke_command(const Arguments& arguments) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const std::string& name = arguments.operands().front();
  const auto removed = gateway::remove_key(key_place(*in), in->tenant, name);
  if (!removed) return refused(removed.error());
  print_line(name + " is taken back; it is unknown within a second");
  return exit_ok;
}

int tenant_list_command(const Arguments& arguments) {
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  ordered_json out = ordered_json::array();
  Table table({"name", "state", "title", "sources", "routes", "keys"});
  for (const auto& tenant : in->settings->tenants) {
    const auto count = [&](const auto& entries) {
      return std::ranges::count_if(entries,
                                   [&](const auto& e) { return gateway::tenant_of(e.name) == tenant.name; });
    };
    const auto sources = count(in->settings->sources);
    const auto routes = count(in->settings->table->routes);
    const auto keys = count(in->settings->keys);
    out.push_back({{"name", tenant.name},
                   {"enabled", tenant.enabled},
                   {"title", tenant.title},
                   {"sources", sources},
                   {"routes", routes},
                   {"keys", keys}});
    table.add({tenant.name, tenant.enabled ? "open" : "closed", tenant.title, std::to_string(sources),
               std::to_string(routes), std::to_string(keys)});
  }
  if (arguments.json())
    print_json(out);
  else
    print(table.text());
  return exit_ok;
}

int tenant_set_command(const Arguments& arguments) {
  if (arguments.has("--open") && arguments.has("--close")) return fail(exit_usage, "--open or --close");
  auto in = open_for_change(arguments);
  if (!in) return exit_environment;
  const std::string& name = arguments.operands().front();
  const auto kept = in->access->journal().records(std::string(gateway::tenants_section), {});
  if (!kept) return fail(exit_environment, kept.error().message);
  ordered_json entry{{"enabled", true}};
  for (const auto& record : *kept) {
    if (record.name == name) entry = ordered_json::parse(record.content, nullptr, false);
  }
  if (arguments.has("--title")) entry["title"] = arguments.get("--title");
  for (const char* shown : {"name", "support", "logo", "host"}) {
    if (const auto option = std::string("--") + shown; arguments.has(option))
      entry["branding"][shown] = arguments.get(option);
  }
  if (arguments.has("--close")) entry["enabled"] = false;
  if (arguments.has("--open")) entry["enabled"] = true;
  const auto done =
      gateway::administer(in->access->journal(), in->settings->folder,
                          {std::string(gateway::tenants_section), std::string(gateway::default_tenant), name,
                           entry.dump(), std::nullopt, "person:" + person()});
  if (!done) return refused(done.error());
  print_line(fmt::format("{} is {}", name, entry["enabled"] == false ? "closed" : "open"));
  return exit_ok;
}

}  // namespace purser::cli
