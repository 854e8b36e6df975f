#include "canonical/map/explain.h"

#include <algorithm>
#include <map>
#include <set>

#include "canonical/map/plan.h"

namespace purser::map {
namespace {

std::string cell(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '|') safe += '\\';
    safe += c;
  }
  return safe;
}

/// The words behind the target: everything of the row's text after it.
std::string conversion_of(const Row& row) {
  const std::size_t at = row.text.find(' ' + row.target);
  if (at == std::string::npos) return {};
  std::string rest = row.text.substr(at + 1 + row.target.size());
  rest.erase(0, rest.find_first_not_of(' '));
  return rest;
}

std::string_view arrow_of(const Row& row) {
  return row.arrow == Arrow::both ? "both" : row.arrow == Arrow::read ? "read" : "written";
}

/// Writes one block after the other, each once.
class SpecificationWriter {
 public:
  explicit SpecificationWriter(const Plan& plan) : plan_(plan) {}

  std::string write() {
    text_ = "# " + plan_.message + (plan_.version.empty() ? "" : " " + plan_.version) + ": " +
            std::string(plan_.document->title) + "\n\n";
    text_ += "Syntax `" + plan_.syntax + "`; " +
             (plan_.reads && plan_.writes ? "read and written"
              : plan_.reads               ? "read"
                                          : "written") +
             ".\n";
    if (!plan_.deviations.empty()) {
      text_ += "\nDeviations agreed with the partner:\n\n";
      for (const DeviationText& each : plan_.deviations)
        text_ += "- " + each.name + (each.since.empty() ? "" : ", since " + each.since) + "\n";
    }
    block(0, "The document", "");
    for (const CodeMap& codes : plan_.codes) code_map(codes);
    return std::move(text_);
  }

 private:
  struct Inner {
    std::uint32_t body;
    std::string title, prefix;
  };

  void block(std::uint32_t index, const std::string& title, const std::string& prefix) {
    if (!seen_.insert(index).second) return;
    text_ +=
        "\n## " + title +
        "\n\n| Source | Canonical | Term | Conversion | Direction | Remark |\n|---|---|---|---|---|---|\n";
    std::vector<Inner> inner;
    for (const std::uint32_t number : plan_.bodies[index].rows) {
      const Row& row = plan_.rows[number];
      const std::string path = row.from_root ? row.target.substr(1)
                               : row.target_kind == TargetKind::self
                                   ? prefix.substr(0, prefix.size() - std::min<std::size_t>(1, prefix.size()))
                                   : prefix + row.target;
      const bool canonical = row.target_kind == TargetKind::path;
      text_ += "| `" + cell(row.source) + "` | " + (canonical ? '`' + cell(path) + '`' : cell(row.target)) +
               " | " + (canonical ? term(path) : "") + " | " + cell(conversion_of(row)) + " | " +
               std::string(arrow_of(row)) + " | " + cell(row.remark) + " |\n";
      if (row.body != 0) {
        const std::string below = row.target_kind == TargetKind::self ? prefix : path + '.';
        inner.push_back({row.body,
                         '`' + row.source + "` as " +
                             (row.target_kind == TargetKind::self ? "part of the above" : '`' + path + '`'),
                         below});
      }
    }
    for (const Inner& each : inner) block(each.body, each.title, each.prefix);
  }

  std::string term(const std::string& path) const {
    for (const TermDescriptor& each : plan_.document->terms) {
      if (each.path == path) return std::string(each.term) + ' ' + std::string(each.title);
    }
    return {};
  }

  void code_map(const CodeMap& codes) {
    text_ += "\n## Codes " + codes.name + "\n\n| Code | Canonical |\n|---|---|\n";
    for (const auto& [code, key] : codes.read) text_ += "| `" + cell(code) + "` | `" + cell(key) + "` |\n";
    if (!codes.other.empty()) text_ += "| `" + cell(codes.other) + "` | written for any other |\n";
    if (codes.keep) text_ += "| any other | kept as it is |\n";
  }

  const Plan& plan_;
  std::set<std::uint32_t> seen_;
  std::string text_;
};

/// Follows the layout and the rows side by side.
class CoverageReader {
 public:
  explicit CoverageReader(const Plan& plan) : plan_(plan), xml_(plan.syntax == "xml") {}

