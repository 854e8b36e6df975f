// Documents made from a row of the syntax rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/ubl/rules/syntax_rule.h"

namespace purser::ubl::testing {

struct SyntaxSample {
  bool holds = false;
  std::string document;
};

/// Small documents of the root, "Invoice" or "CreditNote": at least one that keeps to the row and one that
/// does not, for each context of the row.
std::vector<SyntaxSample> samples_of(const SyntaxRule& rule, std::string_view root);

}  // namespace purser::ubl::testing
