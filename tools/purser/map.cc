// map check and map doc: a mapping table, judged as a connector would at load, and told as a specification.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "canonical/map/call.h"
#include "canonical/map/explain.h"
#include "canonical/map/program.h"
#include "tools/purser/commands.h"
#include "tools/purser/files.h"
#include "tools/purser/render.h"
#include "tools/purser/table_operand.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

namespace fs = std::filesystem;

namespace {

// A table with everything it may use: the files of its folder and of the folders beside it.
struct LoadedTable {
  std::vector<std::string> texts;  // what the files below view
  std::vector<map::TableFile> library;
  map::TableFile main;
};

std::expected<LoadedTable, std::string> read_table_files(const Arguments& arguments) {
  const fs::path main = arguments.operands().front();
  if (!fs::is_regular_file(main)) return std::unexpected(fmt::format("no table at {}", main.string()));
  const fs::path folder = folder_of_table(arguments, main);
  LoadedTable loaded;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && is_table_file(entry.path())) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  const auto read = [](const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  loaded.texts.reserve(paths.size() + 1);
  for (const fs::path& path : paths) {
    if (fs::equivalent(path, main)) continue;
    loaded.texts.push_back(read(path));
    loaded.library.push_back({path.filename().string(), loaded.texts.back()});
  }
  loaded.texts.push_back(read(main));
  loaded.main = {main.string(), loaded.texts.back()};
  return loaded;
}

// The functions that `call NAME` rows need live in connectors; here every name a table calls is taken as
// given.
map::CallTable calls_named_in(const LoadedTable& loaded) {
  map::CallTable calls;
  constexpr std::string_view word = " call ";
  for (const std::string& text : loaded.texts) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t begin = at + word.size();
      const std::size_t end = std::min(text.find_first_of(" \t\n", begin), text.size());
      calls.add(text.substr(begin, end - begin), {[](const map::NodeView&, map::GroupEditor&) {},
                                                  [](const map::GroupEditor&, map::NodeEditor&) {}});
    }
  }
  return calls;
}

/// "d96a" of "d96a.map": what a table of EDIFACT for every directory means by `use directory`.
std::string_view directory_of(std::string_view file) {
  const auto digit = [&](std::size_t at) { return file[at] >= '0' && file[at] <= '9'; };
  const bool is = file.size() == 8 && file.ends_with(".map") && file[0] == 'd' && digit(1) && digit(2) &&
                  file[3] >= 'a' && file[3] <= 'c';
  return is ? file.substr(0, 4) : std::string_view{};
}

/// The table as it stands, or, where it is for every directory, once for each that has a file of its own: as
/// the connector makes it.
std::vector<std::string> versions_of(const LoadedTable& loaded) {
  constexpr std::string_view use = "\nuse directory", every = " * ";
  const std::string text(loaded.main.text);
  const std::size_t own = text.find(use), version = text.find(every);
  if (own == std::string::npos || version == std::string::npos || version > own) return {text};
  const std::size_t message = text.rfind(' ', version - 1) + 1;
  std::vector<std::string> made;
  for (const map::TableFile& file : loaded.library) {
    const std::string directory(directory_of(file.name));
    if (directory.empty()) continue;
    std::string upper = directory;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const std::string layout = "layout edifact " + text.substr(message, version - message) + " " + upper;
    if (std::ranges::none_of(loaded.library,
                             [&](const auto& each) { return each.text.find(layout) != each.text.npos; }))
      continue;
    made.push_back(text);
    made.back().replace(own, use.size(), "\nuse " + directory);
    made.back().replace(version, every.size(), " " + upper + " ");
  }
  return made.empty() ? std::vector{text} : made;
}

/// Of the last version, or what is wrong with the first that is.
std::expected<std::shared_ptr<const map::Program>, Report> load_versions(const LoadedTable& loaded,
                                                                         const map::CallTable& calls) {
  std::expected<std::shared_ptr<const map::Program>, Report> program;
  for (const std::string& text : versions_of(loaded)) {
    program = map::Program::load({loaded.main.name, text}, loaded.library, {}, calls);
    if (!program) break;
  }
  return program;
}

}  // namespace

int map_doc_command(const Arguments& arguments) {
  const auto loaded = read_table_files(arguments);
  if (!loaded) return fail(exit_environment, loaded.error());
  const map::CallTable calls = calls_named_in(*loaded);
  const auto program = load_versions(*loaded, calls);
  if (!program) {
    for (const Finding& finding : program.error().findings()) {
      fail(exit_findings, to_line(finding, finding.source));
    }
    return exit_findings;
  }
  print(map::specification(**program));
  return exit_ok;
}

int map_check_command(const Arguments& arguments) {
  const auto loaded = read_table_files(arguments);
  if (!loaded) return fail(exit_environment, loaded.error());
  const map::CallTable calls = calls_named_in(*loaded);
  const auto program = load_versions(*loaded, calls);
  if (arguments.json()) {
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    if (!program) {
      for (const Finding& finding : program.error().findings()) out.push_back(to_json(finding));
    }
    print_json(out);
    return program ? exit_ok : exit_findings;
  }
  if (!program) {
    for (const Finding& finding : program.error().findings()) print_line(to_line(finding, finding.source));
    return exit_findings;
  }
  const map::Program& table = **program;
  print_line(fmt::format("{} is good: {} {} {} {} {}", loaded->main.name, table.syntax(), table.message(),
                         table.version(),
                         table.reads() && table.writes() ? "<->"
                         : table.reads()                 ? "->"
                                                         : "<-",
                         type_name(table.document())));
  return exit_ok;
}

}  // namespace purser::cli
