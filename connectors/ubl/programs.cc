#include "connectors/ubl/programs.h"

#include <algorithm>
#include <utility>

#include "connectors/ubl/calls.h"
#include "plugins/sdk/embedded.h"

namespace purser::ubl {

/// The files below tables/ and layout/, embedded by the build.
std::span<const sdk::EmbeddedFile> embedded_files();

namespace {

const map::CallTable& call_table() {
  static const auto table = calls();
  return table;
}

}  // namespace

Programs::Programs(std::vector<ConfiguredTable> configured) : configured_(std::move(configured)) {
  for (const auto& file : embedded_files()) files_.push_back({std::string(file.name), file.text});
  for (const auto& table : configured_) files_.push_back({table.name, table.text});
}

Programs::~Programs() = default;

std::expected<std::shared_ptr<const map::Program>, Report> Programs::get(
    const Document& document, std::span<const std::string> overlays) {
  std::string key(document.table);
  for (const auto& overlay : overlays) key += '\n' + overlay;
  const std::lock_guard lock(mutex_);
  if (const auto found = compiled_.find(key); found != compiled_.end()) return found->second;

  Report report;
  std::vector<map::TableFile> applied;
  for (const auto& overlay : overlays) {
    const auto found = std::ranges::find(files_, overlay, &map::TableFile::name);
    if (found == files_.end()) {
      report.add(make_finding("UBL-0006", {}, "no table named " + overlay));
    } else {
      applied.push_back(*found);
    }
  }
  if (!report.empty()) return std::unexpected(std::move(report));

  const auto main = std::ranges::find(files_, document.table, &map::TableFile::name);
  auto program = map::Program::load(*main, files_, applied, call_table());
  if (program) compiled_.emplace(std::move(key), *program);
  return program;
}

}  // namespace purser::ubl
