#include "tools/layout/schema.h"

#include <algorithm>
#include <filesystem>
#include <pugixml.hpp>
#include <string_view>

namespace purser::layout {
namespace {

/// Prefixes declared on the schema's root element: all that these schemas use.
using Prefixes = std::map<std::string, std::string, std::less<>>;

Prefixes prefixes_of(const pugi::xml_node& root) {
  Prefixes prefixes;
  for (const auto& attribute : root.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "xmlns") prefixes[""] = attribute.value();
    if (name.starts_with("xmlns:")) prefixes[std::string(name.substr(6))] = attribute.value();
  }
  return prefixes;
}

std::string qualify(const Prefixes& prefixes, std::string_view name) {
  const auto colon = name.find(':');
  const auto prefix = colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon);
  const auto local = colon == std::string_view::npos ? name : name.substr(colon + 1);
  const auto found = prefixes.find(prefix);
  return "{" + (found == prefixes.end() ? std::string{} : found->second) + "}" + std::string(local);
}

SchemaType type_from(const pugi::xml_node& node, const std::string& name, const Prefixes& prefixes) {
  SchemaType type{name, {}, {}, {}};
  for (const auto& element : node.child("xsd:sequence").children("xsd:element")) {
    const std::string max = element.attribute("maxOccurs").as_string("1");
    type.children.push_back({qualify(prefixes, element.attribute("ref").value()),
                             element.attribute("minOccurs").as_uint(1),
                             max == "unbounded" ? 0 : element.attribute("maxOccurs").as_uint(1)});
  }
  for (const char* kind : {"xsd:extension", "xsd:restriction"}) {
    const auto derived = node.child("xsd:simpleContent").child(kind);
    if (derived.empty()) continue;
    type.base = qualify(prefixes, derived.attribute("base").value());
    for (const auto& attribute : derived.children("xsd:attribute")) {
      type.attributes.push_back({attribute.attribute("name").value(),
                                 std::string_view(attribute.attribute("use").value()) == "required"});
    }
  }
  return type;
}

}  // namespace

std::string local_name(const std::string& qualified) { return qualified.substr(qualified.find('}') + 1); }
std::string namespace_of(const std::string& qualified) {
  return qualified.substr(1, qualified.find('}') - 1);
}

std::optional<std::string> Schema::read(const std::string& path) {
  const auto file = std::filesystem::weakly_canonical(path).string();
  if (!files_.insert(file).second) return std::nullopt;
  pugi::xml_document document;
  if (const auto result = document.load_file(file.c_str()); !result)
    return file + ": " + result.description();
  const auto root = document.child("xsd:schema");
  if (root.empty()) return file + ": no xsd:schema";
  const auto prefixes = prefixes_of(root);
  const std::string space = root.attribute("targetNamespace").value();
  for (const auto& element : root.children("xsd:element")) {
    elements_["{" + space + "}" + element.attribute("name").value()] =
        qualify(prefixes, element.attribute("type").value());
  }
  for (const auto& node : root.children("xsd:complexType")) {
    const auto name = "{" + space + "}" + node.attribute("name").value();
    types_[name] = type_from(node, name, prefixes);
  }
  for (const auto& import : root.children("xsd:import")) {
    const auto next = std::filesystem::path(file).parent_path() / import.attribute("schemaLocation").value();
    if (auto problem = read(next.string())) return problem;
  }
  return std::nullopt;
}

const SchemaType* Schema::find_type(const std::string& type) const {
  const auto found = types_.find(type);
  return found == types_.end() ? nullptr : &found->second;
}

const SchemaType* Schema::type_of(const std::string& element) const {
  const auto found = elements_.find(element);
  return found == elements_.end() ? nullptr : find_type(found->second);
}

std::vector<SchemaAttribute> Schema::attributes(const SchemaType& type) const {
  std::vector<SchemaAttribute> all;
  if (const auto* base = find_type(type.base)) all = attributes(*base);
  for (const auto& own : type.attributes) {
    const auto same = std::ranges::find(all, own.name, &SchemaAttribute::name);
    if (same == all.end()) {
      all.push_back(own);
    } else {
      *same = own;
    }
  }
  return all;
}

}  // namespace purser::layout
