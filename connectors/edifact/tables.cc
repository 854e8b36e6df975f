#include "connectors/edifact/tables.h"

#include <algorithm>
#include <array>

#include "canonical/map/call.h"
#include "connectors/edifact/embedded.h"

namespace purser::edifact {
namespace {

/// The three words behind "map edifact" in a table's first statement; empty message if it is none.
TableKey key_of(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size() && words.size() < 4;) {
      const std::size_t begin = line.find_first_not_of(" \t\r", at);
      if (begin == std::string_view::npos) break;
      at = std::min(line.find_first_of(" \t\r", begin), line.size());
      words.push_back(line.substr(begin, at - begin));
    }
    if (words.empty() || words[0].starts_with('#')) continue;
    if (words.size() < 4 || words[0] != "map" || words[1] != "edifact" || words[2] == "common") return {};
    return {std::string(words[2]), std::string(words[3])};
  }
  return {};
}

struct Written {
  DocumentType document;
  std::string_view message;
};
constexpr std::array written = {
    Written{DocumentType::purchase_order, "ORDERS"}, Written{DocumentType::order_change, "ORDCHG"},
    Written{DocumentType::order_response, "ORDRSP"}, Written{DocumentType::ship_notice, "DESADV"},
    Written{DocumentType::receipt, "RECADV"},        Written{DocumentType::invoice, "INVOIC"}};

const map::CallTable& no_calls() {
  static const map::CallTable calls;
  return calls;
}

ProgramResult refuse(std::string_view code, std::string message) {
  Report report;
  report.add(make_finding(code, {}, std::move(message)));
  return std::unexpected(std::move(report));
}

}  // namespace

Tables::Tables(std::vector<sdk::TableText> configured) : texts_(std::move(configured)), configured_(texts_.size()) {
  for (const sdk::EmbeddedFile& file : embedded_files()) texts_.push_back({file.name, file.text});
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const TableKey key = key_of(texts_[i].text);
    if (!key.message.empty()) main_.emplace(key, i);  // the configured one came first and stays
  }
}

Report Tables::check() {
  Report all;
  for (const auto& [key, index] : main_) {
    if (index >= configured_) continue;
    if (const ProgramResult program = find(key, {}); !program) {
      for (const Finding& finding : program.error().findings()) all.add(finding);
    }
  }
  return all;
}

std::vector<std::string_view> Tables::directories(std::string_view message) const {
  std::vector<std::string_view> found;
  for (const auto& [key, index] : main_) {
    if (key.message == message) found.push_back(key.version);
  }
  return found;
}

std::string_view Tables::message_for(DocumentType document) const {
  const auto* found = std::ranges::find(written, document, &Written::document);
  return found == written.end() ? std::string_view{} : found->message;
}

ProgramResult Tables::find(const TableKey& key, std::span<const std::string> overlays) {
  const std::pair wanted(key, std::vector<std::string>(overlays.begin(), overlays.end()));
  const std::lock_guard lock(mutex_);
  const auto kept = programs_.find(wanted);
  if (kept != programs_.end()) return kept->second;
  return programs_.emplace(wanted, load(key, overlays)).first->second;
}

ProgramResult Tables::load(const TableKey& key, std::span<const std::string> overlays) const {
  const auto main = main_.find(key);
  if (main == main_.end()) return refuse("EDIFACT-0051", "there is no table for " + key.message + " " + key.version);
  std::vector<map::TableFile> library;
  for (const sdk::TableText& text : texts_) library.push_back({std::string(text.name), text.text});
  std::vector<map::TableFile> over;
  for (const std::string& name : overlays) {
    const auto found = std::ranges::find_if(texts_, [&](const sdk::TableText& text) {
      return text.name == name || text.name == name + ".overlay";
    });
    if (found == texts_.end()) return refuse("EDIFACT-0056", "there is no overlay \"" + name + "\"");
    over.push_back({std::string(found->name), found->text});
  }
  return map::Program::load(library[main->second], library, over, no_calls());
}

}  // namespace purser::edifact
