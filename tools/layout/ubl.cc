// Prints the layout of UBL documents from the official schemas:
//   layout_ubl 2.1=FOLDER 2.3=FOLDER 2.4=FOLDER Order Invoice … > connectors/ubl/layout/ubl.layout
// A document that is read as several messages is named once for each: InvoiceResponse:ApplicationResponse.
// Each FOLDER holds maindoc/ and common/ as OASIS publishes them. Versions go from old to new: the newest
// gives order and cardinality (a newer 2.x accepts every older document), the older ones tell since when.
#include <fmt/format.h>
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tools/layout/layout_printer.h"

namespace {

using purser::layout::LayoutPrinter;
using purser::layout::local_name;
using purser::layout::namespace_of;
using purser::layout::Schema;
using purser::layout::SchemaChild;
using purser::layout::SchemaType;

constexpr std::string_view ubl = "urn:oasis:names:specification:ubl:schema:xsd:";

struct Root {
  std::string message;  ///< what its table calls it
  std::string element;
};

struct Version {
  std::string name;
  std::string folder;
  Schema schema;
};

std::string prefixed(const std::string& element) {
  const auto space = namespace_of(element);
  if (space.ends_with("CommonBasicComponents-2")) return "cbc:" + local_name(element);
  if (space.ends_with("CommonAggregateComponents-2")) return "cac:" + local_name(element);
  if (space.ends_with("CommonExtensionComponents-2")) return "ext:" + local_name(element);
  return local_name(element);
}

/// The type as the layout names it: aggregates by their own name, leaves by their representation term.
std::string type_name(const Schema& schema, const SchemaType& type) {
  const SchemaType* named = &type;
  while (!namespace_of(named->name).ends_with("UnqualifiedDataTypes-1") && !named->base.empty()) {
    const auto* base = schema.find_type(named->base);
    if (base == nullptr) break;
    named = base;
  }
  auto name = local_name(named->name);
  return name.ends_with("Type") ? name.substr(0, name.size() - 4) : name;
}

/// The first version that knows `child` in `type`; empty for the oldest.
std::string since(const std::vector<Version>& versions, const SchemaType& type, const SchemaChild& child) {
  for (const auto& version : versions) {
    const auto* known = version.schema.find_type(type.name);
    if (known == nullptr) continue;
    for (const auto& each : known->children) {
      if (each.element == child.element) {
        return &version == &versions.front() ? "" : "since " + version.name;
      }
    }
  }
  return {};
}

int run(std::vector<Version>& versions, const std::vector<Root>& roots) {
  for (auto& version : versions) {
    for (const auto& root : roots) {
      const auto file = fmt::format("{}/maindoc/UBL-{}-{}.xsd", version.folder, root.element, version.name);
      if (const auto problem = version.schema.read(file)) {
        fmt::print(stderr, "{}\n", *problem);
        return 1;
      }
    }
  }
  const Schema& schema = versions.back().schema;
  LayoutPrinter printer(schema);
  printer.element_name = prefixed;
  printer.type_name = [&schema](const SchemaType& type) { return type_name(schema, type); };
  printer.remark = [&versions](const SchemaType& type, const SchemaChild& child) {
    return since(versions, type, child);
  };
  fmt::print("# Made by tools/layout/ubl.cc from the schemas of OASIS UBL {}", versions.front().name);
  for (std::size_t i = 1; i < versions.size(); ++i) fmt::print(", {}", versions[i].name);
  fmt::print(
      ". Do not edit.\n# Elements in the standard's order: 1 once, ? at most once, + at least once, * any "
      "number.\n# The header of an envelope around the document comes as its first child.\n\n"
      "layout xml ubl {}\nnamespace cbc {}CommonBasicComponents-2\nnamespace cac "
      "{}CommonAggregateComponents-2\n"
      "namespace ext {}CommonExtensionComponents-2\nuse sbdh\n",
      versions.back().name, ubl, ubl, ubl);
  for (const auto& root : roots) {
    const auto element = fmt::format("{{{}{}-2}}{}", ubl, root.element, root.element);
    const auto* type = schema.type_of(element);
    if (type == nullptr) {
      fmt::print(stderr, "no element {}\n", element);
      return 1;
    }
    fmt::print("root {} {}{}-2\n", root.message, ubl, root.element);
    if (const auto problem = printer.collect(*type)) {
      fmt::print(stderr, "{}\n", *problem);
      return 1;
    }
  }
  std::vector<std::string> elements;
  for (const auto& root : roots) {
    fmt::print("\ntype {}\n  {:<42} ? : StandardBusinessDocumentHeader\n", root.message,
               "sbdh:StandardBusinessDocumentHeader");
    printer.print_inside(root.element);
    elements.push_back(root.element);
  }
  printer.print_all_but(elements);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Version> versions;
  std::vector<Root> roots;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const auto equals = argument.find('=');
    if (equals == std::string::npos) {
      const auto colon = argument.find(':');
      roots.push_back(
          {argument.substr(0, colon), colon == std::string::npos ? argument : argument.substr(colon + 1)});
    } else {
      versions.push_back({argument.substr(0, equals), argument.substr(equals + 1), {}});
    }
  }
  if (versions.empty() || roots.empty()) {
    fmt::print(stderr, "usage: layout_ubl VERSION=FOLDER... DOCUMENT...\n");
    return 2;
  }
  return run(versions, roots);
}
