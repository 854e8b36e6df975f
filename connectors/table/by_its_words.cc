#include "connectors/table/by_its_words.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace purser::table {
namespace {

/// UNTDID 5153: other taxes, unspecified.
constexpr std::string_view unspecified_tax = "OTH";

/// The decoder passes empty texts over unless they are numbered.
constexpr map::LeafAddress meant_though_empty{{}, 1, 0, 0};

class ByItsWords : public map::SyntaxSink {
 public:
  ByItsWords(const Words& words, map::SyntaxSink& next, DocumentSink& notes)
      : words_(words), next_(next), notes_(notes) {}

  Outcome open(std::string_view name, const Position& at) override {
    ++depth_;
    blank_ = words_.may_be_blank(name);
    currency_here_ = name == words_.currency;
    amount_here_ = words_.amount.empty() || name == words_.amount;
    if (std::ranges::find(words_.taxes, name) != words_.taxes.end())
      taxes_.push_back({depth_, words_.scheme.empty() ? depth_ : 0, false});
    if (!taxes_.empty()) {
      Tax& tax = taxes_.back();
      if (!words_.scheme.empty() && name == words_.scheme && depth_ == tax.depth + 1) tax.scheme = depth_;
      type_here_ = name == words_.type && tax.scheme != 0 && depth_ == tax.scheme + 1;
    }
    return next_.open(name, at);
  }

  Outcome leaf(const map::LeafAddress& where, std::string_view text, const Position& at) override {
    if (where.name.empty() && text.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      blank_ = false;
      if (currency_here_ && !currency_said_) {
        currency_said_ = true;
        currency_ = text;
      }
      if (type_here_) taxes_.back().said = true;
    }
    if (!amount_here_ || where.name != "currencyID") return next_.leaf(where, text, at);
    if (currency_said_) {
      if (!words_.amount.empty() && text == currency_ && ++tax_totals_ == 2) told_twice(at);
      return next_.leaf(where, text, at);
    }
    notes_.loss({at, "@currencyID", std::string(text)});
    return {};
  }

  Outcome close(const Position& at) override {
    Outcome done;
    if (blank_) {
      done = next_.leaf(meant_though_empty, {}, at);
      if (type_here_) taxes_.back().said = true;
    }
    if (done && !taxes_.empty()) done = close_in_tax(at);
    blank_ = currency_here_ = type_here_ = false;
    --depth_;
    return done ? next_.close(at) : done;
  }

 private:
  struct Tax {
    unsigned depth, scheme;  ///< of its element, and of the one that names the type in it; 0: not open yet
    bool said;
  };

  /// At the end of the tax, or of its scheme: says what they have not.
  Outcome close_in_tax(const Position& at) {
    Tax& tax = taxes_.back();
    const bool whole = tax.depth == depth_;
    Outcome done;
    if (!tax.said && (whole || tax.scheme == depth_)) {
      tax.said = true;
      const bool scheme = whole && !words_.scheme.empty();
      if (scheme) done = next_.open(words_.scheme, at);
      if (done) done = next_.open(words_.type, at);
      if (done) done = next_.leaf({}, unspecified_tax, at);
      if (done) done = next_.close(at);
      if (done && scheme) done = next_.close(at);
    }
    if (whole) taxes_.pop_back();
    return done;
  }

  void told_twice(const Position& at) {
    Finding finding;
    finding.code = "BR-CO-15";
    finding.severity = Severity::error;
    finding.at = at;
    finding.message = "The total tax is told once in the invoice's currency. (BT-110)";
    finding.expected = std::string("one ") + std::string(words_.amount) + " with @currencyID " + currency_;
    finding.remedy = "Leave out the others, or name the currency that tax is accounted in.";
    notes_.finding(std::move(finding));
  }

  const Words& words_;
  map::SyntaxSink& next_;
  DocumentSink& notes_;
  unsigned depth_ = 0;
  bool currency_said_ = false, currency_here_ = false, amount_here_ = false, type_here_ = false;
  std::string currency_;     ///< as said
  unsigned tax_totals_ = 0;  ///< in that currency
  bool blank_ = false;       ///< the element may be empty, and is so far
  std::vector<Tax> taxes_;   ///< open ones
};

}  // namespace

std::unique_ptr<map::SyntaxSink> by_its_words(const Words& words, map::SyntaxSink& next,
                                              DocumentSink& notes) {
  return std::make_unique<ByItsWords>(words, next, notes);
}

std::vector<std::string> packs_of(const std::string& settings) {
  std::vector<std::string> packs;
  if (settings.empty()) return packs;
  const auto json = nlohmann::json::parse(settings, nullptr, false);
  if (!json.is_object()) return packs;
  const auto rules = json.find("rules");
  if (rules == json.end() || !rules->is_array()) return packs;
  for (const auto& each : *rules) {
    if (each.is_string()) packs.push_back(each.get<std::string>());
  }
  return packs;
}

}  // namespace purser::table
