#include "gateway/serve/reload.h"

#include <fmt/format.h>

#include "gateway/access/check_keys.h"
#include "gateway/administer/administration.h"

namespace purser::gateway {

void make_target_folders(const Settings& settings, FileSystem& files) {
  for (const auto& target : settings.table->targets) {
    const auto* folder = std::get_if<FolderTarget>(&target.where);
    if (folder == nullptr || !folder->path.starts_with(settings.data + "/")) continue;
    static_cast<void>(files.make_directory(folder->path));  // each delivery says what is wrong with it
  }
}

void Reload::run(const std::string& who) {
  const auto administered = administered_entries(parts_.journal);
  auto loaded = administered ? load_settings(parts_.options.config, parts_.options.data, *administered) : LoadedSettings{};
  if (!administered) loaded.report.add(make_finding(administered.error().code, {}, administered.error().message));
  if (loaded.settings == nullptr) return answer(who, loaded.report, false, {});
  check_keys(*loaded.settings, loaded.report);
  auto before = parts_.live.get();
  const auto& settings = loaded.settings;
  auto next =
      load_connectors(*settings, parts_.connector_folder, parts_.services, connectors_, loaded.report);
  judge_routes(*settings, *next.set, loaded.report);
  if (loaded.report.has(Severity::error)) return answer(who, loaded.report, false, settings->version);
  if (auto renewed = parts_.front.reload_certificate(); !renewed) {
    loaded.report.add(make_finding(renewed.error().code, {}, renewed.error().message));
    return answer(who, loaded.report, false, settings->version);
  }
  if (auto sealed = parts_.sealing.use(settings->seal); !sealed) {
    loaded.report.add(make_finding(sealed.error().code, {}, sealed.error().message));
    return answer(who, loaded.report, false, settings->version);
  }
  find_restart_needs(*before->settings, *settings, loaded.report);
  SystemFiles files;
  make_target_folders(*settings, files);
  connectors_ = std::move(next);
  parts_.host.swap(connectors_.set);
  parts_.router.swap(settings->table);
  parts_.live.swap(std::make_shared<Configuration>(settings, parts_.key_cache));
  parts_.folders.watch(settings);
  parts_.fetch.watch(*settings);
  parts_.engine.wake();
  answer(who, loaded.report, true, settings->version);
}

void Reload::answer(const std::string& who, const Report& report, bool swapped, const std::string& version) {
  ReloadResult result;
  result.at = parts_.clock.now();
  result.swapped = swapped;
  result.findings = report.findings().size();
  for (const auto& finding : report.findings()) {
    auto line = settings_line(finding);
    if (result.first.empty()) result.first = line;
    parts_.log.write(finding.severity >= Severity::error ? LogLevel::error : LogLevel::warning,
                     "configuration", {{"finding", line}});
  }
  parts_.log.write(swapped ? LogLevel::info : LogLevel::error,
                   swapped ? "configuration swapped" : "configuration refused, the old one stays",
                   {{"version", version}});
  (swapped ? parts_.metrics.configuration_swaps : parts_.metrics.configuration_errors).add();
  AuditNote note{who, swapped ? "configuration swapped" : "configuration refused", version};
  static_cast<void>(parts_.journal.note({&note, 1}));
  parts_.live.set_last_reload(std::move(result));
}

}  // namespace purser::gateway
