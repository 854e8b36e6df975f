// The examples of docs/writing-mapping-tables.md load as they stand there.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "canonical/map/call.h"
#include "canonical/map/program.h"

namespace purser::map {
namespace {

std::vector<std::string> blocks(const std::string& page, const std::string& kind) {
  std::vector<std::string> found;
  const std::string fence = "\n```" + kind + "\n";
  for (std::size_t at = page.find(fence); at != std::string::npos; at = page.find(fence, at + 1)) {
    const std::size_t start = at + fence.size();
    found.push_back(page.substr(start, page.find("\n```", start) - start) + "\n");
  }
  return found;
}

TEST(Docs, ExamplesLoad) {
  const char* source = std::getenv("PURSER_SOURCE");
  std::ifstream file(std::string(source == nullptr ? "." : source) + "/docs/writing-mapping-tables.md",
                     std::ios::binary);
  ASSERT_TRUE(file) << "run from the project's root, or set PURSER_SOURCE";
  const std::string page(std::istreambuf_iterator<char>(file), {});
  const auto tables = blocks(page, "map"), layouts = blocks(page, "layout"),
             overlays = blocks(page, "overlay");
  ASSERT_EQ(tables.size(), 3U);
  ASSERT_EQ(layouts.size(), 1U);
  ASSERT_EQ(overlays.size(), 1U);
  const TableFile layout{"note.layout", layouts[0]};
  const TableFile overlay{"acme.overlay", overlays[0]};
  for (const std::string& table : tables) {
    const bool xml = table.starts_with("map xml");
    const auto program =
        Program::load({"page.map", table}, {&layout, 1}, std::span(&overlay, xml ? 1U : 0U), CallTable());
    if (program) continue;
    for (const Finding& finding : program.error().findings())
      ADD_FAILURE() << to_line(finding, finding.source);
  }
}

}  // namespace
}  // namespace purser::map