  std::vector<Unread> read() {
    std::vector<std::uint32_t> steps{plan_.bodies[0].step};
    if (expand(steps)) node(plan_.layout.root, steps, xml_ ? '/' + plan_.message : "");
    return std::move(unread_);
  }

 private:
  /// Adds the bodies that begin at these steps; false if a row ignores the node as a whole.
  bool expand(std::vector<std::uint32_t>& steps) const {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      for (const std::uint32_t index : plan_.steps[steps[i]].entries) {
        const Entry& entry = plan_.entries[index];
        if (entry.kind == EntryKind::ignore || entry.call != nullptr) return false;
        const std::uint32_t step = plan_.bodies[entry.body].step;
        if (std::find(steps.begin(), steps.end(), step) == steps.end()) steps.push_back(step);
      }
    }
    return true;
  }

  void node(TypeId type, const std::vector<std::uint32_t>& steps, const std::string& path) {
    std::vector<std::uint32_t> key = steps;
    std::sort(key.begin(), key.end());
    if (!seen_.emplace(type, key).second) return;
    const LayoutType& here = plan_.layout.types[type];
    for (const LayoutLeaf& leaf : here.leaves) {
      const bool read = std::any_of(steps.begin(), steps.end(), [&](std::uint32_t step) {
        const auto& leaves = plan_.steps[step].leaves;
        return std::any_of(leaves.begin(), leaves.end(),
                           [&](const auto& each) { return each.first == leaf.key; }) ||
               decides(step, leaf.key);
      });
      if (read || passed(plan_.everywhere_leaves, leaf.name)) continue;
      const std::string name(plan_.layout.names.text(leaf.name));
      unread_.push_back({leaf.name == 0 ? path : path + (xml_ ? "/@" : ".") + name, leaf.mandatory});
    }
    for (const LayoutChild& child : here.children) {
      if (passed(plan_.everywhere_nodes, child.name)) continue;
      const std::string name(plan_.layout.names.text(child.tag));
      const bool hidden = child.kind == NodeKind::group;
      const std::string inner = hidden ? path : path.empty() ? name : path + (xml_ ? '/' : '.') + name;
      std::vector<std::uint32_t> next;
      for (const std::uint32_t step : steps) {
        for (const Edge& edge : plan_.steps[step].edges) {
          if (edge.name != child.name) continue;
          next.push_back(edge.step);
          for (const Predicate& predicate : edge.predicates) predicates_.emplace(edge.step, &predicate);
        }
      }
      if (next.empty()) {
        unread_.push_back(
            {(hidden ? (path.empty() ? name : path + '.' + name) : inner) + (child.type == 0 ? ""
                                                                             : xml_          ? "/*"
                                                                                             : ".*"),
             child.mandatory});
      } else if (expand(next)) {
        node(child.type, next, inner);
      }
    }
  }

  /// Does a predicate on the node look at this leaf?
  bool decides(std::uint32_t step, LeafKey key) const {
    const auto [from, to] = predicates_.equal_range(step);
    return std::any_of(
        from, to, [&](const auto& each) { return each.second->nodes.empty() && each.second->key == key; });
  }

  static bool passed(const std::vector<NameId>& names, NameId name) {
    return name != 0 && std::find(names.begin(), names.end(), name) != names.end();
  }

  const Plan& plan_;
  bool xml_;
  std::set<std::pair<TypeId, std::vector<std::uint32_t>>> seen_;
  std::multimap<std::uint32_t, const Predicate*> predicates_;
  std::vector<Unread> unread_;
};

}  // namespace

std::optional<RowView> row_of(const Program& program, std::uint16_t table, std::uint16_t line) {
  const Plan& plan = program.plan();
  if (table == 0 || table > plan.tables.size()) return std::nullopt;
  for (const Row& row : plan.rows) {
    if (row.table == table && row.line == line)
      return RowView{plan.tables[table - 1U], line, row.text, row.remark, row.source, row.target};
  }
  return std::nullopt;
}

std::string specification(const Program& program) { return SpecificationWriter(program.plan()).write(); }

std::vector<Unread> coverage(const Program& program) { return CoverageReader(program.plan()).read(); }

}  // namespace purser::map
