// Computes the checks of a Program over what is held of a document.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "canonical/rule/held.h"
#include "canonical/rule/program.h"

namespace purser::rule {

/// A value while a check is computed. Nothing where a path leads nowhere: a comparison with nothing is false.
struct Value {
  enum class Kind : std::uint8_t { nothing, boolean, number, text };
  Kind kind = Kind::nothing;
  bool boolean = false;
  Number number;          ///< dates are year × 10000 + month × 100 + day
  std::string_view text;  ///< lives as long as the tree, or until the next check

  static Value of(bool b) {
    Value v;
    v.kind = Kind::boolean;
    v.boolean = b;
    return v;
  }
  static Value of(const Number& n) {
    Value v;
    v.kind = Kind::number;
    v.number = n;
    return v;
  }
  static Value of(const std::optional<Number>& n) { return n ? of(*n) : Value(); }
  static Value of(std::string_view t) {
    Value v;
    v.kind = Kind::text;
    v.text = t;
    return v;
  }
};

/// What a check is asked about: the rule's context, or an element within a condition.
struct Scope {
  const HeldTree* tree;
  NodeIndex node;
  const Scope* context;  ///< the rule's context; itself where it is that
};

/// Counts and sums of one Total, by its keys.
class TotalValues {
 public:
  /// More different keys than any document needs (rates × categories); beyond, nothing is added, so that a
  /// hostile document cannot exhaust memory, and sums of what is missing make its rules fail.
  static constexpr std::size_t max_keys = 4096;
  struct Entry {
    std::uint64_t count = 0;
    Number sum;
    bool exact = true;  ///< false once a sum did not fit
  };
  Entry* entry(const std::string& key);  ///< null beyond max_keys
  [[nodiscard]] const Entry* find(const std::string& key) const;
  void clear();

 private:
  /// The entries asked for last: an invoice has few rates, and its lines take turns.
  struct Recent {
    std::string key;
    Entry* entry = nullptr;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::array<Recent, 4> recent_;
  std::size_t next_ = 0;
};

/// [serial]
class Evaluation {
 public:
  Evaluation(const Program& program, const HeldTree& header);

  Value value(Index code, const Scope& scope);
  bool holds(Index code, const Scope& scope);
  /// Calls `each` with the nodes a path leads to, until it returns true; then gives true.
  template <typename Each>
  bool walk(const Path& path, const Scope& scope, Each&& each);

  void begin_document();
  /// Adds one element of a streamed list to every total over it.
  void count_element(Index list, const HeldTree& element);

 private:
  template <typename Each>
  bool walk_steps(const HeldTree& tree, NodeIndex node, const Path& path, std::size_t step,
                  const Scope& scope, Each& each);
  /// Leaves `into` without a value for a group, and for what no rule can compare.
  static void read(const HeldNode& node, Value& into);
  static Value value_of(const HeldNode& node) {
    Value value;
    read(node, value);
    return value;
  }
  Value first(const Path& path, const Scope& scope);
  bool compares(const Code& code, const Scope& scope);
  static bool ordered(Op op, const Value& left, const Value& right);
  Value computed(const Code& code, const Scope& scope);
  Value from_text(const Code& code, const Scope& scope);
  Value from_path(const Code& code, const Scope& scope);
  Value total(const Code& code, const Scope& scope);
  bool listed(const Code& code, const Scope& scope);
  void key(const std::vector<Index>& parts, const Scope& scope, char nothing, std::string& into);
  const std::string* key_of(std::size_t total, const Scope& scope);
  std::string_view kept(std::string text);

  const Program& program_;
  const HeldTree& header_;
  std::vector<TotalValues> totals_;
  std::string key_;
  /// Keys and condition of a total for the element that is counted.
  struct Counted {
    std::uint64_t keyed = 0, asked = 0;  ///< number of the element they are of
    std::string key;
    bool counts = false;
  };
  std::vector<Counted> counted_;
  std::uint64_t element_ = 0;
  std::vector<std::string> texts_;  ///< made by upper(), part(); until the next check
  struct Remembered {
    std::string code;
    bool found = false;
  };
  std::vector<Remembered> remembered_;  ///< last answer of each list: codes repeat from line to line
};

template <typename Each>
bool Evaluation::walk_steps(const HeldTree& tree, NodeIndex node, const Path& path, std::size_t step,
                            const Scope& scope, Each& each) {
  if (step == path.steps.size()) return each(tree, node);
  const Step& next = path.steps[step];
  for (NodeIndex child = tree.first(node, next.slot); child != no_node; child = tree[child].next) {
    if (next.condition != none && !holds(next.condition, {&tree, child, scope.context})) continue;
    if (walk_steps(tree, child, path, step + 1, scope, each)) return true;
  }
  return false;
}

template <typename Each>
bool Evaluation::walk(const Path& path, const Scope& scope, Each&& each) {
  const HeldTree* tree = scope.tree;
  NodeIndex node = scope.node;
  switch (path.origin) {
    case Origin::item:
      break;
    case Origin::context:
      tree = scope.context->tree;
      node = scope.context->node;
      break;
    case Origin::root:
      tree = &header_;
      node = HeldTree::root;
      break;
    case Origin::parent:
      if ((*tree)[node].parent != no_node) {
        node = (*tree)[node].parent;
      } else {  // a line's parent is the document
        tree = &header_;
        node = HeldTree::root;
      }
      break;
  }
  return walk_steps(*tree, node, path, 0, scope, each);
}

}  // namespace purser::rule
