// What a business rule is, as declared in the *.rules files of this folder.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/spec/descriptor.h"

namespace purser::rule {

/// One rule. Its id is the code of the finding it makes: "BR-CO-15".
struct Rule {
  std::string id;
  Severity severity = Severity::error;  ///< error where its publisher says fatal, else warning
  std::string terms;                    ///< business terms it speaks of: "BT-109 BT-110 BT-112"
  std::string statement;                ///< what must hold, one sentence in our own words
  std::string context;                  ///< what it is judged for: "document", "lines", "tax_subtotals"
  std::string check;                    ///< the expression that must hold (canonical/rule/README.md)
  std::string mend;                     ///< what to do, where more can be said than the check says
  std::string instead_of;               ///< rule of another pack that this one takes the place of …
  std::string when;                     ///< … where this holds of the document
  int line = 0;                         ///< of its file
};

/// A set of rules that is switched on together: "en16931", "peppol", "xrechnung". One file is one part of it.
struct RuleFile {
  std::string name;    ///< "en16931/document.rules"
  std::string pack;    ///< "en16931"
  std::string title;   ///< of this part: "The document as a whole"
  std::string source;  ///< the publication the rules come from, with its state
  DocumentType document = DocumentType::invoice;
  std::vector<Rule> rules;
};

/// What is wrong with a rule file: "document.rules:12: unknown field 'sellr', nearest is 'seller'".
using RuleFault = std::string;

/// Reads the text of a rule file. Repeats are expanded, named expressions put in. [any]
std::expected<RuleFile, RuleFault> read_rules(std::string_view name, std::string_view text);

}  // namespace purser::rule
