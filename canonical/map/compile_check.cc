// What is looked at once all rows are known: streaming, required targets, what nobody uses.
#include <algorithm>

#include "canonical/map/compiler.h"

namespace purser::map {

void Compiler::everywhere() {
  for (const RowText& row : table_.everywhere) {
    const StepText& step = row.source.steps[0];
    const NameId name = plan_.layout.names.find(step.name);
    if (name == 0) {
      problems_.add("MAP-0102", row.place(step.column), "nothing is called '" + step.name + "' in the layout",
                    "an element, attribute or data element");
      continue;
    }
    const bool leaf =
        step.attribute ||
        std::any_of(plan_.layout.types.begin(), plan_.layout.types.end(), [&](const LayoutType& type) {
          return type.kind != NodeKind::element &&
                 std::any_of(type.leaves.begin(), type.leaves.end(),
                             [&](const LayoutLeaf& each) { return each.name == name; });
        });
    if (leaf)
      plan_.everywhere_leaves.push_back(name);
    else
      plan_.everywhere_nodes.push_back(name);
  }
}

/// Marks nodes that are passed through, and top level fields that may come after the streamed list.
void Compiler::stream() {
  plan_.passages.push_back({plan_.layout.root_name, {}});
  plan_.late.assign(plan_.document->root->fields.size(), false);
  std::set<std::uint32_t> seen;
  stream_body(0, {}, {}, false, false, seen);
  seen.clear();
  if (!plan_.stream_path.empty() && plan_.syntax != "delimited") stream_body(0, {}, {}, false, true, seen);
}

/// First pass: finds the streamed lists. Second pass: compares every row with the first of them.
void Compiler::stream_body(std::uint32_t body, std::vector<NameId> names, std::vector<std::uint32_t> orders,
                           bool predicates, bool second_pass, std::set<std::uint32_t>& seen) {
  if (!seen.insert(body).second) return;
  const bool top = plan_.bodies[body].group == plan_.document->root;
  for (const Placed& placed : builds_[body].placed) {
    const Row row = plan_.rows[placed.row];
    std::vector<NameId> full = names;
    std::vector<std::uint32_t> order = orders;
    full.insert(full.end(), placed.names.begin(), placed.names.end());
    order.insert(order.end(), placed.orders.begin(), placed.orders.end());
    if (second_pass && (top || row.from_root) && !row.path.empty()) {
      const auto& stream = plan_.stream_order;
      const bool inside =
          order.size() >= stream.size() && std::equal(stream.begin(), stream.end(), order.begin());
      const bool around = order.size() < stream.size() && !order.empty() &&
                          std::equal(order.begin(), order.end(), stream.begin());
      if (inside || around ||
          std::lexicographical_compare(stream.begin(), stream.end(), order.begin(), order.end()))
        plan_.late[row.path[0]] = true;
    }
    if (placed.entry == 0) continue;
    const std::uint32_t index = placed.entry - 1;
    if (plan_.entries[index].kind == EntryKind::ignore) continue;
    const bool streamed = plan_.entries[index].kind == EntryKind::each && row.field != nullptr &&
                          row.field->streamed && (top || row.from_root) && row.path.size() == 1;
    if (streamed && !second_pass) {
      if (predicates || placed.predicates) {
        problems_.add("MAP-0109", {plan_.tables[row.table - 1U], row.line, 1},
                      "a predicate on the way to the streamed list '" + row.target +
                          "' cannot be decided while the document streams",
                      "predicates on the node of `each` itself");
      }
      plan_.entries[index].streamed = true;
      pass(full);
      if (plan_.stream_path.empty() || order < plan_.stream_order) {
        plan_.stream_path = full;
        plan_.stream_order = order;
      }
    }
    const bool last_predicates = !placed.names.empty() && row.source.ends_with(']');
    stream_body(plan_.entries[index].body, std::move(full), std::move(order),
                predicates || placed.predicates || last_predicates, second_pass, seen);
  }
  if (!second_pass) {
    for (OutItem& item : plan_.bodies[body].items) {
      const Row& row = plan_.rows[item.row];
      item.streamed = item.body != 0 && row.kind == RowKind::each && row.field != nullptr &&
                      row.field->streamed && top && row.path.size() == 1;
    }
    // Blocks that are only written have no place in the source.
    const std::vector<OutItem> items = plan_.bodies[body].items;
    for (const OutItem& item : items) {
      const Row& row = plan_.rows[item.row];
      if (item.body != 0 && row.arrow == Arrow::write && row.target_kind == TargetKind::self) {
        stream_body(item.body, names, orders, predicates, false, seen);
      }
    }
  }
}

/// All nodes of a path but the last are passed through.
void Compiler::pass(const std::vector<NameId>& names) {
  std::uint32_t at = 0;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    std::uint32_t next = 0;
    for (const std::uint32_t inner : plan_.passages[at].inside) {
      if (plan_.passages[inner].name == names[i]) next = inner;
    }
    if (next == 0) {
      next = static_cast<std::uint32_t>(plan_.passages.size());
      plan_.passages.push_back({names[i], {}});
      plan_.passages[at].inside.push_back(next);
    }
    at = next;
  }
}

