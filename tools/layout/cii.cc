// Prints the layout of the Cross Industry Invoice from the official schema:
//   layout_cii FOLDER/CrossIndustryInvoice_100pD16B.xsd > connectors/cii/layout/d16b.layout
// The schema is UN/CEFACT's of release D16B with code lists decoupled; it imports the others beside it.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "tools/layout/layout_printer.h"

namespace {

using purser::layout::LayoutPrinter;
using purser::layout::local_name;
using purser::layout::namespace_of;
using purser::layout::Schema;
using purser::layout::SchemaType;

constexpr std::string_view standard = "urn:un:unece:uncefact:data:standard:";

struct Prefix {
  std::string_view prefix, name;
};
constexpr Prefix prefixes[] = {{"rsm", "CrossIndustryInvoice:100"},
                               {"qdt", "QualifiedDataType:100"},
                               {"ram", "ReusableAggregateBusinessInformationEntity:100"},
                               {"udt", "UnqualifiedDataType:100"}};

/// What release D22B, which Factur-X 1.0.07 and later are made from, has beyond D16B and an invoice may use.
/// It kept the names and namespaces of D16B.
struct Later {
  std::string_view type, after;
  std::string_view child;
};
constexpr Later later[] = {
    {"AdvancePayment", "IncludedTradeTax",
     "ram:InvoiceSpecifiedReferencedDocument     ? : ReferencedDocument"},
    {"TradeProduct", "BuyerAssignedID", "ram:IndustryAssignedID                     ? : ID"},
    {"TradeProduct", "BuyerAssignedID", "ram:ModelID                                ? : ID"},
    {"TradeProduct", "Description", "ram:BatchID                                * : ID"},
    {"TradeProduct", "BrandName", "ram:ModelName                              ? : Text"}};

std::string prefixed(const std::string& element) {
  for (const auto& [prefix, name] : prefixes) {
    if (namespace_of(element) == std::string(standard) + std::string(name))
      return std::string(prefix) + ":" + local_name(element);
  }
  return local_name(element);
}

/// "TradeParty" of "{urn:…}TradePartyType", "DateTime.DateTimeString" of a type declared at its element.
std::string type_name(const SchemaType& type) {
  auto name = local_name(type.name);
  const auto end = name.find("Type.");
  if (end != std::string::npos) return name.erase(end, 4);
  return name.ends_with("Type") ? name.substr(0, name.size() - 4) : name;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: layout_cii SCHEMA\n");
    return 2;
  }
  Schema schema;
  if (const auto problem = schema.read(argv[1])) {
    fmt::print(stderr, "{}\n", *problem);
    return 1;
  }
  const std::string root = "CrossIndustryInvoice";
  const auto* type = schema.type_of(fmt::format("{{{}{}:100}}{}", standard, root, root));
  LayoutPrinter printer(schema);
  printer.element_name = prefixed;
  printer.type_name = type_name;
  printer.following = [](const SchemaType& home, const purser::layout::SchemaChild& child) {
    std::string lines;
    for (const Later& each : later) {
      if (type_name(home) == each.type && local_name(child.element) == each.after)
        lines += fmt::format("  {}  # D22B\n", each.child);
    }
    return lines;
  };
  const auto problem = type == nullptr ? std::optional("no element " + root) : printer.collect(*type);
  if (problem) {
    fmt::print(stderr, "{}\n", *problem);
    return 1;
  }
  fmt::print(
      "# Made by tools/layout/cii.cc from the schema of UN/CEFACT, release D16B. Do not edit.\n"
      "# `D22B` marks what that release has beyond it: read, not written.\n"
      "# Elements in the standard's order: 1 once, ? at most once, + at least once, * any number.\n\n"
      "layout xml {} D16B\n",
      root);
  for (const auto& [prefix, name] : prefixes) fmt::print("namespace {} {}{}\n", prefix, standard, name);
  fmt::print("root {} {}{}:100\n", root, standard, root);
  printer.print(root);
  printer.print_all_but({root});
  return 0;
}
