#include "tools/purser/connector_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tools/purser/files.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

namespace fs = std::filesystem;

namespace {

std::string default_folder() {
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  return (program.parent_path().parent_path() / "lib" / "purser" / "connectors").string();
}

// The tables, layouts and overlays below the folder, named by their paths from there.
std::vector<plugin::NamedText> read_tables(const std::string& folder) {
  std::vector<plugin::NamedText> tables;
  if (folder.empty()) return tables;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !is_table_file(entry.path())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    tables.push_back({entry.path().lexically_relative(folder).string(),
                      std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::sort(tables.begin(), tables.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return tables;
}

}  // namespace

ConnectorAccess::ConnectorAccess(const Arguments& arguments)
    : folder_(arguments.get("--connectors")),
      isolation_(arguments.has("--in-process") ? plugin::Isolation::in_process : plugin::Isolation::worker),
      tables_(read_tables(arguments.get("--tables"))) {
  if (folder_.empty()) folder_ = default_folder();
}

std::vector<std::string> ConnectorAccess::libraries() const {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder_, none)) {
    if (entry.path().extension() == ".so") found.push_back(entry.path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::expected<std::shared_ptr<plugin::Connector>, Report> ConnectorAccess::open(const std::string& library) {
  plugin::ConnectorConfig config;
  config.path = library;
  config.isolation = isolation_;
  config.tables = tables_;
  // A person waits for a large file, and ends what takes too long by hand.
  config.limits.wall = std::chrono::hours(24);
  config.limits.cpu = std::chrono::hours(24);
  config.workers = 2;  // one reads, the other shows the rows that read
  return plugin::load_connector(config, services_);
}

void ConnectorAccess::open_all() {
  if (all_open_) return;
  all_open_ = true;
  std::set<std::string> told;  // a table that does not compile stands in the way of each connector alike
  for (const std::string& library : libraries()) {
    auto connector = open(library);
    if (connector) {
      opened_.push_back(std::move(*connector));
      continue;
    }
    all_loaded_ = false;
    std::set<std::string> codes;
    for (const Finding& finding : connector.error().findings()) {
      // At the end each says once more that a table does not compile, without the place.
      const bool again = finding.source.empty() && finding.at.line == 0 && !codes.insert(finding.code).second;
      codes.insert(finding.code);
      const std::string place = is_table_file(finding.source) ? finding.source : library;
      if (again || !told.insert(to_line(finding, finding.source)).second) continue;
      fail(exit_environment, to_line(finding, place));
    }
  }
}

std::expected<std::shared_ptr<plugin::Connector>, std::string> ConnectorAccess::for_format(
    const std::string& format) {
  open_all();
  std::string formats;
  for (const auto& connector : opened_) {
    for (const plugin::FormatInfo& info : connector->info().formats) {
      if (info.name == format) return connector;
      formats += " " + info.name;
    }
  }
  return std::unexpected(formats.empty()
                             ? fmt::format("no connector in {}: build them, or give --connectors DIR", folder_)
                             : fmt::format("no connector has the format \"{}\"; there are:{}", format, formats));
}

std::expected<ConnectorAccess::Detected, std::string> ConnectorAccess::detect(std::string_view first_bytes) {
  open_all();
  Detected best;
  for (const auto& connector : opened_) {
    auto detection = connector->detect(first_bytes);
    if (!detection || detection->confidence <= best.detection.confidence) continue;
    best = {connector, std::move(*detection)};
  }
  if (best.connector == nullptr) {
    return std::unexpected("no connector knows this format; name it with --as FORMAT (purser connector list)");
  }
  return best;
}

plugin::Request request_of(const Arguments& arguments) {
  plugin::Request request;
  std::string as = arguments.get("--as");
  const auto cut = [&as] {
    const std::size_t colon = as.find(':');
    std::string head = as.substr(0, colon);
    as.erase(0, colon == std::string::npos ? as.size() : colon + 1);
    return head;
  };
  request.format = cut();
  request.message = cut();
  request.version = cut();
  request.partner = arguments.get("--partner");
  request.settings = arguments.get("--settings");
  request.strict = arguments.has("--strict");
  return request;
}

}  // namespace purser::cli
