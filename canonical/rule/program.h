// Rules compiled for one document type: what of the document they look at, and what they compute from it.
#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "canonical/rule/number.h"
#include "canonical/rule/pattern.h"
#include "canonical/rule/rule.h"
#include "canonical/spec/code_list.h"
#include "canonical/spec/descriptor.h"

namespace purser::rule {

using Index = std::uint16_t;
constexpr Index none = std::numeric_limits<Index>::max();

/// A field that some rule looks at. The watched fields are a tree below the document's root (watch 0).
struct Watch {
  const FieldDescriptor* field = nullptr;  ///< null for the root
  const GroupDescriptor* group = nullptr;  ///< null for a value
  Index parent = none;
  Index slot = 0;                ///< place among the watched fields of its group
  Index children = 0;            ///< watched fields of this group
  bool keep_text = false;        ///< some rule reads the text; else only whether there is one
  std::vector<Index> by_number;  ///< of a group: the watch of each field number, none where nobody looks
};

enum class Op : std::uint8_t {
  truth,
  falsehood,
  text,
  number,  // a: constant
  path,
  exists,
  filled,  // a: path
  count,
  sum,
  unique,  // a: path
  any,
  all,  // a: path, b: condition for each
  total_count,
  total_sum,  // a: total over streamed lines, b: keys (of code)
  both,
  either,
  opposite,  // a, b: code
  equal,
  unequal,
  less,
  at_most,
  greater,
  at_least,
  plus,
  minus,
  times,
  over,
  negative,
  absolute,
  rounded,
  decimals,
  length,
  upper,      // rounded: b decimals
  part,       // a: text, b: from (1 is the first), c: length
  piece,      // a: text, b: code of the separator, c: which (1 is the first)
  as_number,  // a: text
  contains,
  starts,
  ends,  // a: text, b: code of what
  in_list,
  in_set,   // a: code, b: list or set
  matches,  // a: text, b: pattern
  valid     // a: text, b: check digit scheme
};

/// One operation; operands are indexes of other codes or of a table of the program.
struct Code {
  Op op = Op::truth;
  Index a = none, b = none, c = none;
};

/// Where a path begins.
enum class Origin : std::uint8_t {
  item,     ///< the element a condition is about; outside of one the rule's context
  context,  ///< `this`: what the rule is judged for
  parent,   ///< `up`: the group around the item
  root      ///< `/`: the document
};
struct Step {
  Index slot = 0;
  Index watch = 0;
  Index condition = none;  ///< code that must hold for an element
};
struct Path {
  Origin origin = Origin::item;
  bool many = false;   ///< may lead to more than one value
  Index watch = none;  ///< what it leads to
  std::vector<Step> steps;
};

/// Count and sum over the elements of a streamed list, kept while it streams by, apart for each combination
/// of keys: `sum(lines[tax.category = this.category].net_amount)` has one key.
struct Total {
  Index list = none;                       ///< watch of the streamed list
  Index condition = none;                  ///< code: elements that count
  std::vector<Index> keys;                 ///< code, of the element
  Path value;                              ///< from the element; without steps the element itself
  std::string signature;                   ///< equal for equal totals
  std::string key_words, condition_words;  ///< keys and condition as written
  /// The first total over the same list with the same keys, and with the same condition: computed once an
  /// element.
  Index same_keys = none, same_condition = none;
};

struct CompiledRule {
  const Rule* rule = nullptr;
  Index check = none;
  Index subject = none;  ///< path that gives the finding its place
  std::string path;      ///< of the subject, "tax.rate"; empty for the context itself
};
/// One of the things that rules of a context are judged for.
struct Target {
  Index list = none;       ///< watch of the streamed list it is in: judged element by element
  Index condition = none;  ///< code: elements of that list that count
  Path path;               ///< from the document, or from the list's element
};
/// Rules that are judged for the same things.
struct Context {
  Target target;
  std::vector<CompiledRule> rules;
};

/// Immutable once compiled; [any].
class Program {
 public:
  /// Compiles the rules of `files` (those for `document`; others are passed over). The files must outlive
  /// the program.
  static std::expected<Program, RuleFault> compile(std::span<const RuleFile* const> files,
                                                   DocumentType document);

  [[nodiscard]] bool empty() const { return contexts.empty(); }

  const DocumentDescriptor* document = nullptr;
  std::vector<Watch> watches;
  std::vector<Code> codes;
  std::vector<Path> paths;
  std::vector<Total> totals;
  std::vector<std::vector<Index>> keys;  ///< of code; what a total is asked for
  std::vector<std::string> texts;
  std::vector<Number> numbers;
  std::vector<const CodeList*> lists;
  std::vector<std::vector<std::string>> sets;  ///< sorted
  std::vector<Pattern> patterns;
  std::vector<Context> contexts;
};

}  // namespace purser::rule
