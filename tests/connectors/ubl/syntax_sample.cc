#include "tests/connectors/ubl/syntax_sample.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

namespace purser::ubl::testing {
namespace {

constexpr const char* namespaces = "urn:oasis:names:specification:ubl:schema:xsd:";

/// `*Amount` and the lines of credit notes by a name that stands in documents.
std::string real_name(const std::string& name, std::string_view root) {
  if (name == "*Amount") return "cbc:PayableAmount";
  if (name.starts_with('*')) return "cbc:Embedded" + name.substr(1);
  return name == "cac:InvoiceLine" && root == "CreditNote" ? "cac:CreditNoteLine" : name;
}

class Sampler {
 public:
  Sampler(const SyntaxRule& rule, const SyntaxPath* context, std::string_view root)
      : rule_(rule), context_(context), root_name_(root) {}

  /// The document with one value for each of `values` where the row's path leads; with none, what is around
  /// it.
  std::string with(const std::vector<std::string>& values) {
    pugi::xml_document document;
    root_ = document.append_child(std::string(root_name_).c_str());
    root_.append_attribute("xmlns") = fmt::format("{}{}-2", namespaces, root_name_).c_str();
    for (const auto& [prefix, name] : {std::pair{"cac", "Aggregate"}, std::pair{"cbc", "Basic"}})
      root_.append_attribute(fmt::format("xmlns:{}", prefix).c_str()) =
          fmt::format("{}Common{}Components-2", namespaces, name).c_str();
    root_.append_attribute("xmlns:ext") = fmt::format("{}CommonExtensionComponents-2", namespaces).c_str();
    if (!rule_.given.empty()) text(root_, rule_.given, said);
    if (rule_.unlike_seller) {
      auto party = root_.append_child("cac:AccountingSupplierParty").append_child("cac:Party");
      text(party.append_child("cac:PartyLegalEntity"), "cbc:RegistrationName", "Seller");
    }
    fill(around(), values);
    std::ostringstream out;
    document.print(out, "", pugi::format_raw);
    return out.str();
  }

 private:
  static constexpr const char* said = "EUR";  ///< what `given` names and `$` asks for

  static void text(pugi::xml_node at, const std::string& name, const std::string& value) {
    at.append_child(name.c_str()).text().set(value.c_str());
  }

  /// Makes a condition true at an element.
  static void satisfy(pugi::xml_node at, const Predicate& predicate) {
    if (predicate.negated) return;
    std::string value = predicate.values.empty() ? "x" : predicate.values.front();
    if (value.starts_with('$')) value = said;
    if (predicate.kind == Predicate::Kind::unequal) value = "other";
    for (const std::string& name : predicate.elements)
      at = at.child(name.c_str()) ? at.child(name.c_str()) : at.append_child(name.c_str());
    if (predicate.attribute.empty())
      at.text().set(value.c_str());
    else
      at.append_attribute(predicate.attribute.c_str()) = value.c_str();
  }

  pugi::xml_node step_into(pugi::xml_node at, const SyntaxStep& step) {
    at = at.append_child(real_name(step.name, root_name_).c_str());
    for (const Predicate& predicate : step.predicates) satisfy(at, predicate);
    return at;
  }

  /// The element that the row's path begins at.
  pugi::xml_node around() {
    pugi::xml_node at = root_;
    if (context_ != nullptr) {
      for (const SyntaxStep& step : context_->steps) at = step_into(at, step);
    } else if (rule_.path.anywhere) {
      at = at.append_child("cac:PaymentMeans");
    }
    if (rule_.unlike_seller) text(at.append_child("cac:PartyName"), "cbc:Name", "Payee");
    return at;
  }

  void fill(pugi::xml_node at, const std::vector<std::string>& values) {
    const auto& steps = rule_.path.steps;
    // UBL-SR-19 asks for the payee's name, which stands there.
    const bool named = rule_.unlike_seller && steps.front().name == "cac:PartyName";
    for (std::size_t i = 0; i + 1 < steps.size(); ++i)
      at = i == 0 && named ? at.child("cac:PartyName") : step_into(at, steps[i]);
    for (std::size_t i = named ? 1 : 0; i < values.size(); ++i) {
      auto element = steps.empty() ? at : step_into(at, steps.back());
      if (!rule_.path.attribute.empty())
        element.append_attribute(rule_.path.attribute.c_str()) = values[i].c_str();
      else if (steps.back().name.starts_with("cbc:") && element.text().empty())
        element.text().set(values[i].c_str());
    }
  }

  const SyntaxRule& rule_;
  const SyntaxPath* context_;
  std::string_view root_name_;
  pugi::xml_node root_;
};

void add(const SyntaxRule& rule, const SyntaxPath* context, std::string_view root,
         std::vector<SyntaxSample>& all) {
  Sampler sampler(rule, context, root);
  const auto good = [&](const std::vector<std::string>& values) {
    all.push_back({true, sampler.with(values)});
  };
  const auto bad = [&](const std::vector<std::string>& values) {
    all.push_back({false, sampler.with(values)});
  };
  switch (rule.form) {
    case Form::never:
      return good({}), bad({"7"});
    case Form::once:
      return good({"7"}), bad({"7", "8"});
    case Form::twice:
      return good({"7", "8"}), bad({"7", "8", "9"});
    case Form::single:
      return good({"7"}), bad({}), bad({"7", "8"});
    case Form::has:
    case Form::must:
      return good({"7"}), bad({});
    case Form::equal:
      return good({"7", "7"}), bad({"7", "8"});
    case Form::codes:
      return good({rule.values.front()}), good({rule.values.back()}), bad({"none"});
    case Form::list:
      good({std::string(rule.codes->entries().front().code)}), bad({"none"});
      if (!rule.values.empty()) bad({rule.values.front()});
      return;
    case Form::same:
      return;  // of orders, of which no samples are made
    case Form::date:
      return good({"2026-11-02"}), bad({"2026-11-2"}), bad({"2026-02-30"}), bad({"2026-11-02Z"});
    case Form::decimals:
    case Form::filled:
      break;  // no path of their own
  }
}

}  // namespace

std::vector<SyntaxSample> samples_of(const SyntaxRule& rule, std::string_view root) {
  std::vector<SyntaxSample> all;
  if (rule.form == Form::decimals) {
    SyntaxRule total = rule;
    total.path.steps = {{"cac:LegalMonetaryTotal", {}}, {"cbc:PayableAmount", {}}};
    Sampler sampler(total, nullptr, root);
    return {{true, sampler.with({"1.00"})}, {false, sampler.with({"1.001"})}};
  }
  if (rule.form == Form::filled) {
    SyntaxRule number = rule;
    number.path.anywhere = false;
    number.path.steps = {{"cac:OrderReference", {}}, {"cbc:ID", {}}};
    Sampler sampler(number, nullptr, root);
    return {{true, sampler.with({"7"})}, {false, sampler.with({""})}, {false, sampler.with({})}};
  }
  for (const SyntaxPath& context : rule.contexts) add(rule, &context, root, all);
  if (rule.contexts.empty()) add(rule, nullptr, root, all);
  return all;
}

}  // namespace purser::ubl::testing
