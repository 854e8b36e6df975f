#include "canonical/map/compiler.h"

#include <algorithm>

namespace purser::map {
namespace {

bool same(const Predicate& a, const Predicate& b) {
  return a.kind == b.kind && a.nodes == b.nodes && a.is_leaf == b.is_leaf && a.key == b.key &&
         a.values == b.values && a.root_path == b.root_path;
}

bool same(const Edge& edge, const ResolvedStep& step) {
  if (edge.name != step.name || edge.occurrence != step.occurrence || edge.onward != step.onward ||
      edge.predicates.size() != step.predicates.size()) {
    return false;
  }
  for (std::size_t i = 0; i < edge.predicates.size(); ++i) {
    if (!same(edge.predicates[i], step.predicates[i])) return false;
  }
  return true;
}

std::string target_text(const Row& row) {
  switch (row.target_kind) {
    case TargetKind::ignore:
      return "ignore \"" + row.constant + '"';
    case TargetKind::extension:
      return "extension \"" + row.constant + '"';
    case TargetKind::literal:
      return '"' + row.constant + '"';
    case TargetKind::variable:
      return '$' + row.constant;
    default:
      return row.target;
  }
}

}  // namespace

void Compiler::run() {
  const Context root{plan_.layout.root, plan_.syntax == "xml" ? NodeKind::element : NodeKind::message, 0};
  new_body(root, plan_.document->root);
  std::set<std::string> open;
  add_rows(0, table_.rows, root, open);
  everywhere();
  stream();
  for (Step& step : plan_.steps) {
    std::stable_sort(step.edges.begin(), step.edges.end(),
                     [](const Edge& a, const Edge& b) { return a.name < b.name; });
  }
  plan_.dispatch.build(plan_.steps, plan_.syntax != "delimited");
  if (plan_.reads) check_required();
  check_unused();
  columns();
}

std::uint32_t Compiler::new_body(const Context& context, const GroupDescriptor* group) {
  const auto body = static_cast<std::uint32_t>(plan_.bodies.size());
  plan_.bodies.push_back(
      {static_cast<std::uint32_t>(plan_.steps.size()), context.type, group, {}, {}, {}, {}, {}, false});
  builds_.emplace_back();
  plan_.steps.push_back({context.type, {}, {}, {}});
  return body;
}

void Compiler::add_rows(std::uint32_t body, const std::vector<RowText>& rows, const Context& context,
                        std::set<std::string>& open) {
  for (const RowText& row : rows) {
    if (row.kind == RowKind::include)
      add_uses(body, row.uses, row.place(1), context, open);
    else
      add_row(body, row, context);
  }
}

void Compiler::add_uses(std::uint32_t body, const std::vector<Word>& uses, const Place& place,
                        const Context& context, std::set<std::string>& open) {
  for (const Word& use : uses) {
    const auto block = table_.blocks.find(use.text);
    if (block == table_.blocks.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, entry] : table_.blocks) names.push_back(name);
      problems_.add("MAP-0111", {place.file, place.line, use.column}, "no block '" + use.text + "'",
                    suggestion(use.text, names));
      continue;
    }
    block->second.used = true;
    if (!open.insert(use.text).second) {
      problems_.add("MAP-0111", {place.file, place.line, use.column},
                    "block '" + use.text + "' uses itself without each or group",
                    "`each SOURCE TARGET use " + use.text + "`");
      continue;
    }
    add_rows(body, block->second.rows, context, open);
    open.erase(use.text);
  }
}

/// What kind of thing the source must be.
Want Compiler::wanted(const RowText& text) const {
  if (text.kind != RowKind::value) return Want::node;
  if (text.target_kind != TargetKind::ignore) return text.call.text.empty() ? Want::leaf : Want::node;
  if (text.source.steps.empty() || text.source.steps.back().attribute) return Want::leaf;
  if (plan_.syntax == "xml") return Want::node;
  const StepText& last = text.source.steps.back();
  if (plan_.syntax == "delimited") return last.name == "record" && !last.heading ? Want::node : Want::leaf;
  if (text.source.steps.size() == 1) return Want::node;
  const NameId name = plan_.layout.names.find(last.name);
  const auto composite = [&](const LayoutType& type) {
    return type.kind == NodeKind::composite && type.name == name && name != 0;
  };
  return std::any_of(plan_.layout.types.begin(), plan_.layout.types.end(), composite) ? Want::node
                                                                                      : Want::leaf;
}

