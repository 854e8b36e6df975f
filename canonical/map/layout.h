// What a syntax allows: the layout files as a graph of node types. Elements, segment groups, segments and
// composites are all nodes with leaves, so that one engine serves every syntax.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "canonical/map/names.h"
#include "canonical/map/program.h"
#include "canonical/map/statement.h"

namespace purser::map {

using TypeId = std::uint16_t;  ///< index into Layout::types; 0 is a text leaf without attributes

enum class NodeKind : std::uint8_t { element, message, group, segment, composite, record };

constexpr std::uint32_t unbounded = std::numeric_limits<std::uint32_t>::max();

/// What a leaf may hold: "an..35", "N2 1..15". `most` 0 means not stated.
struct Representation {
  char characters = 'x';      ///< 'a', 'n', 'x' for an; X12: 'd' a date, 't' a time
  std::uint8_t decimals = 0;  ///< X12's N2: the last two digits, without a mark
  bool whole = false;         ///< X12's N0 to N9: digits only
  std::uint16_t least = 0;
  std::uint16_t most = 0;
};

/// A leaf's place within its node. XML: the attribute's name, 0 for the text. EDI: position << 16 |
/// repetition. Delimited: the heading's name << 32 | column << 16 | 1.
using LeafKey = std::uint64_t;
constexpr LeafKey edi_key(std::uint32_t position, std::uint32_t repetition) {
  return (static_cast<LeafKey>(position) << 16) | repetition;
}

/// A leaf a type may have.
struct LayoutLeaf {
  NameId name = 0;  ///< attribute or element code; 0 for an element's text
  LeafKey key = 0;
  bool mandatory = false;
  std::uint32_t most = 1;  ///< repetitions (EDIFACT syntax 4, X12)
  Representation form;
  NameId code = 0;                       ///< the data element's number where `name` is its place (X12)
  std::vector<std::string> values = {};  ///< the only ones an attribute of a DTD may have; empty: any
};

/// A node a type may contain. The order of children is the order of output.
struct LayoutChild {
  NameId name = 0;  ///< what the node is called at run time: unique in its type ("group 2", "MOA@2")
  NameId tag = 0;   ///< what tables call it: element, segment tag, trigger of the group, composite
  TypeId type = 0;
  NodeKind kind = NodeKind::element;
  bool mandatory = false;
  std::uint32_t most = 1;           ///< occurrences
  std::uint16_t position = 0;       ///< of a composite within its segment
  std::uint32_t first_ordinal = 1;  ///< of a composite: composites of the same kind before it, + 1
  std::uint16_t flat = 0;           ///< of a set (X12): how many data elements of the segment one of it takes
  // Made by index_layout().
  std::uint16_t next_of_tag = 0;      ///< index + 1 of the next child of the same tag; 0: none
  std::uint16_t demanded_before = 0;  ///< mandatory children before it
};

/// A syntax note of X12: which of a segment's data elements need or exclude each other.
struct LayoutNote {
  char kind = 'R';  ///< P all or none, R one at least, E one at most, C the first needs all, L it needs one
  std::vector<std::uint16_t> elements;
};

struct LayoutType {
  NameId name = 0;
  NodeKind kind = NodeKind::element;
  bool text = false;    ///< may hold text of its own
  bool opaque = false;  ///< nothing is known about what stands inside
  std::vector<LayoutLeaf> leaves;
  std::vector<LayoutChild> children;
  std::vector<LayoutNote> notes;
  std::vector<std::uint16_t>
      by_position;  ///< of a segment: child + 1 by element position, 0 for a data element
  // Made by index_layout().
  NameIndex by_name, by_tag;                   ///< first child of a name, of a tag
  std::vector<std::uint16_t> demanded;         ///< children that are mandatory
  std::vector<std::uint16_t> demanded_leaves;  ///< leaves that are
};

struct LayoutNamespace {
  std::string prefix;
  std::string uri;
};

/// One layout with all it uses. Immutable once read.
struct Layout {
  std::string syntax, name, version;
  std::vector<LayoutNamespace> namespaces;  ///< without the root's
  std::string root_namespace;
  NameId root_name = 0;
  TypeId root = 0;
  std::vector<LayoutType> types;
  std::vector<TypeId> segment_types;  ///< by NameId of the tag; 0 if there is none
  NameTable names;
};

/// Reads the layout for a message: an `xml` layout that has a root of this name, an EDI layout of this
/// message and version; for `delimited` none is needed. `place` is where the table asks for it.
bool read_layout(std::string_view syntax, std::string_view message, std::string_view version,
                 std::span<const TableFile> library, const Place& place, Problems& problems, Layout& into);

/// Makes what is looked up while documents pass. Once, when the layout is complete.
void index_layout(Layout& layout);

/// The file a `use` names: by its name with or without folder and ending. Null if there is none.
const TableFile* find_file(std::span<const TableFile> library, std::string_view name,
                           std::string_view ending);

}  // namespace purser::map
