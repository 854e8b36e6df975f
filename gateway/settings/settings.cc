#include "gateway/settings/settings.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "gateway/settings/load.h"

namespace purser::gateway {
namespace {

template <typename Entries>
auto find_named(const Entries& entries, std::string_view name) -> decltype(entries.data()) {
  auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

const Source* Settings::find_source(std::string_view name) const { return find_named(sources, name); }
const Partner* Settings::find_partner(std::string_view name) const { return find_named(partners, name); }
const ConnectorSettings* Settings::find_connector(std::string_view name) const {
  return find_named(connectors, name);
}

LoadedSettings load_settings(const std::string& folder, const std::string& data,
                             const Administered& administered) {
  LoadedSettings result;
  auto files = read_settings_files(folder, administered, result.report);
  auto settings = std::make_shared<Settings>();
  settings->folder = files.own.folder;
  settings->version = files.version;
  settings->data = data;
  read_server(files, *settings, result.report);
  read_tenants(files, *settings, result.report);
  read_connectors(files, *settings, result.report);
  read_partners(files, *settings, result.report);
  read_sources(files, *settings, result.report);
  read_deprecated(files, *settings, result.report);
  read_roles(files, *settings, result.report);
  read_issuers(files, *settings, result.report);
  read_keys(files, *settings, result.report);
  read_routes(files, *settings, result.report);
  check_references(files, *settings, result.report);
  if (!result.report.has(Severity::error)) result.settings = std::move(settings);
  return result;
}

std::string settings_line(const Finding& finding) {
  auto shown = finding;
  auto file = std::exchange(shown.source, {});
  return to_line(shown, file);
}

void find_restart_needs(const Settings& old_settings, const Settings& new_settings, Report& report) {
  auto note = [&](bool changed, std::string_view what) {
    if (!changed) return;
    auto finding = make_finding("CONFIG-0015", {}, fmt::format("{} was changed", what));
    finding.path = what;
    report.add(std::move(finding));
  };
  note(old_settings.front.host != new_settings.front.host ||
           old_settings.front.port != new_settings.front.port,
       "server.listen");
  note(old_settings.front.io_threads != new_settings.front.io_threads, "server.io_threads");
  note(old_settings.front.certificate_file != new_settings.front.certificate_file, "server.tls");
  note(old_settings.data != new_settings.data, "data");
  note(old_settings.postgres != new_settings.postgres || old_settings.node != new_settings.node ||
           old_settings.lease != new_settings.lease, "journal");
  note(old_settings.workers != new_settings.workers, "workers");
}

}  // namespace purser::gateway