/// Fields of the body's group that some row fills; `all` if a function may fill any.
void Compiler::filled_by(std::uint32_t body, std::set<std::uint16_t>& fields, std::set<std::uint32_t>& seen,
                         bool& all) const {
  if (!seen.insert(body).second) return;
  for (const std::uint32_t index : plan_.bodies[body].checks) {
    const Row& row = plan_.rows[index];
    if (row.fallback && !row.from_root && !row.path.empty()) fields.insert(row.path[0]);
  }
  for (const Placed& placed : builds_[body].placed) {
    const Row& row = plan_.rows[placed.row];
    if (!row.from_root && !row.path.empty()) fields.insert(row.path[0]);
    if (placed.entry == 0) continue;
    const Entry& entry = plan_.entries[placed.entry - 1];
    if (row.target_kind != TargetKind::self) continue;
    all = all || entry.call != nullptr;
    filled_by(entry.body, fields, seen, all);
  }
}

void Compiler::from_root_fields(std::set<std::uint16_t>& fields) const {
  for (const Row& row : plan_.rows) {
    if (row.from_root && reads(row.arrow) && !row.path.empty()) fields.insert(row.path[0]);
  }
}

void Compiler::required_of(std::uint32_t body, const Place& place) {
  std::set<std::uint16_t> fields;
  std::set<std::uint32_t> seen;
  bool all = false;
  filled_by(body, fields, seen, all);
  if (body == 0) from_root_fields(fields);
  if (all) return;
  const GroupDescriptor& group = *plan_.bodies[body].group;
  for (std::uint16_t i = 0; i < group.fields.size(); ++i) {
    const FieldDescriptor& field = group.fields[i];
    if (!field.required || fields.contains(i)) continue;
    problems_.add(
        "MAP-0105", place,
        "no row fills '" + std::string(field.name) + "', which " + std::string(group.name) + " must have",
        "a row with target '" + std::string(field.name) + "', or `. -> " + std::string(field.name) +
            " default \"...\"`");
  }
}

void Compiler::check_required() {
  if (!problems_.empty()) return;  // rows that were refused would be missed here once more
  required_of(0, {table_.files[0], 1, 1});
  std::set<std::uint32_t> done;
  for (const Entry& entry : plan_.entries) {
    const Row& row = plan_.rows[entry.row];
    const bool own =
        entry.kind != EntryKind::ignore && row.target_kind != TargetKind::self && entry.call == nullptr;
    if (own && done.insert(entry.body).second) required_of(entry.body, body_places_[entry.body]);
  }
}

void Compiler::check_unused() {
  const std::string& main = table_.files[0];
  const auto tell = [&](std::string_view what, const auto& entry) {
    if (entry.used || entry.place.file != main) return;
    problems_.add("MAP-0107", entry.place, std::string(what) + " '" + entry.name + "' is not used",
                  "a row that uses it, or none of it");
  };
  for (const auto& [name, block] : table_.blocks) tell("block", block);
  for (const auto& [name, codes] : table_.codes) tell("codes", codes);
  for (const auto& [name, let] : table_.lets) tell("let", let);
}

/// Headings in row order, for a writer of delimited text.
void Compiler::columns() {
  if (plan_.syntax != "delimited") return;
  for (const Row& row : plan_.rows) {
    const bool heading =
        row.kind == RowKind::value && writes(row.arrow) && !row.source.starts_with("column(");
    if (heading && std::find(plan_.columns.begin(), plan_.columns.end(), row.element) == plan_.columns.end())
      plan_.columns.push_back(row.element);
  }
}

}  // namespace purser::map
