#include "canonical/rule/packs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <stdexcept>

#include "canonical/rule/embedded.h"

namespace purser::rule {

std::span<const Pack> packs() {
  static constexpr std::array all = {
      Pack{"en16931", "EN 16931: the European core invoice"},
      Pack{"peppol", "Peppol BIS 3: billing, ordering, despatch, and the rules of single countries"},
      Pack{"xrechnung", "XRechnung: invoices to German public buyers"},
  };
  return all;
}

bool is_pack(std::string_view name) { return std::ranges::find(packs(), name, &Pack::name) != packs().end(); }

const std::vector<RuleFile>& rule_files() {
  static const std::vector<RuleFile> all = [] {
    std::vector<RuleFile> files;
    for (const EmbeddedRules& embedded : embedded_files()) {
      auto file = read_rules(embedded.name, embedded.text);
      if (!file) throw std::logic_error(file.error());
      files.push_back(*std::move(file));
    }
    return files;
  }();
  return all;
}

const Rule* find_rule(std::string_view id) {
  static const auto by_id = [] {
    std::map<std::string_view, const Rule*> all;
    for (const RuleFile& file : rule_files())
      for (const Rule& rule : file.rules) all.emplace(rule.id, &rule);
    return all;
  }();
  const auto found = by_id.find(id);
  return found == by_id.end() ? nullptr : found->second;
}

std::shared_ptr<const Program> program_for(std::span<const std::string> packs, DocumentType document) {
  static std::mutex mutex;  // guards compiled
  static std::map<std::pair<std::vector<std::string>, DocumentType>, std::shared_ptr<const Program>> compiled;
  std::vector<std::string> wanted(packs.begin(), packs.end());
  std::ranges::sort(wanted);
  const std::scoped_lock lock(mutex);
  const auto [entry, fresh] = compiled.try_emplace({wanted, document});
  if (!fresh) return entry->second;
  std::vector<const RuleFile*> files;
  for (const RuleFile& file : rule_files()) {
    if (file.document == document && std::ranges::binary_search(wanted, file.pack)) files.push_back(&file);
  }
  if (files.empty()) return nullptr;
  auto program = Program::compile(files, document);
  if (!program) {
    compiled.erase(entry);
    throw std::logic_error(program.error());
  }
  entry->second = std::make_shared<const Program>(*std::move(program));
  return entry->second;
}

std::string remedy_of(const Rule& rule) {
  const std::string& check = rule.check;
  const auto plain = [&](std::string_view ending) {
    if (!check.ends_with(ending)) return std::string();
    const std::string path = check.substr(0, check.size() - ending.size());
    return path.find_first_of(" ()[]") == std::string::npos ? path : std::string();
  };
  const std::string around = rule.context == "document" ? "" : rule.context + ".";
  if (const auto path = plain(" != ''"); !path.empty()) return fmt::format("Give {}{}.", around, path);
  if (check.find_first_of(" ()[]") == std::string::npos) return fmt::format("Give {}{}.", around, check);
  if (check.starts_with("not ") && check.find_first_of(" ()[]", 4) == std::string::npos)
    return fmt::format("Leave {}{} out.", around, check.substr(4));
  if (check.starts_with("scale(") && check.ends_with(" <= 2")) return "Round to two decimals before sending.";
  if (const auto in = check.find(" in "); in != std::string::npos && check.find('(') == std::string::npos)
    return fmt::format("Use a code of the list {}.", check.substr(in + 4));
  constexpr std::string_view one_of = ". in (";
  if (check.starts_with(one_of) && check.find(')') == check.size() - 1)
    return fmt::format("Use one of {}.", check.substr(one_of.size(), check.size() - one_of.size() - 1));
  return fmt::format("Mend the document so that this holds: {}", check);
}

}  // namespace purser::rule
