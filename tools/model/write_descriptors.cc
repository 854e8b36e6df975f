// Writes the tables behind canonical/spec/descriptor.h.
#include <fmt/format.h>

#include <algorithm>

#include "tools/model/spec.h"
#include "tools/model/text.h"

namespace purser::model_generator {
namespace {

/// The fields of a group, its two indexes and its descriptor.
std::string table(const Group& group, const std::string& symbol) {
  std::string out = fmt::format("constexpr FieldDescriptor {}_fields[] = {{\n", symbol);
  int highest = 0;
  for (const Field& field : group.fields) {
    highest = std::max(highest, field.number);
    std::string type = field.scalar() ? field.type : "text";
    std::string pointer = field.scalar() ? "nullptr" : "&group_" + field.type;
    out += fmt::format(
        "    {{{}, {}, {}, {}, {}, ScalarType::{}, {}, {}, {},\n     {}}},\n", quoted(field.name),
        field.number, field.repeated, field.required, field.streamed, type, pointer, quoted(field.code_list),
        field.code_list.empty() ? "nullptr" : "&list_" + field.code_list_symbol(), quoted(field.description));
  }
  out += "};\n";
  std::uint64_t required[2] = {0, 0};
  for (const Field& field : group.fields)
    if (field.required) required[field.number / 64] |= std::uint64_t{1} << field.number % 64;
  out += fmt::format("constexpr FieldSet {}_required{{{}U, {}U}};\n", symbol, required[0], required[1]);
  std::vector<std::size_t> by_number(static_cast<std::size_t>(highest) + 1, 0);
  std::vector<std::size_t> by_name;
  for (std::size_t i = 0; i < group.fields.size(); ++i) {
    by_number[static_cast<std::size_t>(group.fields[i].number)] = i + 1;
    by_name.push_back(i);
  }
  std::ranges::sort(by_name, {}, [&](std::size_t i) { return group.fields[i].name; });
  auto list = [&](const char* name, const std::vector<std::size_t>& values) {
    out += fmt::format("constexpr std::uint8_t {}_{}[] = {{{}}};\n", symbol, name, fmt::join(values, ", "));
  };
  list("by_number", by_number);
  list("by_name", by_name);
  return out;
}

constexpr std::string_view notice = "// Made from canonical/spec/*.spec by tools/model; do not edit.\n";

std::string start(std::string_view include) {
  return fmt::format("{}#include \"{}\"\n\nnamespace purser::spec {{\n", notice, include);
}

std::string list_table(const List& list) {
  std::string text = start("canonical/spec/generated/tables.h");
  text += "namespace {\n\nconstexpr CodeEntry entries[] = {\n";
  for (const ListEntry& entry : list.entries)
    text += fmt::format("    {{{}, {}}},\n", quoted(entry.code), quoted(entry.name));
  return text +
         fmt::format(
             "}};\n\n}}  // namespace\n\nconstinit const CodeList list_{}{{{}, {}, {}, {}, {}, entries}};\n\n"
             "}}  // namespace purser::spec\n",
             list.symbol(), quoted(list.key), quoted(list.title), quoted(list.source), quoted(list.date),
             list.complete);
}

std::string list_index(const Model& model) {
  std::string text = start("canonical/spec/generated/tables.h") +
                     "}\n\nnamespace purser {\n\nstd::span<const CodeList* const> code_lists() {\n"
                     "  static constexpr const CodeList* all[] = {\n";
  for (const List& list : model.lists) text += fmt::format("      &spec::list_{},\n", list.symbol());
  return text + "  };\n  return all;\n}\n\n}  // namespace purser\n";
}

}  // namespace

void write_descriptors(const Model& model, Outputs& outputs) {
  const std::string folder = "canonical/spec/generated/";
  const std::string header = folder + "tables.h";
  std::string text = fmt::format(
      "{}#pragma once\n\n#include \"canonical/spec/code_list.h\"\n#include "
      "\"canonical/spec/descriptor.h\"\n\nnamespace purser::spec {{\n\n",
      notice);
  for (const Group& group : model.groups)
    text += fmt::format("extern const GroupDescriptor group_{};\n", group.name);
  text += "\n";
  for (const List& list : model.lists) text += fmt::format("extern const CodeList list_{};\n", list.symbol());
  text += "\n";
  for (const Document& document : model.documents)
    text += fmt::format("extern const DocumentDescriptor document_{};\n", document.name);
  outputs[header] = text + "\n}  // namespace purser::spec\n";

  for (const List& list : model.lists) outputs[folder + "list_" + list.symbol() + ".cc"] = list_table(list);
  outputs[folder + "lists.cc"] = list_index(model);

  text = start(header) + "namespace {\n\n";
  for (const Group& group : model.groups) text += table(group, group.name) + "\n";
  text += "}  // namespace\n\n";
  for (const Group& group : model.groups)
    text += fmt::format(
        "constinit const GroupDescriptor group_{0}{{\"{0}\", {0}_fields, {0}_by_number, {0}_by_name, "
        "{0}_required}};\n",
        group.name);
  outputs[folder + "groups.cc"] = text + "\n}  // namespace purser::spec\n";

  std::string all = start(header) +
                    "}\n\nnamespace purser {\n\nstd::span<const DocumentDescriptor> documents() {\n"
                    "  static const DocumentDescriptor all[] = {\n";
  for (const Document& document : model.documents) {
    text = start(header) + "namespace {\n\n" + table(document.root, "root");
    text += fmt::format(
        "constexpr GroupDescriptor root{{{}, root_fields, root_by_number, root_by_name, root_required}};\n\n",
        quoted(document.name));
    std::string terms = "{}", keys = "{}";
    std::string rows;
    for (const Term& term : document.terms)
      if (term.path != "-")
        rows += fmt::format("    {{{}, {}, {}}},\n", quoted(term.path == "." ? "" : term.path),
                            quoted(term.term), quoted(term.title));
    if (!rows.empty()) {
      text += fmt::format("constexpr TermDescriptor terms[] = {{\n{}}};\n\n", rows);
      terms = "terms";
    }
    rows.clear();
    for (const Key& key : document.keys)
      rows += fmt::format("    {{{}, {}}},\n", quoted(key.path), quoted(key.kind));
    if (!rows.empty()) {
      text += fmt::format("constexpr KeyDescriptor keys[] = {{\n{}}};\n\n", rows);
      keys = "keys";
    }
    text += fmt::format(
        "}}  // namespace\n\nconstinit const DocumentDescriptor document_{0}{{DocumentType::{0}, \"{0}\", "
        "{1}, &root, {2}, {3}}};\n\n}}  // namespace purser::spec\n",
        document.name, quoted(document.title), terms, keys);
    outputs[folder + document.name + ".cc"] = text;
    all += fmt::format("      spec::document_{},\n", document.name);
  }
  all += fmt::format(
      "  }};\n  return all;\n}}\n\nstd::string_view model_version() {{ return \"{}\"; }}\n\n}}  // namespace "
      "purser\n",
      model.version);
  outputs[folder + "documents.cc"] = all;
}

}  // namespace purser::model_generator
