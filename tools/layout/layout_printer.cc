#include "tools/layout/layout_printer.h"

#include <fmt/format.h>

#include <algorithm>

namespace purser::layout {
namespace {

char cardinality(unsigned min, unsigned max) {
  if (max == 1) return min == 0 ? '?' : '1';
  return min == 0 ? '*' : '+';
}

}  // namespace

/// A leaf without attributes needs no type in a layout.
bool LayoutPrinter::is_plain(const SchemaType& type) const {
  return type.children.empty() && schema_.attributes(type).empty();
}

std::optional<std::string> LayoutPrinter::collect(const SchemaType& type) {
  const auto [kept, added] = types_.emplace(type_name(type), &type);
  if (!added) {
    const bool same = kept->second == &type || (type.children.empty() && kept->second->children.empty());
    return same ? std::nullopt : std::optional("two types are called " + kept->first);
  }
  for (const auto& child : type.children) {
    const auto* next = schema_.type_of(child);
    if (next == nullptr) continue;
    if (auto problem = collect(*next)) return problem;
  }
  return std::nullopt;
}

void LayoutPrinter::print(const std::string& name) const {
  if (is_plain(*types_.at(name))) return;
  fmt::print("\ntype {}\n", name);
  print_inside(name);
}

void LayoutPrinter::print_inside(const std::string& name) const {
  const auto& type = *types_.at(name);
  for (const auto& attribute : schema_.attributes(type)) {
    fmt::print("  {:<42} {}\n", "@" + attribute.name, attribute.required ? '1' : '?');
  }
  for (const auto& child : type.children) print_child(type, child);
}

void LayoutPrinter::print_all_but(const std::vector<std::string>& first) const {
  for (const auto& [name, type] : types_) {
    if (std::ranges::find(first, name) == first.end()) print(name);
  }
}

void LayoutPrinter::print_child(const SchemaType& type, const SchemaChild& child) const {
  std::string line =
      fmt::format("  {:<42} {}", element_name(child.element), cardinality(child.min, child.max));
  const auto* next = schema_.type_of(child);
  if (next != nullptr && !is_plain(*next)) line += " : " + type_name(*next);
  const auto said = remark ? remark(type, child) : std::string();
  fmt::print("{}{}{}\n", line, said.empty() ? "" : "  # ", said);
  if (following) fmt::print("{}", following(type, child));
}

}  // namespace purser::layout