void Compiler::add_row(std::uint32_t body, const RowText& text, const Context& context) {
  const GroupDescriptor* group = plan_.bodies[body].group;
  Row row;
  row.kind = text.kind;
  row.arrow = text.arrow;
  row.target_kind = text.target_kind;
  row.from_root = text.from_root;
  row.required = text.required;
  row.table = text.table;
  row.line = static_cast<std::uint16_t>(text.line);
  row.deviation = text.deviation;
  row.fallback = text.fallback;
  row.stand_in = text.stand_in;
  row.text = text.text;
  row.remark = text.remark;
  row.source = text.source.text;
  row.constant = text.target;
  const bool aimed = target(text, text.from_root ? *plan_.document->root : *group, row);
  row.target = target_text(row);
  // `. -> kind default "invoice"`: a value the source never says.
  const bool given = text.source.text == "." && text.fallback && text.arrow == Arrow::read &&
                     text.kind == RowKind::value && !plan_.layout.types[context.type].text;
  std::vector<Resolved> places;
  if (!given) places = resolver_.resolve(text.source, context, wanted(text), text.place(text.source.column));
  if (!aimed || (places.empty() && !given)) return;
  const Resolved nowhere;
  const Resolved& first = given ? nowhere : places.front();
  row.element = first.element;
  row.keys = {first.key};
  if (first.leaf != nullptr) {
    row.form = first.leaf->form;
    row.values = first.leaf->values;
  }
  if (text.kind == RowKind::value && text.call.text.empty() &&
      !conversions_.compile(text, first, text.from_root ? *plan_.document->root : *group, row))
    return;
  if (!written_once(body, text, row)) return;
  const GroupDescriptor* inner = text.from_root ? plan_.document->root : group;
  if (row.target_kind == TargetKind::path && row.field != nullptr && row.field->group != nullptr)
    inner = row.field->group;
  const auto index = static_cast<std::uint32_t>(plan_.rows.size());
  if (row.required || row.fallback) plan_.bodies[body].checks.push_back(index);
  plan_.rows.push_back(std::move(row));
  plan_.bodies[body].rows.push_back(index);
  if (reads(text.arrow) && plan_.reads && !given) read_row(body, text, index, places, inner);
  if (writes(text.arrow) && plan_.writes) write_row(body, text, index, first, inner);
}

/// Finds or makes the chain of steps for a source path.
std::uint32_t Compiler::walk(std::uint32_t body, const Resolved& source) {
  std::uint32_t at = plan_.bodies[body].step;
  for (const ResolvedStep& step : source.steps) {
    auto& edges = plan_.steps[at].edges;
    const auto known =
        std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) { return same(edge, step); });
    if (known != edges.end()) {
      at = known->step;
      continue;
    }
    const auto next = static_cast<std::uint32_t>(plan_.steps.size());
    edges.push_back({step.name, step.occurrence, step.onward, step.predicates, next});
    plan_.steps.push_back({step.type, {}, {}, {}});
    at = next;
  }
  return at;
}

/// The body behind an each or group, one for the same blocks at the same kind of node and group.
std::uint32_t Compiler::body_of(const RowText& text, const Context& context, const GroupDescriptor* group) {
  // Rows of its own make the block this row's; found again, so that blocks with such rows may use themselves,
  // too.
  std::string key;
  if (!text.rows.empty()) key = std::to_string(reinterpret_cast<std::uintptr_t>(&text)) + ':';
  for (const Word& use : text.uses) key += use.text + ' ';
  key += std::to_string(context.type) + '/' + std::to_string(context.self) + '/' +
         std::to_string(reinterpret_cast<std::uintptr_t>(group));
  if (const auto known = shared_bodies_.find(key); known != shared_bodies_.end()) return known->second;
  const std::uint32_t body = new_body(context, group);
  body_places_[body] = text.place(1);
  shared_bodies_[key] = body;
  constexpr std::size_t most_bodies = 50'000;  // a table that grows without end
  if (body > most_bodies) {
    problems_.add("MAP-0101", text.place(1), "the blocks of this table multiply without end",
                  "fewer blocks within blocks");
    return body;
  }
  std::set<std::string> open;
  add_uses(body, text.uses, text.place(1), context, open);
  add_rows(body, text.rows, context, open);
  return body;
}

