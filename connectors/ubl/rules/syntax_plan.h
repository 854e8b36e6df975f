// The syntax rules made ready for one walk over the XML.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/ubl/rules/syntax_rule.h"

namespace purser::ubl {

using Name = std::uint16_t;  ///< a name that some rule mentions; 0 for all others
using RuleIndex = std::uint16_t;

/// A rule's path by names.
struct PlannedPath {
  std::vector<Name> steps;
  std::vector<const Predicate*> predicates;  ///< one a step, null for most
};
struct PlannedRule {
  const SyntaxRule* rule = nullptr;
  PlannedPath path;
  bool at_open = false;  ///< counts when the element begins; else when its value or attribute comes
};
/// What begins when an element of some name opens.
struct Start {
  RuleIndex rule = 0;
  Name parent = 0;          ///< the element around it; 0 for any
  bool below_root = false;  ///< only as a child of the document
  const Predicate* predicate = nullptr;
};
/// Paths from the document that may never stand, as a tree: one look-up an element, however many there are.
struct Forbidden {
  std::unordered_map<Name, std::uint32_t> children;
  std::vector<RuleIndex> rules;                                    ///< whose path ends here
  std::vector<std::pair<std::string_view, RuleIndex>> attributes;  ///< whose path ends with an attribute here
};

/// Immutable; [any].
class SyntaxPlan {
 public:
  /// Of the rules of these packs, about invoices or about orders; `rules` must outlive the plan.
  SyntaxPlan(const std::vector<SyntaxRule>& rules, std::span<const std::string> packs, bool orders);
  [[nodiscard]] Name name(std::string_view text) const;

  std::vector<PlannedRule> rules;
  std::vector<Forbidden> forbidden = std::vector<Forbidden>(1);  ///< the first is the document
  std::vector<RuleIndex> at_root;                                ///< paths that begin at the document
  std::vector<std::vector<Start>> contexts;                      ///< by name: contexts that open
  std::vector<std::vector<RuleIndex>> anywhere;                  ///< by name: paths that begin at any depth
  std::vector<std::pair<std::string, Start>> endings;            ///< contexts by how their name ends
  std::unordered_map<std::string_view, std::vector<RuleIndex>> attributes;  ///< `//@name`
  std::vector<RuleIndex> decimals, filled;

 private:
  Name intern(std::string_view text);
  void add(RuleIndex index);
  void add_contexts(RuleIndex index);
  void forbid(RuleIndex index);

  std::unordered_map<std::string, Name> names_;
};

/// The plan of the connector's own rules of these packs, for invoices or for orders and their answers; null
/// if none of them has any. Made once for each choice and kept. [any]
const SyntaxPlan* syntax_plan(std::span<const std::string> packs, bool orders);

}  // namespace purser::ubl
