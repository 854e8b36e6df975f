#include "gateway/serve/connectors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "canonical/event/json_reader.h"

namespace purser::gateway {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t max_table_bytes = 16U << 20;  // the largest code list has 2 MiB

// All files below a folder, by their path within it, in order.
std::vector<plugin::NamedText> read_tables(const std::string& folder, Report& report) {
  std::vector<plugin::NamedText> tables;
  if (folder.empty()) return tables;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || it->path().filename().string().starts_with('.')) continue;
    if (it->file_size(ignored) > max_table_bytes) {
      report.add(make_finding("CONFIG-0010", {}, it->path().string() + " is larger than any table"));
      continue;
    }
    std::ifstream file(it->path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    tables.push_back({fs::relative(it->path(), folder, ignored).string(), std::move(text)});
  }
  if (error) report.add(make_finding("CONFIG-0011", {}, folder + ": " + error.message()));
  std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return tables;
}

plugin::ConnectorConfig config_of(const ConnectorSettings& settings, const std::string& folder,
                                  Report& report) {
  plugin::ConnectorConfig config;
  config.path =
      settings.library.find('/') == std::string::npos ? folder + "/" + settings.library : settings.library;
  config.sha256 = settings.sha256;
  config.isolation = settings.in_process ? plugin::Isolation::in_process : plugin::Isolation::worker;
  config.workers = settings.workers;
  config.settings = settings.settings;
  config.tables = read_tables(settings.tables_folder, report);
  return config;
}

// Everything that makes a connector what it is, as one text.
std::string fingerprint(const plugin::ConnectorConfig& config) {
  auto text = fmt::format("{}\n{}\n{}\n{}\n{}\n", config.path, config.sha256,
                          static_cast<int>(config.isolation), config.workers, config.settings);
  for (const auto& table : config.tables)
    text += fmt::format("{} {}\n{}", table.name, table.text.size(), table.text);
  return hex(sha256(text));
}

}  // namespace

std::string default_connector_folder() {
  std::error_code error;
  auto program = fs::read_symlink("/proc/self/exe", error);
  return (program.parent_path().parent_path() / "lib" / "purser" / "connectors").string();
}

LoadedConnectors load_connectors(const Settings& settings, const std::string& folder,
                                 plugin::HostServices& services, const LoadedConnectors& before,
                                 Report& report) {
  LoadedConnectors loaded;
  auto set = std::make_shared<ConnectorSet>();
  for (const auto& one : settings.connectors) {
    auto config = config_of(one, folder, report);
    auto& print = loaded.fingerprints[one.name] = fingerprint(config);
    auto old_print = before.fingerprints.find(one.name);
    auto old = before.set->connectors.find(one.name);
    if (old != before.set->connectors.end() && old_print != before.fingerprints.end() &&
        old_print->second == print && old->second->unchanged_on_disk()) {
      set->connectors.insert(*old);
      continue;
    }
    auto connector = plugin::load_connector(config, services);
    if (connector) {
      set->connectors.emplace(one.name, std::move(*connector));
      continue;
    }
    for (auto finding : connector.error().findings()) {
      finding.path = "connectors." + one.name;
      report.add(std::move(finding));
    }
  }
  for (const auto& partner : settings.partners) set->overlays[partner.name] = partner.overlays;
  loaded.set = std::move(set);
  return loaded;
}

std::string WithCanonical::detect(const DecodeOrder& order, std::string_view first_bytes) {
  auto start = first_bytes.find_first_not_of(" \t\r\n");
  // Canonical JSON begins with its member "document"; anything else in braces is another's format.
  if (start != std::string_view::npos && first_bytes[start] == '{') {
    auto member = first_bytes.find_first_not_of(" \t\r\n", start + 1);
    if (member != std::string_view::npos && first_bytes.substr(member).starts_with("\"document\"")) {
      return "canonical";
    }
  }
  return others_.detect(order, first_bytes);
}

Outcome WithCanonical::decode(const DecodeOrder& order, const Pull& source, DocumentSink& into) {
  if (order.connector != "canonical") return others_.decode(order, source, into);
  return read_json(source, into);
}

Outcome WithCanonical::encode(const EncodeOrder& order, const std::function<Outcome(EventSink&)>& feed,
                              const std::function<Outcome(std::string_view)>& bytes, DocumentSink& notes) {
  return others_.encode(order, feed, bytes, notes);
}

std::pair<std::string, std::string> WithCanonical::media_of(const EncodeOrder& order) {
  if (order.connector.empty() || order.connector == "canonical") return {"application/json", ".json"};
  return others_.media_of(order);
}

}  // namespace purser::gateway
