#include "connectors/ubl/rules/syntax_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "canonical/value/date.h"

namespace purser::ubl {
namespace {

constexpr std::uint32_t no_scope = UINT32_MAX;
constexpr std::size_t date_length = 10;  // YYYY-MM-DD; a zone makes it longer

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::toupper(static_cast<unsigned char>(x)) == std::toupper(static_cast<unsigned char>(y));
  });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto start = text.find_first_not_of(blanks);
  return start == std::string_view::npos ? std::string_view{}
                                         : text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

bool listed(const SyntaxRule& rule, std::string_view code) {
  return rule.codes->contains(code) && std::ranges::find(rule.values, code) == rule.values.end();
}

}  // namespace

SyntaxJudge::SyntaxJudge(const SyntaxPlan& plan, FindingOutput findings)
    : plan_(plan), findings_(std::move(findings)), given_(plan.rules.size(), 0) {}

void SyntaxJudge::open(std::string_view name, const Position& at) {
  const Name id = plan_.name(name);
  const std::uint32_t above = frames_.empty() ? 0 : frames_.back().forbidden;
  const bool known = frames_.size() == 1 || above != 0;
  if (!frames_.empty()) frames_.back().empty = false;
  frames_.push_back({std::string(name), id, 0, actives_.size(), scopes_.size(), gates_.size(), true, at});
  if (frames_.size() == 1) return open_root(at);
  if (known) {
    const auto& children = plan_.forbidden[above].children;
    if (const auto child = children.find(id); child != children.end()) {
      frames_.back().forbidden = child->second;
      for (const RuleIndex rule : plan_.forbidden[child->second].rules) forbidden(rule, at);
    }
  }
  look({}, {}, true);
  const std::size_t begin = frames_[frames_.size() - 2].actives, end = frames_.back().actives;
  for (std::size_t i = begin; i < end; ++i) {
    const Active active = actives_[i];
    const auto& steps = plan_.rules[active.rule].path.steps;
    if (active.step < steps.size() && steps[active.step] == id) advance(active, at);
  }
  if (id != 0) {
    for (const RuleIndex rule : plan_.anywhere[id]) {
      if (document_[rule] != no_scope) advance({rule, 0, document_[rule], -1}, at);
    }
  }
  open_contexts(id, name, at);
}

void SyntaxJudge::open_root(const Position& at) {
  document_.assign(plan_.rules.size(), no_scope);
  const auto add = [&](RuleIndex rule) {
    if (!applies(*plan_.rules[rule].rule)) return;
    document_[rule] = static_cast<std::uint32_t>(scopes_.size());
    scopes_.push_back({rule, 0, -1, at, at, 0, {}, false});
  };
  for (const RuleIndex rule : plan_.at_root) {
    add(rule);
    if (document_[rule] != no_scope) actives_.push_back({rule, 0, document_[rule], -1});
  }
  for (const auto& rules : plan_.anywhere) std::ranges::for_each(rules, add);
}

void SyntaxJudge::open_contexts(Name id, std::string_view name, const Position& at) {
  if (id != 0) {
    for (const Start& each : plan_.contexts[id]) start(each, at);
  }
  for (const auto& [ending, each] : plan_.endings) {
    if (name.ends_with(ending)) start(each, at);
  }
}

void SyntaxJudge::start(const Start& start, const Position& at) {
  const Frame& around = frames_[frames_.size() - 2];
  if (start.below_root && frames_.size() != 2) return;
  if (start.parent != 0 && around.id != start.parent) return;
  if (!applies(*plan_.rules[start.rule].rule)) return;
  const auto frame = static_cast<std::uint32_t>(frames_.size() - 1);
  const std::int32_t condition = gate(start.predicate, -1);
  const auto scope = static_cast<std::uint32_t>(scopes_.size());
  scopes_.push_back({start.rule, frame, condition, at, at, 0, {}, false});
  actives_.push_back({start.rule, 0, scope, -1});
}

/// The open element is the next step of a path.
void SyntaxJudge::advance(const Active& active, const Position& at) {
  const PlannedRule& planned = plan_.rules[active.rule];
  const std::int32_t waits = gate(planned.path.predicates[active.step], active.gate);
  const auto step = static_cast<std::uint16_t>(active.step + 1);
  actives_.push_back({active.rule, step, active.scope, waits});
  if (step == planned.path.steps.size() && planned.at_open) hit(active.scope, waits, at, {});
}

std::int32_t SyntaxJudge::gate(const Predicate* predicate, std::int32_t outer) {
  if (predicate == nullptr) return outer;
  gates_.push_back({predicate, static_cast<std::uint32_t>(frames_.size() - 1), outer, false, false, {}});
  return static_cast<std::int32_t>(gates_.size() - 1);
}

