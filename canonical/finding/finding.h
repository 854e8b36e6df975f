// What is wrong with a document, said so that a person can mend it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/value/position.h"

namespace purser {

/// What a finding means for its document.
enum class Severity : std::uint8_t {
  info = 1,     ///< worth knowing; nothing to do
  warning = 2,  ///< the document goes on; a route may be set strict
  error = 3,    ///< the document is not valid for its purpose: it parks or is rejected
  fatal = 4     ///< reading stopped here; what follows was not looked at
};

/// One finding. `code` is stable for ever, listed in canonical/finding/catalogue/ (area, number:
/// "XML-0007", "EDIFACT-0013", "MAP-0004"); it may be retired, never reused.
struct Finding {
  std::string code;
  Severity severity = Severity::error;
  Position at;           ///< place in the source document; all zero where there is none
  std::string source;    ///< the source's own name for the place: "NAD.C082.3039", "/Invoice/cbc:ID"
  std::string path;      ///< canonical path, "lines[3].price.amount"; empty where none applies
  std::string message;   ///< one sentence: what was found, with the offending value (cut to max_value_shown)
  std::string expected;  ///< what would have been right
  std::string remedy;    ///< what to do, from the catalogue or more exact

  static constexpr std::size_t max_value_shown = 80;  ///< so that a hostile value cannot flood a log
};

/// All findings of one document, in order of discovery. Bounded: a hostile document cannot exhaust memory;
/// what exceeds the bound is counted. Not thread safe: one report belongs to one document's work.
class Report {
 public:
  static constexpr std::size_t max_findings = 1000;  ///< more help nobody; the count still tells

  void add(Finding finding);
  [[nodiscard]] const std::vector<Finding>& findings() const { return findings_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }  ///< beyond max_findings
  [[nodiscard]] bool has(Severity at_least) const { return worst_ >= static_cast<std::uint8_t>(at_least); }
  [[nodiscard]] bool empty() const { return findings_.empty(); }
  [[nodiscard]] bool full() const { return findings_.size() >= max_findings; }

 private:
  std::vector<Finding> findings_;
  std::uint64_t dropped_ = 0;
  std::uint8_t worst_ = 0;
};

/// `value` cut to max_value_shown bytes at a character boundary, with an ellipsis where something is missing.
std::string shown(std::string_view value);

/// "invoice.edi:12:5: error EDIFACT-0013: ... (expected ...; remedy ...)"
std::string to_line(const Finding& finding, std::string_view file);

/// An explanation for the operator, one per code. The table is generated from catalogue/*.txt.
struct CatalogueEntry {
  std::string_view code;
  Severity severity;             ///< the usual one
  std::string_view title;        ///< a few words
  std::string_view explanation;  ///< what it means
  std::string_view remedy;       ///< what to do
  bool retired;
};
/// Null if the code is not in the catalogue. [any]
const CatalogueEntry* find_catalogue_entry(std::string_view code);

/// A finding with severity and remedy taken from the catalogue; an unknown code is a defect (asserts).
Finding make_finding(std::string_view code, const Position& at, std::string message);

}  // namespace purser
