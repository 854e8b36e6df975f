// tenant keys/rotate/shred, secret rotate-master: the keys that documents are sealed with.
#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/api/json.h"
#include "gateway/journal/sealing.h"
#include "tools/purser/commands.h"
#include "tools/purser/journal_access.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {
namespace {

using nlohmann::ordered_json;

int said(const Status& status) {
  const bool environment = status.what == StatusClass::unavailable || status.code.starts_with("JOURNAL");
  return fail(environment ? exit_environment : exit_findings, fmt::format("{} ({})", status.message, status.code));
}

std::string who() { return "person:" + person(); }

std::string moment(gateway::Instant at) { return at == gateway::Instant{} ? std::string() : gateway::text(at); }

// What cannot be undone is asked for by name.
bool confirmed(const Arguments& arguments, const std::string& name) {
  if (arguments.has("--yes")) return true;
  fmt::print(stderr, "All sealed documents of {} will be unreadable for ever. Type its name to go on: ", name);
  std::fflush(stderr);
  std::string typed;
  return std::getline(std::cin, typed) && typed == name;
}

}  // namespace

int tenant_keys_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, false);
  if (!access) return exit_environment;
  const auto keys = access->open.sealing->keys(arguments.get("--tenant"));
  if (!keys) return said(keys.error());
  ordered_json out = ordered_json::array();
  Table table({"tenant", "key", "state", "made (UTC)", "ended (UTC)", "wrapped by"});
  for (const gateway::DataKeyView& key : *keys) {
    const std::string master = key.state == gateway::KeyState::destroyed ? std::string() : key.master;
    out.push_back(gateway::to_json(key));
    table.add({key.tenant, std::to_string(key.id), std::string(gateway::name(key.state)), moment(key.created),
               moment(key.ended), master});
  }
  if (arguments.json())
    print_json(out);
  else
    print(table.empty() ? "nothing was sealed yet\n" : table.text());
  return exit_ok;
}

int tenant_rotate_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, true);
  if (!access) return exit_environment;
  const std::string& tenant = arguments.operands().front();
  const auto key = access->open.sealing->rotate(tenant, who());
  if (!key) return said(key.error());
  if (arguments.json())
    print_json({{"tenant", tenant}, {"key", *key}});
  else
    print_line(fmt::format("new documents of {} are sealed with key {} within a second", tenant, *key));
  return exit_ok;
}

int tenant_shred_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, true);
  if (!access) return exit_environment;
  const std::string& tenant = arguments.operands().front();
  const auto keys = access->open.sealing->keys(tenant);
  if (!keys) return said(keys.error());
  if (keys->empty()) {
    return fail(exit_findings, fmt::format("{} has no data key: nothing of it is sealed, nothing can be shredded", tenant));
  }
  if (!confirmed(arguments, tenant)) return fail(exit_usage, "nothing was shredded");
  const auto done = access->open.sealing->shred(tenant, who(), arguments.get("--why"));
  if (!done) return said(done.error());
  if (arguments.json()) {
    print_json({{"tenant", tenant}, {"keys", done->keys}, {"traces_gone", done->traces_gone}});
  } else {
    print_line(fmt::format("{} data keys of {} are destroyed; a running gateway sees it within a second", done->keys,
                           tenant));
    print_line("backups and exports from before hold the wrapped keys: rotate the master key and destroy the old one");
    if (!done->traces_gone) print_line("the journal's files may still hold the wrapped keys; shred again later: " + done->why);
  }
  return done->traces_gone ? exit_ok : exit_findings;
}

int secret_rotate_master_command(const Arguments& arguments) {
  const auto access = open_journal(arguments, true);
  if (!access) return exit_environment;
  const auto keys = access->open.sealing->rewrap(who());
  if (!keys) return said(keys.error());
  if (arguments.json())
    print_json({{"keys", *keys}});
  else
    print_line(fmt::format("{} data keys are wrapped anew; the master key before is not needed any more", *keys));
  return exit_ok;
}

}  // namespace purser::cli
