#include "connectors/edifact/tables.h"

#include <algorithm>
#include <array>

#include "canonical/map/call.h"
#include "connectors/edifact/directory.h"
#include "connectors/edifact/embedded.h"

namespace purser::edifact {
namespace {

constexpr std::string_view every_directory = "*";  ///< in the place of a table's version
constexpr std::string_view own_of_directory = "use directory";

/// The first statement of a table or layout, as words; empty if it is of another syntax.
std::vector<std::string_view> first_words(std::string_view text) {
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
    if (words.size() < 4 || words[1] != "edifact") return {};
    return words;
  }
  return {};
}

/// What `statement` ("map", "layout") a text begins with is for; empty message if it is none.
TableKey key_of(std::string_view text, std::string_view statement) {
  const auto words = first_words(text);
  if (words.empty() || words[0] != statement || words[2] == "common") return {};
  return {std::string(words[2]), std::string(words[3])};
}

std::string upper(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return made;
}

/// "d96a" for a file "tables/d96a.map", which says what a directory writes another way; empty for another file.
std::string_view directory_of(std::string_view file) {
  file = file.substr(file.rfind('/') + 1);
  constexpr std::string_view ending = ".map";
  if (!file.ends_with(ending)) return {};
  file.remove_suffix(ending.size());
  return directory_age(upper(file)) ? file : std::string_view{};
}

/// The one of `own` that is nearest to `directory` in time.
std::string_view nearest_own(std::string_view directory, std::span<const std::string_view> own) {
  std::vector<std::string> names;
  for (const std::string_view name : own) names.push_back(upper(name));
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string_view nearest = nearest_directory(directory, known);
  const auto found = std::ranges::find(known, nearest);
  return found == known.end() ? std::string_view{} : own[static_cast<std::size_t>(found - known.begin())];
}

/// A table for every directory as one for this directory, line for line.
std::string for_directory(std::string_view text, const std::string& directory, std::string_view own) {
  std::string made(text);
  made.replace(made.find(" * "), 3, " " + directory + " ");
  if (const std::size_t use = made.find(own_of_directory); use != std::string::npos) {
    made.replace(use, own_of_directory.size(), "use " + std::string(own));
  }
  return made;
}

// Where several are of one kind of document, the first is written unless the route says otherwise.
constexpr std::array served = {ServedMessage{"ORDERS", DocumentType::purchase_order},
                               ServedMessage{"ORDCHG", DocumentType::order_change},
                               ServedMessage{"ORDRSP", DocumentType::order_response},
                               ServedMessage{"DESADV", DocumentType::ship_notice},
                               ServedMessage{"RECADV", DocumentType::receipt},
                               ServedMessage{"INVOIC", DocumentType::invoice},
                               ServedMessage{"REMADV", DocumentType::remittance},
                               ServedMessage{"CONTRL", DocumentType::acknowledgement},
                               ServedMessage{"APERAK", DocumentType::acknowledgement}};

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

std::span<const ServedMessage> served_messages() { return served; }

Tables::Tables(std::vector<sdk::TableText> configured) : texts_(std::move(configured)), configured_(texts_.size()) {
  for (const sdk::EmbeddedFile& file : embedded_files()) texts_.push_back({file.name, file.text});
  // What is configured comes first and stays, and a table of one directory goes before one of every directory.
  std::map<std::string, std::size_t> general;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    const TableKey key = key_of(texts_[i].text, "map");
    if (key.message.empty()) continue;
    if (key.version == every_directory) general.emplace(key.message, i);
    else main_.emplace(key, i);
  }
  for (const sdk::TableText& text : texts_) {
    const TableKey key = key_of(text.text, "layout");
    if (const auto table = general.find(key.message); table != general.end()) main_.emplace(key, table->second);
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
  const auto* found = std::ranges::find(served, document, &ServedMessage::document);
  return found == served.end() ? std::string_view{} : found->name;
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
  std::vector<std::string_view> own;
  for (const sdk::TableText& text : texts_) {
    library.push_back({std::string(text.name), text.text});
    if (const std::string_view name = directory_of(text.name); !name.empty()) own.push_back(name);
  }
  std::string made;
  if (key_of(texts_[main->second].text, "map").version == every_directory) {
    made = for_directory(texts_[main->second].text, key.version, nearest_own(key.version, own));
    library[main->second].text = made;
  }
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
