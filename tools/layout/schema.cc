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

}  // namespace

std::string local_name(const std::string& qualified) { return qualified.substr(qualified.find('}') + 1); }
std::string namespace_of(const std::string& qualified) {
  return qualified.substr(1, qualified.find('}') - 1);
}

/// Where a declaration stands: the file's prefixes and its target namespace.
struct Schema::Home {
  Prefixes prefixes;
  std::string space;
};

void Schema::add_children(const Home& home, const pugi::xml_node& group, SchemaType& type) {
  const bool choice = std::string_view(group.name()) == "xsd:choice";
  for (const auto& element : group.children("xsd:element")) {
    const std::string_view reference = element.attribute("ref").value();
    const std::string local = element.attribute("name").value();
    const std::string max = element.attribute("maxOccurs").as_string("1");
    SchemaChild child{reference.empty() ? "{" + home.space + "}" + local : qualify(home.prefixes, reference),
                      "", choice ? 0 : element.attribute("minOccurs").as_uint(1),
                      max == "unbounded" ? 0 : element.attribute("maxOccurs").as_uint(1)};
    if (const auto own = element.child("xsd:complexType"); !own.empty()) {
      child.type = type.name + "." + local;  // a type without a name gets that of its place
      add_type(home, own, child.type);
    } else if (reference.empty()) {
      child.type = qualify(home.prefixes, element.attribute("type").value());
    }
    type.children.push_back(std::move(child));
  }
}

void Schema::add_type(const Home& home, const pugi::xml_node& node, const std::string& name) {
  SchemaType type{name, {}, {}, {}};
  for (const char* kind : {"xsd:sequence", "xsd:choice"}) {
    if (const auto group = node.child(kind); !group.empty()) add_children(home, group, type);
  }
  for (const char* kind : {"xsd:extension", "xsd:restriction"}) {
    const auto derived = node.child("xsd:simpleContent").child(kind);
    if (derived.empty()) continue;
    type.base = qualify(home.prefixes, derived.attribute("base").value());
    for (const auto& attribute : derived.children("xsd:attribute")) {
      type.attributes.push_back({attribute.attribute("name").value(),
                                 std::string_view(attribute.attribute("use").value()) == "required"});
    }
  }
  types_[name] = std::move(type);
}

std::optional<std::string> Schema::read(const std::string& path) {
  const auto file = std::filesystem::weakly_canonical(path).string();
  if (!files_.insert(file).second) return std::nullopt;
  pugi::xml_document document;
  if (const auto result = document.load_file(file.c_str()); !result)
    return file + ": " + result.description();
  const auto root = document.child("xsd:schema");
  if (root.empty()) return file + ": no xsd:schema";
  const Home home{prefixes_of(root), root.attribute("targetNamespace").value()};
  for (const auto& element : root.children("xsd:element")) {
    elements_["{" + home.space + "}" + element.attribute("name").value()] =
        qualify(home.prefixes, element.attribute("type").value());
  }
  for (const auto& node : root.children("xsd:complexType")) {
    add_type(home, node, "{" + home.space + "}" + node.attribute("name").value());
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

const SchemaType* Schema::type_of(const SchemaChild& child) const {
  return child.type.empty() ? type_of(child.element) : find_type(child.type);
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
