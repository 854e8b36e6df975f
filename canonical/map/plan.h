// What the compiler makes of a table: interned names, numbered steps, typed targets. Read only after load.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "canonical/map/dispatch.h"
#include "canonical/map/layout.h"
#include "canonical/map/table.h"
#include "canonical/spec/descriptor.h"

namespace purser::map {

struct Call;  // call.h

/// Fields from a group downwards, each as its index in GroupDescriptor::fields.
using FieldPath = std::vector<std::uint16_t>;

/// A leaf near another: `date by C507.2379`, `with @currencyID`.
struct NearLeaf {
  bool set = false;
  bool from_parent = false;  ///< begin at the parent of the leaf's node (the segment of a composite)
  NameId child = 0;          ///< then enter this composite; 0: stay
  std::uint32_t occurrence = 0;
  LeafKey key = 0;
};

/// What becomes of a value that is too long for its place, or has no code there, when it is written.
enum class Misfit : std::uint8_t {
  refuse,  ///< an error
  cut,     ///< a free text is written as far as it fits
  split,   ///< the `each` around the row makes further nodes for the rest of the text
  omit     ///< nothing is written
};

/// A cross map. Sorted by code; `write` sorted by key.
struct CodeMap {
  std::string name;
  bool keep = false;
  std::string other;  ///< written for keys that have no code and are not kept; empty: there is none
  std::vector<std::pair<std::string, std::string>> read, write;
};

struct Conversion {
  ScalarType type = ScalarType::text;  ///< of the canonical field
  char mark = '.';
  char group = 0;  ///< read between groups of three digits, never written; 0: there is none
  bool negate = false;
  std::uint8_t implied = 0;  ///< the last digits stand behind a mark that is not written (X12's N2)
  bool whole = false;        ///< digits only: N0 to N9
  bool compact = false;      ///< dates and times as X12 writes them: CCYYMMDD, HHMM, HHMMSS
  int offset = 0;            ///< how much higher than the model the syntax counts
  bool hex = false;
  bool by_format_code = false;  ///< the date's form stands in `by`
  std::string pattern;          ///< yyyy-MM-dd …; empty: the ISO form
  std::string yes = "true", no = "false";
  std::string prefix, separator;
  std::string gather;  ///< what stands between texts of elements that share one node
  Misfit misfit = Misfit::refuse;
  std::uint32_t join = 1;
  std::uint32_t piece = 0;  ///< characters of one occurrence when writing; 0 unlimited
  std::uint16_t codes = 0;  ///< index into Plan::codes + 1
  std::string code_list;    ///< `code LIST`
  NearLeaf by, companion;
  FieldPath companion_path;       ///< canonical value the companion must equal, from the root
  bool write_companion = true;    ///< false with `against`: compared when reading, not written
  FieldPath time_path, end_path;  ///< `and TIME`, `until END`, relative to the row's group
};

/// What a row says besides its path; for every kind of row.
struct Row {
  RowKind kind = RowKind::value;
  Arrow arrow = Arrow::both;
  TargetKind target_kind = TargetKind::path;
  bool from_root = false, required = false, list = false;
  std::uint16_t table = 0, line = 0, deviation = 0;
  std::uint32_t body = 0;                  ///< of each and group
  FieldPath path;                          ///< relative to the body's group or the root
  const FieldDescriptor* field = nullptr;  ///< the last of the path
  std::vector<LeafKey> keys;               ///< more than one with `join`
  Representation form;
  std::vector<std::string> values;  ///< the only ones its leaf may have; empty: any
  Conversion conversion;
  std::optional<std::string> fallback;
  bool stand_in = false;  ///< its literal or default, once written, is told
  std::string constant;  ///< literal, variable's or extension's name, reason
  std::string source, target, text, remark;
  std::string element;  ///< what the source calls the leaf: "NAD.C082.3039"
};

enum class EntryKind : std::uint8_t { each, group, ignore };

/// What happens when a node is entered: a list element or group begins.
struct Entry {
  EntryKind kind = EntryKind::group;
  std::uint32_t row = 0;
  std::uint32_t body = 0;  ///< index into Plan::bodies
  bool streamed = false;
  const Call* call = nullptr;
};

struct Predicate {
  PredicateKind kind = PredicateKind::equal;
  std::vector<NameId> nodes;  ///< from the node downwards
  bool is_leaf = true;        ///< false: presence of the node itself
  LeafKey key = 0;
  std::vector<std::string> values;
  FieldPath root_path;
};

/// A step from a node to some of its children.
struct Edge {
  NameId name = 0;
  std::uint32_t occurrence = 0;  ///< 0: any
  bool onward = false;
  std::vector<Predicate> predicates;
  std::uint32_t step = 0;
};

/// What rows read at one node.
struct Step {
  TypeId type = 0;
  std::vector<Edge> edges;                                ///< sorted by name once compiled
  std::vector<std::pair<LeafKey, std::uint32_t>> leaves;  ///< key, row
  std::vector<std::uint32_t> entries;
};

/// A constant a predicate fixes, written into the node.
struct OutConstant;

/// One node on the way of a written row.
struct OutStep {
  NameId name = 0;  ///< identity in the layout
  NameId tag = 0;   ///< what is written
  TypeId type = 0;
  NodeKind kind = NodeKind::element;
  std::uint32_t order = 0;  ///< place among its siblings
  std::uint32_t most = 1;
  std::uint32_t occurrence = 0;  ///< of a composite, if the row says it
  std::uint32_t signature = 0;   ///< rows with the same signature share the node
  std::vector<OutConstant> constants;
  std::vector<Predicate> presence =
      {};  ///< leaves that must, or must not, get a value from the element written
};

struct OutConstant {
  std::vector<OutStep> path;
  LeafKey key = 0;
  std::string value;
  FieldPath root_path;
};

/// One row on the way out, in table order.
struct OutItem {
  std::uint32_t row = 0;
  std::vector<OutStep> path;  ///< nodes from the body's node
  std::uint32_t repeats = 0;  ///< index + 1 of the step that is made anew for each list element; 0: none can
  std::uint32_t body = 0;     ///< of each and group; 0: a value
  const Call* call = nullptr;
  bool streamed = false;
  bool from_root = false;
  bool aimed = false;             ///< at a canonical path
  std::uint16_t first_field = 0;  ///< of that path: without it there is nothing to write
};

struct Body {
  std::uint32_t step = 0;
  TypeId type = 0;
  const GroupDescriptor* group = nullptr;
  std::vector<std::uint32_t> checks;  ///< rows with `required` or `default`
  std::vector<std::uint32_t> rows;    ///< all its rows in order
  std::vector<OutItem> items;
  std::vector<std::uint32_t> constants;  ///< of the items, those that write what the document does not say
  std::vector<std::uint32_t> required;   ///< of the items, those whose row says so
  bool gathers = false;                  ///< a row of it takes the texts of several elements
};

/// A node that is passed through while the document streams, because a streamed list stands inside.
struct Passage {
  NameId name = 0;
  std::vector<std::uint32_t> inside;
};

class Plan {
 public:
  std::string syntax, message, version;
  const DocumentDescriptor* document = nullptr;
  bool reads = false, writes = false;
  FormatText format;
  Layout layout;
  std::vector<std::string> tables;
  std::vector<DeviationText> deviations;
  std::vector<CodeMap> codes;
  std::vector<Row> rows;
  std::vector<Step> steps;
  Dispatch dispatch;  ///< of the steps, for reading
  std::vector<Entry> entries;
  std::vector<Body> bodies;       ///< [0] is the document's
  std::vector<Passage> passages;  ///< [0] is the root
  /// Top level fields that may still be filled after the streamed list has begun, by index.
  std::vector<bool> late;
  std::vector<NameId> stream_path;          ///< names from the root to the first streamed list
  std::vector<std::uint32_t> stream_order;  ///< the same as places in the layout
  std::vector<NameId> everywhere_leaves;    ///< attributes and data elements ignored at any node
  std::vector<NameId> everywhere_nodes;
  std::vector<std::string> columns;  ///< headings of a delimited table in row order
};

}  // namespace purser::map
