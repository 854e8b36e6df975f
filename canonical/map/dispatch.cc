#include "canonical/map/dispatch.h"

#include <algorithm>

#include "canonical/map/plan.h"

namespace purser::map {

std::uint32_t Dispatch::probe_of(const std::vector<NameId>& nodes, LeafKey key) {
  const auto known = std::ranges::find_if(
      probes_, [&](const Probe& probe) { return probe.key == key && probe.nodes == nodes; });
  const auto index = static_cast<std::uint32_t>(known - probes_.begin());
  if (known == probes_.end()) probes_.push_back({nodes, key});
  return index;
}

/// What an edge asks of a node, if it is no more than a value out of some.
std::uint32_t Dispatch::test_of(const Edge& edge, bool exact_keys) {
  if (edge.occurrence == 0 && edge.predicates.empty()) return ReadEdge::always;
  if (!exact_keys || edge.occurrence != 0 || edge.predicates.size() != 1) return ReadEdge::by_predicates;
  const Predicate& predicate = edge.predicates[0];
  if (predicate.kind != PredicateKind::equal || !predicate.is_leaf || !predicate.root_path.empty())
    return ReadEdge::by_predicates;
  const auto is_long = [](const std::string& value) { return value.size() > ShortText::most; };
  if (std::ranges::any_of(predicate.values, is_long)) return ReadEdge::by_predicates;
  ValueTest test;
  test.probe = probe_of(predicate.nodes, predicate.key);
  test.first_value = static_cast<std::uint32_t>(values_.size());
  for (const std::string& value : predicate.values) values_.emplace_back(value);
  test.end_value = static_cast<std::uint32_t>(values_.size());
  tests_.push_back(test);
  return static_cast<std::uint32_t>(tests_.size());
}

void Dispatch::build(const std::vector<Step>& steps, bool exact_keys) {
  for (const Step& from : steps) {
    ReadStep step;
    step.edges = static_cast<std::uint32_t>(edges_.size());
    step.leaves = static_cast<std::uint32_t>(leaf_keys_.size());
    step.entries = static_cast<std::uint32_t>(entries_.size());
    step.edge_count = static_cast<std::uint16_t>(from.edges.size());
    step.leaf_count = static_cast<std::uint16_t>(from.leaves.size());
    step.entry_count = static_cast<std::uint16_t>(from.entries.size());
    for (const Edge& edge : from.edges) {
      names_.push_back(edge.name);
      const auto place = static_cast<std::uint32_t>(edges_.size()) - step.edges;
      edges_.push_back({edge.step, test_of(edge, exact_keys), place});
    }
    for (const auto& [key, row] : from.leaves) {
      leaf_keys_.push_back(key);
      leaf_rows_.push_back(row);
    }
    entries_.insert(entries_.end(), from.entries.begin(), from.entries.end());
    if (from.edges.size() > few && indexes_.size() < UINT16_MAX) {
      indexes_.emplace_back().build({names_.data() + step.edges, from.edges.size()});
      step.index = static_cast<std::uint16_t>(indexes_.size());
    }
    steps_.push_back(step);
  }
}

}  // namespace purser::map
