// The part of XML Schema that OASIS and UN/CEFACT naming-and-design rules leave in use: global elements,
// sequences of references or of elements with a type, choices, and leaf types that restrict or extend one
// another.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pugi {
class xml_node;
}

namespace purser::layout {

struct SchemaAttribute {
  std::string name;
  bool required = false;
};

/// One element of a sequence or, with `min` 0, of a choice. `max` is 0 for unbounded.
struct SchemaChild {
  std::string element;  ///< "{namespace}local"
  std::string type;     ///< "{namespace}local" of an element that is declared here; empty for a reference
  unsigned min = 1;
  unsigned max = 1;
};

struct SchemaType {
  std::string name;  ///< "{namespace}local"
  std::string base;  ///< of a leaf type; empty where it has none
  std::vector<SchemaChild> children;
  std::vector<SchemaAttribute> attributes;
};

/// The schemas of one version, with everything they import from files beside them. Not thread safe.
class Schema {
 public:
  /// Reads a file and its imports, each once. Returns what is wrong, nothing if all is well.
  std::optional<std::string> read(const std::string& path);
  [[nodiscard]] const SchemaType* type_of(const std::string& element) const;
  [[nodiscard]] const SchemaType* type_of(const SchemaChild& child) const;
  [[nodiscard]] const SchemaType* find_type(const std::string& type) const;
  /// Attributes of a leaf type, inherited ones included, in the standard's order.
  [[nodiscard]] std::vector<SchemaAttribute> attributes(const SchemaType& type) const;

 private:
  struct Home;
  void add_type(const Home& home, const pugi::xml_node& node, const std::string& name);
  void add_children(const Home& home, const pugi::xml_node& group, SchemaType& type);

  std::map<std::string, std::string> elements_;  // element, type
  std::map<std::string, SchemaType> types_;
  std::set<std::string> files_;
};

/// "Invoice" of "{urn:…}Invoice".
std::string local_name(const std::string& qualified);
std::string namespace_of(const std::string& qualified);

}  // namespace purser::layout
