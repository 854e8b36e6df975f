// Cases for rules, read from the tables beside this header.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace purser::rule::testing {

enum class Verdict : std::uint8_t { holds, fails, fails_for_invoices };

struct Case {
  std::string rule;
  Verdict verdict = Verdict::holds;
  std::string text;  ///< as written
  int line = 0;
  nlohmann::ordered_json document;  ///< after the changes
};
struct CaseTable {
  std::string pack;
  std::vector<Case> cases;
  std::vector<std::pair<std::string, nlohmann::ordered_json>> variants;  ///< good documents
};

/// Reads tests/canonical/rule/NAME; throws what is wrong with it.
CaseTable read_cases(const std::string& name);
/// The rules that give a finding for a canonical document.
std::vector<std::string> findings_of(const nlohmann::ordered_json& document, const std::string& pack);

}  // namespace purser::rule::testing
