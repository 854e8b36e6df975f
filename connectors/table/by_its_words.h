// Invoices that are judged by rules are read by their words.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "canonical/event/document_sink.h"
#include "canonical/map/syntax.h"

namespace purser::table {

/// Where a format says what its tables take for granted otherwise.
struct Words {
  std::string_view currency;  ///< the element that says the document's currency
  std::string_view amount;    ///< the total tax, whose @currencyID may say it instead; empty: any element's
  std::span<const std::string_view> taxes;         /// elements that name a tax …
  std::string_view scheme;                         ///< … in this child, if not empty, …
  std::string_view type;                           ///< … by this element
  bool (*may_be_blank)(std::string_view element);  ///< true of texts and codes; a blank amount is no amount
};

/// Stands before a table's decoder. What EN 16931 asks of a document, its own words must say, and the model
/// takes more for granted: all taxes for VAT unless they say otherwise, the amounts' currency for the
/// document's. So here
///  - a tax that does not say of which type it is becomes one of unspecified type (UNTDID 5153: OTH),
///  - @currencyID is kept back, as a loss, while the document has not told its currency,
///  - the total tax, where its element is named, that is told twice in that currency is a finding (BR-CO-15),
///  - an element that is there but blank is a value, an empty one: many rules ask for no more.
/// `words` must outlive the result, `next` and `notes` too. [serial]
std::unique_ptr<map::SyntaxSink> by_its_words(const Words& words, map::SyntaxSink& next, DocumentSink& notes);

/// The packs of rules that a request's settings name: {"rules": ["en16931"]}. [any]
std::vector<std::string> packs_of(const std::string& settings);

}  // namespace purser::table
