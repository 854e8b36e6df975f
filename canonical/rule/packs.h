// The packs of rules that Purser brings, and programs compiled from them.
#pragma once

#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/rule/program.h"
#include "canonical/rule/rule.h"

namespace purser::rule {

/// A pack as a whole: what `rules: [peppol]` in a route switches on.
struct Pack {
  std::string_view name;   ///< "en16931"
  std::string_view title;  ///< one line
};

/// All packs, in order of their names. [any]
std::span<const Pack> packs();
[[nodiscard]] bool is_pack(std::string_view name);
/// All rule files, read once. What is wrong with one is a defect of the build, told by a test. [any]
const std::vector<RuleFile>& rule_files();
/// The rule with this id; null if there is none. [any]
const Rule* find_rule(std::string_view id);

/// The rules of `packs` for one document type, compiled once and kept. Null where these packs have none for
/// it. An unknown pack is passed over: settings are checked when they are read. [any]
std::shared_ptr<const Program> program_for(std::span<const std::string> packs, DocumentType document);

/// What to do about a rule that does not hold, told from its check: "Give seller.name."
std::string remedy_of(const Rule& rule);

}  // namespace purser::rule
