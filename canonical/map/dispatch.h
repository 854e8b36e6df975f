// The steps of a plan as reading wants them: packed, looked up by name in constant time, predicates that only
// compare one short value taken apart.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "canonical/map/layout.h"
#include "canonical/map/short_text.h"

namespace purser::map {

struct Step;
struct Edge;

/// Where a leaf stands below a node. Edges that ask the same leaf share one.
struct Probe {
  std::vector<NameId> nodes;
  LeafKey key = 0;
};

/// `[probe = one of values]`.
struct ValueTest {
  std::uint32_t probe = 0;
  std::uint32_t first_value = 0, end_value = 0;
};

struct ReadEdge {
  static constexpr std::uint32_t always = 0, by_predicates = UINT32_MAX;
  std::uint32_t step = 0;
  std::uint32_t test = always;  ///< index into Dispatch::tests + 1, or one of the two above
  std::uint32_t full = 0;       ///< index of the edge in its step, for what `test` cannot say
};

struct ReadStep {
  std::uint32_t edges = 0, leaves = 0, entries = 0;  ///< where its own begin
  std::uint16_t edge_count = 0, leaf_count = 0, entry_count = 0;
  std::uint16_t index = 0;  ///< into Dispatch::indexes + 1, where there are many edges
  [[nodiscard]] bool leads_on() const { return edge_count + leaf_count != 0; }
};

/// Immutable once built. [any]
class Dispatch {
 public:
  /// Edges of the steps are sorted by name. `exact_keys`: leaves have one key each (not so where columns are
  /// called by heading and number).
  void build(const std::vector<Step>& steps, bool exact_keys);

  [[nodiscard]] const ReadStep& step(std::uint32_t index) const { return steps_[index]; }
  /// The edges of a step to children of this name.
  [[nodiscard]] std::span<const ReadEdge> edges(std::uint32_t step, NameId name) const {
    const ReadStep& from = steps_[step];
    const NameId* names = names_.data() + from.edges;
    std::uint32_t first = 0;
    if (from.index != 0) {
      first = std::min<std::uint32_t>(indexes_[from.index - 1U].find(name), from.edge_count);
    } else {
      while (first < from.edge_count && names[first] < name) ++first;
    }
    std::uint32_t end = first;
    while (end < from.edge_count && names[end] == name) ++end;
    return {edges_.data() + from.edges + first, end - first};
  }
  [[nodiscard]] std::span<const LeafKey> leaf_keys(const ReadStep& step) const {
    return {leaf_keys_.data() + step.leaves, step.leaf_count};
  }
  [[nodiscard]] std::uint32_t leaf_row(const ReadStep& step, std::size_t leaf) const {
    return leaf_rows_[step.leaves + leaf];
  }
  [[nodiscard]] std::span<const std::uint32_t> entries(const ReadStep& step) const {
    return {entries_.data() + step.entries, step.entry_count};
  }
  [[nodiscard]] const ValueTest& test(const ReadEdge& edge) const { return tests_[edge.test - 1]; }
  [[nodiscard]] const Probe& probe(std::uint32_t index) const { return probes_[index]; }
  [[nodiscard]] bool holds(const ValueTest& test, const ShortText& text) const {
    for (std::uint32_t i = test.first_value; i < test.end_value; ++i) {
      if (values_[i] == text) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t few = 8;  ///< edges that are looked through faster than looked up

  [[nodiscard]] std::uint32_t test_of(const Edge& edge, bool exact_keys);
  [[nodiscard]] std::uint32_t probe_of(const std::vector<NameId>& nodes, LeafKey key);

  std::vector<ReadStep> steps_;
  std::vector<NameId> names_;  ///< of the edges
  std::vector<ReadEdge> edges_;
  std::vector<LeafKey> leaf_keys_;
  std::vector<std::uint32_t> leaf_rows_;
  std::vector<std::uint32_t> entries_;
  std::vector<NameIndex> indexes_;
  std::vector<ValueTest> tests_;
  std::vector<ShortText> values_;
  std::vector<Probe> probes_;
};

}  // namespace purser::map
