#include "gateway/serve/connectors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

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

// What a connector says that it writes.
class Writes {
 public:
  explicit Writes(const plugin::ConnectorInfo& info) {
    for (const auto& format : info.formats) {
      for (const auto& message : format.messages) {
        if (message.encodes) messages_.push_back(&message);
      }
    }
  }

  /// Why it does not write what `as` asks for: "no ORDERS of version D9; there are D96A …". Empty if it may.
  [[nodiscard]] std::string misfit(const std::string& as) const {
    const auto json = nlohmann::json::parse(as.empty() ? "{}" : as, nullptr, false);
    if (messages_.empty() || !json.is_object()) return {};
    const std::string message = text_of(json, "message");
    const std::string version = text_of(json, "version");
    std::set<std::string> names;
    std::set<std::string> versions;
    for (const plugin::MessageInfo* one : messages_) {
      names.insert(one->name);
      if (message.empty() || one->name == message)
        versions.insert(one->versions.begin(), one->versions.end());
    }
    if (!message.empty() && !names.contains(message)) {
      return fmt::format("no {}; there are {}", message, fmt::join(names, " "));
    }
    if (version.empty() || versions.empty() || versions.contains(version)) return {};
    return fmt::format("no {} of version {}; there are {}", message.empty() ? "message" : message, version,
                       fmt::join(versions, " "));
  }

 private:
  static std::string text_of(const nlohmann::json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  }
  std::vector<const plugin::MessageInfo*> messages_;
};

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

void judge_routes(const Settings& settings, const ConnectorSet& set, Report& report) {
  Report unread;
  for (const auto& one : settings.connectors) {
    const auto loaded = set.connectors.find(one.name);
    if (loaded == set.connectors.end()) continue;
    const auto tables = read_tables(one.tables_folder, unread);
    if (std::ranges::any_of(tables, [](const auto& table) { return table.name.ends_with(".map"); })) continue;
    const Writes writes(loaded->second->info());
    for (const Route& route : settings.table->routes) {
      if (route.connector != one.name) continue;
      if (const std::string wrong = writes.misfit(route.format); !wrong.empty()) {
        auto finding = make_finding("CONFIG-0029", {}, fmt::format("{} writes {}", one.name, wrong));
        finding.path = "routes." + route.name + ".as";
        report.add(std::move(finding));
      }
    }
  }
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
