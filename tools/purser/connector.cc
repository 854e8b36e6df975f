// connector list | inspect | check | new
#include <fmt/format.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "tools/purser/commands.h"
#include "tools/purser/connector_access.h"
#include "tools/purser/files.h"
#include "tools/purser/render.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

namespace {

std::string directions(bool decodes, bool encodes) {
  return decodes && encodes ? "reads, writes" : decodes ? "reads" : "writes";
}

ordered_json to_json(const plugin::Connector& connector, const std::string& library) {
  const plugin::ConnectorInfo& info = connector.info();
  ordered_json out{{"name", info.name},
                   {"version", info.version},
                   {"title", info.title},
                   {"library", library},
                   {"sha256", connector.sha256()},
                   {"abi", fmt::format("{}.{}", info.abi_major, info.abi_minor)}};
  out["formats"] = ordered_json::array();
  for (const plugin::FormatInfo& format : info.formats) {
    ordered_json messages = ordered_json::array();
    for (const plugin::MessageInfo& message : format.messages) {
      messages.push_back({{"name", message.name},
                          {"document", type_name(message.document)},
                          {"reads", message.decodes},
                          {"writes", message.encodes},
                          {"versions", message.versions}});
    }
    out["formats"].push_back({{"name", format.name},
                              {"title", format.title},
                              {"reads", format.decodes},
                              {"writes", format.encodes},
                              {"media_types", format.media_types},
                              {"messages", messages}});
  }
  if (!info.settings_schema.empty()) {
    out["settings_schema"] = ordered_json::parse(info.settings_schema, nullptr, false);
  }
  out["secrets"] = info.secrets;
  out["needs"] = info.needs;
  return out;
}

int print_findings(const Report& report, const std::string& file, bool json) {
  if (json) {
    ordered_json out = ordered_json::array();
    for (const Finding& finding : report.findings()) out.push_back(cli::to_json(finding));
    print_json(out);
  } else {
    for (Finding finding : report.findings()) {
      // What is wrong with a table stands in the table, not in the library around it.
      const std::string place = is_table_file(finding.source) ? std::exchange(finding.source, {}) : file;
      print_line(to_line(finding, place));
    }
  }
  return exit_findings;
}

// A library by path, or by name in the connectors' folder.
std::string library_path(const ConnectorAccess& access, const std::string& operand) {
  if (fs::exists(operand)) return operand;
  return (fs::path(access.folder()) / (operand + ".so")).string();
}

std::string no_connector(ConnectorAccess& access, const std::string& named) {
  if (const auto by_format = access.for_format(named)) {
    return fmt::format("no connector {0}, but {1} has a format {0}", named, (*by_format)->info().name);
  }
  return fmt::format("no connector {} in {} and no file of this name; purser connector list", named, access.folder());
}

}  // namespace

int connector_list_command(const Arguments& arguments) {
  ConnectorAccess access(arguments);
  const auto libraries = access.libraries();
  if (libraries.empty()) return fail(exit_environment, fmt::format("no connector in {}", access.folder()));
  Table table({"name", "version", "format", "message", "document", "versions", "does"});
  ordered_json out = ordered_json::array();
  int code = exit_ok;
  for (const std::string& library : libraries) {
    const auto connector = access.open(library);
    if (!connector) {
      code = print_findings(connector.error(), library, false);
      continue;
    }
    out.push_back(to_json(**connector, library));
    const plugin::ConnectorInfo& info = (*connector)->info();
    for (const plugin::FormatInfo& format : info.formats) {
      for (const plugin::MessageInfo& message : format.messages) {
        table.add({info.name, info.version, format.name, message.name, type_name(message.document),
                   fmt::format("{}", fmt::join(message.versions, " ")),
                   directions(message.decodes, message.encodes)});
      }
      if (format.messages.empty()) {
        table.add({info.name, info.version, format.name, "-", "-", "", directions(format.decodes, format.encodes)});
      }
    }
  }
  if (arguments.json()) {
    print_json(out);
  } else {
    print(table.text());
  }
  return code;
}

int connector_inspect_command(const Arguments& arguments) {
  ConnectorAccess access(arguments);
  const std::string& named = arguments.operands().front();
  const std::string library = library_path(access, named);
  if (!fs::exists(library)) return fail(exit_environment, no_connector(access, named));
  const auto connector = access.open(library);
  if (!connector) return print_findings(connector.error(), library, arguments.json());
  if (arguments.json()) {
    print_json(to_json(**connector, library));
    return exit_ok;
  }
  const plugin::ConnectorInfo& info = (*connector)->info();
  print_line(fmt::format("{} {}  {}\n  library  {}\n  sha256   {}\n  abi      {}.{}", info.name, info.version,
                         info.title, library, (*connector)->sha256(), info.abi_major, info.abi_minor));
  for (const plugin::FormatInfo& format : info.formats) {
    print_line(fmt::format("  format   {}  {}  ({})", format.name, format.title,
                           fmt::join(format.media_types, ", ")));
    for (const plugin::MessageInfo& message : format.messages) {
      print_line(fmt::format("    {:<24} {:<18} {}  {}", message.name, type_name(message.document),
                             directions(message.decodes, message.encodes), fmt::join(message.versions, " ")));
    }
  }
  if (!info.settings_schema.empty()) print_line("  settings " + info.settings_schema);
  for (const std::string& secret : info.secrets) print_line("  secret   " + secret);
  return exit_ok;
}

int connector_check_command(const Arguments& arguments) {
  ConnectorAccess access(arguments);
  const std::string library = library_path(access, arguments.operands().front());
  if (!fs::exists(library)) return fail(exit_environment, no_connector(access, arguments.operands().front()));
  const Report report = plugin::check_connector(library);
  if (!report.empty()) return print_findings(report, library, arguments.json());
  if (arguments.json()) {
    print_json(ordered_json::array());
  } else {
    print_line(library + " keeps the contract");
  }
  return exit_ok;
}

int connector_new_command(const Arguments& arguments) {
  const std::string& name = arguments.operands().front();
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789_";
  if (name.empty() || name.find_first_not_of(allowed) != std::string::npos || name.front() < 'a') {
    return fail(exit_usage, "a connector's name is made of a-z, 0-9 and _, and begins with a letter");
  }
  std::string capitals = name;
  for (char& c : capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const fs::path into = fs::path(arguments.get("--into", ".")) / name;
  if (fs::exists(into)) return fail(exit_environment, into.string() + " is there already");
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
  const fs::path model = program.parent_path() / "share" / "purser" / "template";
  if (!fs::exists(model)) return fail(exit_environment, "the template is missing: " + model.string());
  for (const auto& entry : fs::recursive_directory_iterator(model)) {
    if (!entry.is_regular_file()) continue;
    std::string place = entry.path().lexically_relative(model).string();
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    for (std::string* part : {&place, &text}) {
      for (const auto& [model_name, own] :
           {std::pair<std::string_view, const std::string&>{"template", name},
            std::pair<std::string_view, const std::string&>{"TEMPLATE", capitals}}) {
        for (std::size_t at = 0; (at = part->find(model_name, at)) != std::string::npos; at += own.size()) {
          part->replace(at, model_name.size(), own);
        }
      }
    }
    fs::create_directories((into / place).parent_path());
    std::ofstream(into / place, std::ios::binary) << text;
    print_line((into / place).string());
  }
  print_line(fmt::format("build it: cmake -G Ninja -S {0} -B {0}/build -DCMAKE_PREFIX_PATH={1} && cmake --build {0}/build",
                         into.string(), program.parent_path().string()));
  return exit_ok;
}

}  // namespace purser::cli
