// connector_pages REPOSITORY [--update]: docs/reference/connectors/NAME.md from connectors/NAME/tables.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "tools/pages/page.h"

namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The tables of a connector, by name; empty if it has none of its own.
std::vector<purser::pages::TableText> tables_of(const fs::path& connector) {
  std::vector<purser::pages::TableText> tables;
  if (!fs::is_directory(connector / "tables")) return tables;
  for (const auto& entry : fs::recursive_directory_iterator(connector / "tables")) {
    if (entry.path().extension() == ".map")
      tables.emplace_back(fs::relative(entry.path(), connector).string(), file_text(entry.path()));
  }
  std::ranges::sort(tables);
  return tables;
}

/// The overlays of the example configuration, by name. Connectors bring none: they are a partner's.
std::vector<purser::pages::TableText> overlays_for(const fs::path& root, const std::string& connector) {
  std::vector<purser::pages::TableText> overlays;
  const fs::path folder = root / "config/tables" / connector;
  if (!fs::is_directory(folder)) return overlays;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".overlay")
      overlays.emplace_back(fs::relative(entry.path(), root).string(), file_text(entry.path()));
  }
  std::ranges::sort(overlays);
  return overlays;
}

}  // namespace

int main(int argc, char** argv) {
  const bool update = argc == 3 && std::string_view(argv[2]) == "--update";
  if (argc != 2 && !update) {
    fmt::print(stderr, "usage: connector_pages REPOSITORY [--update]\n");
    return 2;
  }
  const fs::path root = argv[1], pages = root / "docs/reference/connectors";
  std::set<fs::path> made;
  int stale = 0;
  fs::create_directories(pages);
  for (const auto& connector : fs::directory_iterator(root / "connectors")) {
    const auto tables = tables_of(connector.path());
    if (tables.empty()) continue;
    const auto name = connector.path().filename().string();
    const auto file = pages / (name + ".md");
    const auto text = purser::pages::page(name, tables, overlays_for(root, name));
    made.insert(file);
    if (file_text(file) == text) continue;
    if (update) {
      std::ofstream(file, std::ios::binary) << text;
    } else {
      fmt::print("{} is out of date: build/bin/connector_pages . --update\n", file.string());
      ++stale;
    }
  }
  for (const auto& entry : fs::directory_iterator(pages)) {
    if (made.contains(entry.path()) || entry.path().filename() == "README.md") continue;
    fmt::print("{} is of no connector: delete it\n", entry.path().string());
    ++stale;
  }
  return stale == 0 ? 0 : 1;
}
