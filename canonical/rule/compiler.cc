#include "canonical/rule/compiler.h"

#include <fmt/format.h>

#include <algorithm>

namespace purser::rule {

Compiler::Compiler(Program& program) : out_(program) {
  Watch root;
  root.group = out_.document->root;
  root.by_number.assign(root.group->by_number.size(), none);
  out_.watches.push_back(std::move(root));
}

void Compiler::add(const Rule& rule) {
  for (const std::size_t index : contexts_of(rule.context)) {
    begin(rule.check);
    scopes_ = {out_.contexts[index].target.path.watch};
    subject_ = none;
    subject_path_.clear();
    CompiledRule compiled;
    compiled.rule = &rule;
    compiled.check = boolean(expression());
    if (token().kind != TokenKind::end) fail(fmt::format("'{}' is not expected here", token().text));
    compiled.subject = subject_;
    compiled.path = subject_path_;
    out_.contexts[index].rules.push_back(std::move(compiled));
  }
}

void Compiler::replace(const Rule& rule) {
  for (Context& context : out_.contexts) {
    for (CompiledRule& other : context.rules) {
      if (other.rule->id != rule.instead_of) continue;
      begin(rule.when);
      scopes_ = {context.target.path.watch};
      const Index when = boolean(expression());
      other.check = make(Op::either, when, other.check);
    }
  }
}

/// Texts that are read are kept while the document streams by; of all others only that they are there.
void Compiler::finish() {
  const auto keep = [&](const Path& path) {
    if (path.watch != none) out_.watches[path.watch].keep_text = true;
  };
  for (const Code& code : out_.codes) {
    if (code.op == Op::path || code.op == Op::unique) keep(out_.paths[code.a]);
  }
  const auto first_like = [&](const Total& total, std::string Total::*words) {
    const auto found = std::ranges::find_if(out_.totals, [&](const Total& other) {
      return other.list == total.list && other.*words == total.*words;
    });
    return static_cast<Index>(found - out_.totals.begin());
  };
  for (Total& total : out_.totals) {
    total.same_keys = first_like(total, &Total::key_words);
    total.same_condition = first_like(total, &Total::condition_words);
  }
}

/// `in lines.allowances | lines.charges`: one context for each alternative, which must be of one kind.
const std::vector<std::size_t>& Compiler::contexts_of(const std::string& text) {
  const auto [known, fresh] = contexts_.try_emplace(text);
  if (!fresh) return known->second;
  begin(text == "document" ? "/" : text);
  do {
    scopes_ = {0};
    Context context;
    context.target = text == "document" ? Target{none, none, {Origin::root, false, 0, {}}} : target();
    if (text == "document") ++at_;
    known->second.push_back(out_.contexts.size());
    out_.contexts.push_back(std::move(context));
  } while (take("|"));
  if (token().kind != TokenKind::end) fail(fmt::format("'{}' is not expected in a context", token().text));
  const auto group = [&](std::size_t each) {
    return out_.watches[out_.contexts[each].target.path.watch].group;
  };
  for (const std::size_t each : known->second) {
    if (group(each) != group(known->second.front())) fail("the alternatives of a context differ in kind");
    if (group(each) == nullptr) out_.watches[out_.contexts[each].target.path.watch].keep_text = true;
  }
  return known->second;
}

Target Compiler::target() {
  take("/");
  Target out;
  out.path = steps_from(Origin::root, 0);
  const Step first = out.path.steps.front();
  if (!out_.watches[first.watch].field->streamed) return out;
  out.list = first.watch;
  out.condition = first.condition;
  out.path.origin = Origin::item;
  out.path.steps.erase(out.path.steps.begin());
  return out;
}

bool Compiler::in_stream(Index watch) const {
  for (; watch != 0 && watch != none; watch = out_.watches[watch].parent) {
    if (out_.watches[watch].field->streamed) return true;
  }
  return false;
}

/// The watch of a field, made where it is not there.
Index Compiler::watch_of(Index parent, std::string_view name) {
  const GroupDescriptor* group = out_.watches[parent].group;
  if (group == nullptr) fail(fmt::format("a value has no field '{}'", name));
  const FieldDescriptor* field = group->find(name);
  if (field == nullptr) {
    const std::string_view near = nearest_field(*group, name);
    fail(fmt::format("'{}' has no field '{}'{}", group->name, name,
                     near.empty() ? "" : fmt::format("; the nearest is '{}'", near)));
  }
  if (const Index known = out_.watches[parent].by_number[field->number]; known != none) return known;
  const auto made = static_cast<Index>(out_.watches.size());
  Watch watch;
  watch.field = field;
  watch.group = field->group;
  watch.parent = parent;
  watch.slot = out_.watches[parent].children++;
  if (watch.group != nullptr) watch.by_number.assign(watch.group->by_number.size(), none);
  out_.watches[parent].by_number[field->number] = made;
  out_.watches.push_back(std::move(watch));
  return made;
}

bool Compiler::take(std::string_view text) {
  if (!is(text)) return false;
  ++at_;
  return true;
}

void Compiler::expect(std::string_view text) {
  if (!take(text)) fail(fmt::format("'{}' expected before '{}'", text, token().text));
}

void Compiler::begin(std::string_view text) {
  auto tokens = tokens_of(text);
  if (!tokens) fail(tokens.error());
  tokens_ = *std::move(tokens);
  at_ = 0;
}

std::string Compiler::words(std::size_t from, std::size_t to) const {
  std::string all;
  for (std::size_t i = from; i < to; ++i) all += tokens_[i].text + ' ';
  return all;
}

void Compiler::fail(std::string what) const { throw CompileError{std::move(what)}; }

std::expected<Program, RuleFault> Program::compile(std::span<const RuleFile* const> files,
                                                   DocumentType document) {
  Program program;
  program.document = find_document(document);
  Compiler compiler(program);
  const auto each = [&](auto&& work) -> RuleFault {
    for (const RuleFile* file : files) {
      if (file->document != document) continue;
      for (const Rule& rule : file->rules) {
        try {
          work(rule);
        } catch (const CompileError& error) {
          return fmt::format("{}:{}: {}: {}", file->name, rule.line, rule.id, error.what);
        }
      }
    }
    return {};
  };
  auto fault = each([&](const Rule& rule) { compiler.add(rule); });
  if (fault.empty()) {
    fault = each([&](const Rule& rule) {
      if (!rule.instead_of.empty()) compiler.replace(rule);
    });
  }
  if (!fault.empty()) return std::unexpected(fault);
  compiler.finish();
  return program;
}

}  // namespace purser::rule
