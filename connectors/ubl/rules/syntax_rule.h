// Rules that ask for the XML itself, as declared in the *.rules files beside this header.
#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/finding/finding.h"
#include "canonical/spec/code_list.h"

namespace purser::ubl {

enum class Form : std::uint8_t {
  never,     ///< may not stand
  once,      ///< at most once
  twice,     ///< at most twice
  single,    ///< exactly once
  has,       ///< at least once
  must,      ///< at least once, with a value
  equal,     ///< all of one value
  codes,     ///< values of a set
  list,      ///< values of a code list
  decimals,  ///< at most two decimals
  date,      ///< YYYY-MM-DD, a day of the calendar
  filled,    ///< no element is empty
  same       ///< what the document says in an element, for attributes anywhere
};

/// `[cac:TaxScheme/cbc:ID=VAT]`, `[@schemeID!=SEPA]`, `[not cbc:DocumentTypeCode=130]`, `[.=50]`, `[cbc:ID]`.
/// Values are compared without regard to case; of two names the inner one may be missing, which is unequal.
/// `[@currencyID=$cbc:TaxCurrencyCode]`: what the document says there; cbc:DocumentCurrencyCode and
/// cbc:TaxCurrencyCode are known.
struct Predicate {
  enum class Kind : std::uint8_t { present, equal, unequal };  ///< unequal: there, and another value
  Kind kind = Kind::present;
  bool negated = false;
  std::vector<std::string> elements;  ///< up to two names; none for the element itself
  std::string attribute;
  std::vector<std::string> values;
};

struct SyntaxStep {
  std::string name;  ///< "cac:Party"; "*Amount" for names that end so, in contexts only
  std::vector<Predicate> predicates;
};
struct SyntaxPath {
  bool anywhere = false;  ///< begins at any depth
  std::vector<SyntaxStep> steps;
  std::string attribute;
};

/// One rule; the same id may have several rows.
struct SyntaxRule {
  std::string pack;  ///< "en16931"
  std::string id;
  Severity severity = Severity::warning;
  std::string
      root;  ///< "Invoice" or "CreditNote", where it holds for one of them only; "Order", "OrderResponse"
  Form form = Form::never;
  SyntaxPath path;
  std::string what;  ///< the row as written, without id and statement
  /// Of Form::codes; of Form::list, those that the list has and the rule has not; of Form::same, the element.
  std::vector<std::string> values;
  const CodeList* codes = nullptr;
  std::string except;                ///< element the rule passes over
  std::string given;                 ///< element of the document without which nothing is asked, as with `$`
  std::string of, not_of;            ///< how cbc:CustomizationID begins, and how it does not
  bool unlike_seller = false;        ///< and the payee has another name than the seller
  std::vector<SyntaxPath> contexts;  ///< elements it is judged in, each anew; none: the document
  std::string statement;
  /// It is about orders and what answers them, not about invoices.
  [[nodiscard]] bool about_orders() const { return root.starts_with("Order"); }
};

/// Reads the text of a rule file; what is wrong is told with file and line. [any]
std::expected<std::vector<SyntaxRule>, std::string> read_syntax_rules(std::string_view name,
                                                                      std::string_view text);

/// The rules this connector brings, read once: EN 16931's for UBL, and Peppol's. [any]
const std::vector<SyntaxRule>& syntax_rules();

}  // namespace purser::ubl
