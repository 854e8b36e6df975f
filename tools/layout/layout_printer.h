// Prints schema types as the types of a layout (canonical/map/README.md).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tools/layout/schema.h"

namespace purser::layout {

/// Collects the types that roots reach, then prints each once, its attributes and children in the schema's
/// order with 1 (once), ? (at most once), + (at least once) or * (any number). Not thread safe.
class LayoutPrinter {
 public:
  /// Keeps a reference to `schema`.
  explicit LayoutPrinter(const Schema& schema) : schema_(schema) {}

  /// What the layout calls an element or a type: "cbc:ID" for "{urn:…}ID", "Party" for "{urn:…}PartyType".
  std::function<std::string(const std::string& element)> element_name;
  std::function<std::string(const SchemaType& type)> type_name;
  /// A remark behind a child; empty for none. May be left out.
  std::function<std::string(const SchemaType& type, const SchemaChild& child)> remark;
  /// Whole lines that follow a child: what other releases have there. May be left out.
  std::function<std::string(const SchemaType& type, const SchemaChild& child)> following;

  /// Two types with one name are an error, which is returned; nothing if all is well.
  std::optional<std::string> collect(const SchemaType& type);
  void print(const std::string& type) const;
  /// The lines of a type without its first one, which the caller has printed under another name.
  void print_inside(const std::string& type) const;
  void print_all_but(const std::vector<std::string>& first) const;

 private:
  void print_child(const SchemaType& type, const SchemaChild& child) const;
  [[nodiscard]] bool is_plain(const SchemaType& type) const;

  const Schema& schema_;
  std::map<std::string, const SchemaType*> types_;
};

}  // namespace purser::layout