void Compiler::read_row(std::uint32_t body, const RowText& text, std::uint32_t row,
                        const std::vector<Resolved>& places, const GroupDescriptor* group) {
  for (const Resolved& place : places) {
    const std::uint32_t step = walk(body, place);
    if (place.is_leaf) {
      for (const LeafKey key : plan_.rows[row].keys) plan_.steps[step].leaves.emplace_back(key, row);
      place_row(body, row, 0, place);
      continue;
    }
    Entry entry;
    entry.row = row;
    entry.kind = plan_.rows[row].target_kind == TargetKind::ignore ? EntryKind::ignore
                 : text.kind == RowKind::each                      ? EntryKind::each
                                                                   : EntryKind::group;
    if (!text.call.text.empty()) {
      entry.call = calls_.find(text.call.text);
      if (entry.call == nullptr) {
        problems_.add("MAP-0111", text.place(text.call.column), "no function '" + text.call.text + "'",
                      suggestion(text.call.text, calls_.names()));
      }
    }
    const auto index = static_cast<std::uint32_t>(plan_.entries.size());
    plan_.entries.push_back(entry);
    plan_.steps[step].entries.push_back(index);
    if (entry.kind != EntryKind::ignore) {
      const std::uint32_t inner = body_of(text, place.end, group);
      plan_.entries[index].body = inner;
      plan_.rows[row].body = inner;
    }
    place_row(body, row, index + 1, place);
  }
}

void Compiler::place_row(std::uint32_t body, std::uint32_t row, std::uint32_t entry, const Resolved& source) {
  Placed placed{row, entry, {}, {}, false};
  for (const ResolvedStep& step : source.steps) {
    placed.names.push_back(step.name);
    placed.orders.push_back(step.order);
    placed.predicates = placed.predicates || (!step.predicates.empty() && &step != &source.steps.back());
  }
  builds_[body].placed.push_back(std::move(placed));
}

std::uint32_t Compiler::signature(const ResolvedStep& step) {
  std::string key =
      std::to_string(step.name) + '#' + std::to_string(step.occurrence) + (step.onward ? "+" : "");
  for (const Predicate& predicate : step.predicates) {
    key += '[' + std::to_string(static_cast<int>(predicate.kind));
    for (const NameId node : predicate.nodes) key += '/' + std::to_string(node);
    key += '@' + std::to_string(predicate.key) + (predicate.is_leaf ? "" : "!");
    for (const std::string& value : predicate.values) key += '|' + value;
    for (const std::uint16_t field : predicate.root_path) key += '.' + std::to_string(field);
  }
  return signatures_.emplace(key, static_cast<std::uint32_t>(signatures_.size() + 1)).first->second;
}

std::vector<OutStep> Compiler::out_path(const Resolved& source) {
  std::vector<OutStep> path;
  for (const ResolvedStep& step : source.steps) {
    OutStep out;
    out.name = step.name;
    out.tag = step.tag;
    out.type = step.type;
    out.kind = step.kind;
    out.order = step.order;
    out.most = step.most;
    out.occurrence = step.onward ? 0 : step.occurrence;
    out.signature = signature(step);
    out.constants = step.constants;
    for (const Predicate& predicate : step.predicates) {
      const bool presence =
          predicate.kind == PredicateKind::present || predicate.kind == PredicateKind::absent;
      if (presence) out.presence.push_back(predicate);  // of a node: by its own text, whose key is 0
    }
    for (OutConstant& constant : out.constants) {
      for (OutStep& inner : constant.path) {
        ResolvedStep plain;
        plain.name = inner.name;
        plain.occurrence = inner.occurrence;
        inner.signature = signature(plain);
      }
    }
    path.push_back(std::move(out));
  }
  return path;
}

void Compiler::write_row(std::uint32_t body, const RowText& text, std::uint32_t row, const Resolved& place,
                         const GroupDescriptor* group) {
  OutItem item;
  item.row = row;
  item.path = out_path(place);
  for (std::uint32_t i = 0; i < item.path.size(); ++i) {
    if (item.path[i].most > 1 && item.path[i].occurrence == 0) item.repeats = i + 1;
  }
  if (!text.call.text.empty()) item.call = calls_.find(text.call.text);
  const FieldPath& target = plan_.rows[row].path;
  item.from_root = plan_.rows[row].from_root;
  item.aimed = plan_.rows[row].target_kind == TargetKind::path && !target.empty();
  if (item.aimed) item.first_field = target[0];
  const std::size_t index = plan_.bodies[body].items.size();
  plan_.bodies[body].items.push_back(std::move(item));
  const Row& made = plan_.rows[row];
  const bool constant = made.target_kind == TargetKind::literal || made.target_kind == TargetKind::variable;
  const bool fallback = made.fallback && made.kind == RowKind::value && made.target_kind == TargetKind::path;
  if (made.required && made.kind == RowKind::value)
    plan_.bodies[body].required.push_back(static_cast<std::uint32_t>(index));
  if (!made.conversion.gather.empty()) plan_.bodies[body].gathers = true;
  if (constant || fallback) plan_.bodies[body].constants.push_back(static_cast<std::uint32_t>(index));
  if (text.kind != RowKind::value) {
    const std::uint32_t inner = body_of(text, place.end, group);
    plan_.bodies[body].items[index].body = inner;
    plan_.rows[row].body = inner;
  }
}

}  // namespace purser::map
