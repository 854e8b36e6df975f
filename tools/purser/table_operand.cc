#include "tools/purser/table_operand.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "tools/purser/files.h"
#include "tools/purser/terminal.h"

namespace purser::cli {

namespace fs = std::filesystem;

namespace {

/// "map delimited acme_csv <-> invoice": what reads by the table, and its name.
struct TableHead {
  std::string syntax, name;
};

std::optional<TableHead> head_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string first;
    TableHead head;
    if (words >> first >> head.syntax >> head.name && first == "map") return head;
  }
  return std::nullopt;
}

}  // namespace

fs::path folder_of_table(const Arguments& arguments, const fs::path& table) {
  if (const std::string given = arguments.get("--tables"); !given.empty()) return given;
  const fs::path folder = fs::absolute(table).parent_path();
  return fs::exists(folder.parent_path() / "layout") ? folder.parent_path() : folder;
}

int read_by_table(const Arguments& arguments, const char* flag, int (*run)(const Arguments&)) {
  const std::string& table = arguments.operands().front();
  if (!is_table_file(table)) {
    Arguments with = arguments;
    with.set(flag, "");
    return run(with);
  }
  if (arguments.operands().size() == 1)
    return fail(exit_usage, fmt::format("by {}, but which file? TABLE FILE...", table));
  const auto head = head_of(table);
  if (!head)
    return fail(exit_environment,
                fmt::format("{} is no mapping table: it has no line `map SYNTAX NAME …`", table));
  Arguments by;
  by.set(flag, "");
  for (const char* name : {"--partner", "--settings", "--connectors", "--as"}) {
    if (arguments.has(name)) by.set(name, arguments.get(name));
  }
  for (const char* name : {"--in-process", "--json"}) {
    if (arguments.has(name)) by.set(name, "");
  }
  by.set("--tables", folder_of_table(arguments, table).string());
  const bool own =
      head->syntax == "delimited" || head->syntax == "xml";  // the connector mapped takes it by name
  if (!by.has("--as")) {
    by.set("--as", head->syntax == "delimited" ? "csv" : head->syntax);
    if (own && !by.has("--settings"))
      by.set("--settings", fmt::format(R"({{"table":{}}})", json_string(head->name)));
  }
  for (std::size_t i = 1; i < arguments.operands().size(); ++i) by.add_operand(arguments.operands()[i]);
  return run(by);
}

}  // namespace purser::cli
