#include "canonical/rule/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "canonical/rule/packs.h"

namespace purser::rule {

Judge::Judge(const Program& program, FindingOutput findings)
    : program_(program),
      findings_(std::move(findings)),
      header_(program),
      element_(program),
      evaluation_(program, header_),
      elements_(program.watches.size(), 0),
      contexts_(program.watches.size()) {
  for (const Context& context : program.contexts) {
    given_.emplace_back(context.rules.size(), 0);
    contexts_[context.target.list == none ? 0 : context.target.list].push_back(&context);
  }
}

Outcome Judge::push(std::span<const Event> batch) {
  for (const Event& event : batch) {
    switch (event.kind) {
      case EventKind::field:
        if (judging_) value(event);
        break;
      case EventKind::begin_group:
        if (judging_) begin_group(event);
        break;
      case EventKind::end_group:
        if (judging_) end_group();
        break;
      case EventKind::begin_document:
        begin_document(event);
        break;
      case EventKind::end_document:
        if (judging_) end_document();
        break;
    }
  }
  return {};
}

void Judge::begin_document(const Event& event) {
  judging_ = !program_.empty() && static_cast<DocumentType>(event.number) == program_.document->type;
  if (!judging_) return;
  header_.reset(0, 0, event.at);
  evaluation_.begin_document();
  std::ranges::fill(elements_, 0);
  for (auto& each : given_) std::ranges::fill(each, 0);
  frames_.assign(1, Frame{&header_, HeldTree::root, 0});
}

void Judge::begin_group(const Event& event) {
  const Frame& around = frames_.back();
  Frame frame;
  if (around.tree != nullptr && event.number < program_.watches[around.watch].by_number.size()) {
    const Index watch = program_.watches[around.watch].by_number[event.number];
    if (watch != none && program_.watches[watch].group != nullptr) {
      frame.watch = watch;
      if (program_.watches[watch].field->streamed) {
        frame.tree = &element_;
        frame.node = HeldTree::root;
        element_.reset(watch, ++elements_[watch], event.at);
      } else {
        frame.tree = around.tree;
        frame.node = around.tree->append(around.node, watch, event.at);
      }
    }
  }
  frames_.push_back(frame);
}

void Judge::value(const Event& event) {
  const Frame& around = frames_.back();
  if (around.tree == nullptr) return;
  const Watch& group = program_.watches[around.watch];
  const Index watch = event.number < group.by_number.size() ? group.by_number[event.number] : none;
  if (watch == none || program_.watches[watch].group != nullptr) return;
  around.tree->set(around.tree->append(around.node, watch, event.at), event.value);
}

void Judge::end_group() {
  if (frames_.size() < 2) return;
  const Frame frame = frames_.back();
  frames_.pop_back();
  if (frame.tree != &element_ || frame.node != HeldTree::root) return;
  evaluation_.count_element(frame.watch, element_);
  for (const Context* context : contexts_[frame.watch]) judge(*context, element_);
}

void Judge::end_document() {
  for (const Context* context : contexts_.front()) judge(*context, header_);
  judging_ = false;
}

void Judge::judge(const Context& context, const HeldTree& tree) {
  const Target& target = context.target;
  Scope start{&tree, HeldTree::root, nullptr};
  start.context = &start;
  if (target.condition != none && !evaluation_.holds(target.condition, start)) return;
  evaluation_.walk(target.path, start, [&](const HeldTree& where, NodeIndex node) {
    Scope scope{&where, node, nullptr};
    scope.context = &scope;
    judge_at(context, scope);
    return false;
  });
}

void Judge::judge_at(const Context& context, const Scope& scope) {
  const auto index = static_cast<std::size_t>(&context - program_.contexts.data());
  for (std::size_t i = 0; i < context.rules.size(); ++i) {
    if (evaluation_.holds(context.rules[i].check, scope)) continue;
    if (++given_[index][i] <= max_findings_of_a_rule) report(context.rules[i], scope);
  }
}

void Judge::report(const CompiledRule& compiled, const Scope& scope) {
  const Rule& rule = *compiled.rule;
  Finding finding;
  finding.code = rule.id;
  finding.severity = rule.severity;
  finding.message = rule.terms.empty() ? rule.statement : fmt::format("{} ({})", rule.statement, rule.terms);
  finding.expected = rule.check;
  finding.remedy = rule.mend.empty() ? remedy_of(rule) : rule.mend;
  finding.at = (*scope.tree)[scope.node].at;
  finding.path = path_of(*scope.tree, scope.node);
  const HeldTree* tree = scope.tree;
  NodeIndex subject = no_node;
  if (compiled.subject != none) {
    evaluation_.walk(program_.paths[compiled.subject], scope, [&](const HeldTree& where, NodeIndex node) {
      tree = &where;
      subject = node;
      return true;
    });
  }
  if (subject != no_node) {
    finding.at = (*tree)[subject].at;
    finding.path = path_of(*tree, subject);
  } else if (compiled.path.starts_with('/')) {
    finding.path = compiled.path.substr(1);
  } else if (!compiled.path.empty()) {
    finding.path += (finding.path.empty() ? "" : ".") + compiled.path;
  }
  findings_(std::move(finding));
}

/// "lines[3].allowances[1].amount"
std::string Judge::path_of(const HeldTree& tree, NodeIndex node) const {
  std::string path;
  for (; node != no_node; node = tree[node].parent) {
    const Watch& watch = program_.watches[tree[node].watch];
    if (watch.field == nullptr) break;
    std::string part(watch.field->name);
    if (watch.field->repeated) part += fmt::format("[{}]", tree[node].ordinal);
    path = path.empty() ? part : part + "." + path;
  }
  return path;
}

}  // namespace purser::rule
