#include "connectors/ubl/rules/syntax_plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

namespace purser::ubl {
namespace {

/// A credit note's line is a line, and so on: rules name the invoice's.
std::string_view twin(std::string_view name) {
  if (name == "cac:CreditNoteLine") return "cac:InvoiceLine";
  return name;
}

bool plain(const SyntaxRule& rule) {
  return rule.form == Form::never && rule.contexts.empty() && !rule.path.anywhere && rule.root.empty() &&
         rule.except.empty() &&
         std::ranges::all_of(rule.path.steps, [](const SyntaxStep& step) { return step.predicates.empty(); });
}

}  // namespace

SyntaxPlan::SyntaxPlan(const std::vector<SyntaxRule>& all, std::span<const std::string> packs, bool orders) {
  for (const SyntaxRule& rule : all) {
    if (rule.about_orders() != orders) continue;
    if (std::ranges::find(packs, rule.pack) == packs.end()) continue;
    PlannedRule planned;
    planned.rule = &rule;
    for (const SyntaxStep& step : rule.path.steps) {
      planned.path.steps.push_back(intern(step.name));
      planned.path.predicates.push_back(step.predicates.empty() ? nullptr : &step.predicates.front());
    }
    planned.at_open = rule.path.attribute.empty() &&
                      (rule.form == Form::never || rule.form == Form::once || rule.form == Form::has ||
                       rule.form == Form::twice || rule.form == Form::single);
    rules.push_back(std::move(planned));
    add(static_cast<RuleIndex>(rules.size() - 1));
  }
  contexts.resize(names_.size() + 1);
  anywhere.resize(names_.size() + 1);
}

Name SyntaxPlan::intern(std::string_view text) {
  return names_.try_emplace(std::string(twin(text)), static_cast<Name>(names_.size() + 1)).first->second;
}

Name SyntaxPlan::name(std::string_view text) const {
  const auto found = names_.find(std::string(twin(text)));
  return found == names_.end() ? Name{0} : found->second;
}

void SyntaxPlan::add(RuleIndex index) {
  const SyntaxRule& rule = *rules[index].rule;
  if (rule.form == Form::decimals) return decimals.push_back(index);
  if (rule.form == Form::filled) return filled.push_back(index);
  if (plain(rule)) return forbid(index);
  if (rule.path.steps.empty() && rule.path.anywhere) {
    attributes[rule.path.attribute].push_back(index);
  } else if (!rule.contexts.empty()) {
    add_contexts(index);
  } else if (rule.path.anywhere) {
    const Name first = rules[index].path.steps.front();
    if (anywhere.size() <= first) anywhere.resize(first + 1U);
    anywhere[first].push_back(index);
  } else {
    at_root.push_back(index);
  }
}

void SyntaxPlan::add_contexts(RuleIndex index) {
  for (const SyntaxPath& context : rules[index].rule->contexts) {
    const SyntaxStep& last = context.steps.back();
    Start start;
    start.rule = index;
    start.below_root = !context.anywhere;
    if (context.steps.size() > 1) start.parent = intern(context.steps[context.steps.size() - 2].name);
    if (!last.predicates.empty()) start.predicate = &last.predicates.front();
    if (last.name.starts_with('*')) {
      endings.emplace_back(last.name.substr(1), start);
      continue;
    }
    const Name name = intern(last.name);
    if (contexts.size() <= name) contexts.resize(name + 1U);
    contexts[name].push_back(start);
  }
}

void SyntaxPlan::forbid(RuleIndex index) {
  std::uint32_t node = 0;
  for (const Name step : rules[index].path.steps) {
    const auto next = static_cast<std::uint32_t>(forbidden.size());
    const auto [child, fresh] = forbidden[node].children.try_emplace(step, next);
    node = child->second;
    if (fresh) forbidden.emplace_back();
  }
  const std::string& attribute = rules[index].rule->path.attribute;
  if (attribute.empty())
    forbidden[node].rules.push_back(index);
  else
    forbidden[node].attributes.emplace_back(attribute, index);
}

namespace {

/// Which packs have rules about invoices, or about orders. Looked for once: there are hundreds of rules.
const std::vector<std::string>& packs_with_rules(bool orders) {
  static const auto all = [] {
    std::array<std::vector<std::string>, 2> packs;
    for (const SyntaxRule& rule : syntax_rules()) {
      std::vector<std::string>& known = packs.at(rule.about_orders() ? 1 : 0);
      if (std::ranges::find(known, rule.pack) == known.end()) known.push_back(rule.pack);
    }
    return packs;
  }();
  return all.at(orders ? 1 : 0);
}

}  // namespace

const SyntaxPlan* syntax_plan(std::span<const std::string> packs, bool orders) {
  std::vector<std::string> known;
  for (const std::string& pack : packs_with_rules(orders)) {
    if (std::ranges::find(packs, pack) != packs.end()) known.push_back(pack);
  }
  if (known.empty()) return nullptr;
  static std::mutex guard;
  static std::map<std::pair<std::vector<std::string>, bool>, SyntaxPlan> plans;
  const std::lock_guard lock(guard);
  return &plans.try_emplace({known, orders}, syntax_rules(), known, orders).first->second;
}

}  // namespace purser::ubl