void SyntaxJudge::leaf(std::string_view attribute, std::string_view raw, const Position& at) {
  if (frames_.empty()) return;
  const std::string_view text = trimmed(raw);
  if (attribute.empty() && text.empty()) return;
  if (attribute.empty()) frames_.back().empty = false;
  look(attribute, text, false);
  const Frame& frame = frames_.back();
  if (!attribute.empty()) {
    for (const auto& [name, rule] : plan_.forbidden[frame.forbidden].attributes) {
      if (name == attribute && frame.forbidden != 0) forbidden(rule, at);
    }
    if (const auto found = plan_.attributes.find(attribute); found != plan_.attributes.end()) {
      for (const RuleIndex index : found->second) {
        const SyntaxRule& rule = *plan_.rules[index].rule;
        if (frame.name == rule.except) continue;
        if (rule.form == Form::never)
          forbidden(index, at);
        else if (rule.codes != nullptr && !listed(rule, text))
          report(rule, at, text);
        else if (rule.form == Form::same && !is_same(rule, text))
          report(rule, at, text);
      }
    }
  } else {
    remember(text);
    decimals(text, at);
  }
  for (std::size_t i = frame.actives; i < actives_.size(); ++i) {
    const Active active = actives_[i];
    const PlannedRule& planned = plan_.rules[active.rule];
    if (active.step != planned.path.steps.size() || planned.at_open) continue;
    if (planned.rule->path.attribute == attribute) hit(active.scope, active.gate, at, text);
  }
}

/// Does what stands here decide a condition of an element around it?
void SyntaxJudge::look(std::string_view attribute, std::string_view text, bool opened) {
  const std::size_t here = frames_.size() - 1;
  for (Gate& gate : gates_) {
    const Predicate& predicate = *gate.predicate;
    if (gate.satisfied || gate.frame + predicate.elements.size() != here || predicate.attribute != attribute)
      continue;
    bool path = true;
    for (std::size_t i = 0; i < predicate.elements.size(); ++i)
      path = path && frames_[gate.frame + 1 + i].name == predicate.elements[i];
    if (!path || (opened && (predicate.kind != Predicate::Kind::present || predicate.elements.empty())))
      continue;
    gate.met = true;
    const bool equal = std::ranges::any_of(predicate.values, [&](std::string_view value) {
      return same(value.starts_with('$') ? said(value.substr(1)) : value, text);
    });
    gate.satisfied =
        predicate.kind == Predicate::Kind::present || equal == (predicate.kind == Predicate::Kind::equal);
  }
}

void SyntaxJudge::hit(std::uint32_t scope, std::int32_t waits, const Position& at, std::string_view value) {
  if (waits < 0) return count(scope, at, value);
  constexpr std::size_t most_waiting = 64;  // more of one element decide nothing that these do not
  auto& waiting = gates_[static_cast<std::size_t>(waits)].waiting;
  if (waiting.size() < most_waiting) waiting.push_back({scope, at, std::string(value)});
}

void SyntaxJudge::count(std::uint32_t index, const Position& at, std::string_view value) {
  Scope& scope = scopes_[index];
  const SyntaxRule& rule = *plan_.rules[scope.rule].rule;
  const std::uint32_t allowed = rule.form == Form::never ? 0 : rule.form == Form::twice ? 2 : 1;
  if (++scope.count == allowed + 1) scope.excess = at;
  if (rule.form == Form::equal) {
    if (scope.count == 1)
      scope.first = value;
    else if (!scope.differs && scope.first != value) {
      scope.differs = true;
      scope.excess = at;
    }
  }
  if (rule.form == Form::codes && std::ranges::find(rule.values, value) == rule.values.end())
    report(rule, at, value);
  if (rule.form == Form::list && !listed(rule, value)) report(rule, at, value);
  if (rule.form == Form::date && (value.size() != date_length || !parse_date(value))) report(rule, at, value);
}

void SyntaxJudge::close() {
  if (frames_.empty()) return;
  const Frame& frame = frames_.back();
  if (frame.empty) {
    remember({});
    for (const RuleIndex rule : plan_.filled) report(*plan_.rules[rule].rule, frame.at, {});
  }
  for (Gate& gate : gates_) {
    const auto& names = gate.predicate->elements;
    if (gate.predicate->kind == Predicate::Kind::unequal && names.size() == 2 && !gate.met &&
        gate.frame + 2 == frames_.size() && names[0] == frame.name)
      gate.satisfied = true;
  }
  close_gates(frame.gates);
  // Scopes end with their element; what counted in them is known now.
  for (std::size_t i = scopes_.size(); i-- > frame.scopes;) close_scope(scopes_[i]);
  scopes_.resize(frame.scopes);
  gates_.resize(frame.gates);
  actives_.resize(frame.actives);
  frames_.pop_back();
}

/// Passes on what waited, from the inner conditions to the outer ones.
void SyntaxJudge::close_gates(std::size_t from) {
  for (std::size_t i = gates_.size(); i-- > from;) {
    Gate& gate = gates_[i];
    gate.satisfied = gate.satisfied != gate.predicate->negated;
    if (!gate.satisfied) continue;
    for (const Gate::Hit& each : gate.waiting) hit(each.scope, gate.outer, each.at, each.value);
  }
}

void SyntaxJudge::close_scope(const Scope& scope) {
  const SyntaxRule& rule = *plan_.rules[scope.rule].rule;
  if (scope.gate >= 0 && !gates_[static_cast<std::size_t>(scope.gate)].satisfied) return;
  if (!rule.given.empty() && said(rule.given).empty()) return;
  bool good = true;
  switch (rule.form) {
    case Form::never:
      good = scope.count == 0;
      break;
    case Form::once:
      good = scope.count <= 1;
      break;
    case Form::twice:
      good = scope.count <= 2;
      break;
    case Form::single:
      good = scope.count == 1;
      break;
    case Form::has:
    case Form::must:
      good = scope.count > 0;
      break;
    case Form::equal:
      good = !scope.differs;
      break;
    default:
      break;
  }
  if (rule.unlike_seller && (!payee_ || !seller_ || payee_ == seller_)) good = false;
  if (!good) report(rule, scope.excess, {});
}

void SyntaxJudge::forbidden(RuleIndex index, const Position& at) {
  if (given_[index] == 0) report(*plan_.rules[index].rule, at, {});
}

/// The names that UBL-SR-19 to 21 compare, and the currencies that rules ask for.
void SyntaxJudge::remember(std::string_view text) {
  const auto ends = [&](std::initializer_list<std::string_view> names) {
    if (frames_.size() != names.size() + 1) return false;
    return std::equal(names.begin(), names.end(), frames_.begin() + 1,
                      [](std::string_view name, const Frame& frame) { return frame.name == name; });
  };
  if (ends({"cac:PayeeParty", "cac:PartyName", "cbc:Name"})) payee_ = text;
  if (ends({"cac:AccountingSupplierParty", "cac:Party", "cac:PartyLegalEntity", "cbc:RegistrationName"}))
    seller_ = text;
  if (ends({"cbc:DocumentCurrencyCode"})) currency_ = text;
  if (ends({"cbc:TaxCurrencyCode"})) tax_currency_ = text;
  if (ends({"cbc:CustomizationID"})) customization_ = text;
}

/// Or the rule does not ask this document.
bool SyntaxJudge::is_same(const SyntaxRule& rule, std::string_view text) const {
  if (!applies(rule) || !customization_.starts_with(rule.of)) return true;
  if (!rule.not_of.empty() && customization_.starts_with(rule.not_of)) return true;
  return text == said(rule.values.front());
}

std::string_view SyntaxJudge::said(std::string_view element) const {
  if (element == "cbc:DocumentCurrencyCode") return currency_;
  return element == "cbc:TaxCurrencyCode" ? std::string_view(tax_currency_) : std::string_view{};
}

void SyntaxJudge::decimals(std::string_view text, const Position& at) {
  const std::string_view name = frames_.back().name;
  if (!name.ends_with("Amount") || name.ends_with("PriceAmount")) return;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || text.size() - dot - 1 <= 2) return;
  for (std::size_t i = 2; i < frames_.size(); ++i) {
    if (frames_[i].name == "cac:AllowanceCharge" && frames_[i - 1].name == "cac:Price") return;
  }
  for (const RuleIndex rule : plan_.decimals) report(*plan_.rules[rule].rule, at, text);
}

void SyntaxJudge::report(const SyntaxRule& rule, const Position& at, std::string_view found) {
  const auto index = static_cast<std::size_t>(std::ranges::find(plan_.rules, &rule, &PlannedRule::rule) -
                                              plan_.rules.begin());
  if (++given_[index] > max_findings_of_a_rule) return;
  Finding finding;
  finding.code = rule.id;
  finding.severity = rule.severity;
  finding.at = at;
  finding.source = place();
  finding.message =
      found.empty() ? rule.statement : fmt::format("{} Found '{}'.", rule.statement, shown(found));
  finding.expected = rule.what;
  finding.remedy = rule.form == Form::never ? "Leave it out; the receiver may not read it."
                                            : "Change the document accordingly.";
  findings_(std::move(finding));
}

std::string SyntaxJudge::place() const {
  std::string path;
  for (const Frame& frame : frames_) path += "/" + frame.name;
  return path;
}

}  // namespace purser::ubl
