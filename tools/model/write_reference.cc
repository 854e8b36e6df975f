// Writes the field reference: one Markdown page a document, one for the shared groups, one for the code
// lists.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/model/spec.h"
#include "tools/model/text.h"

namespace purser::model_generator {
namespace {

constexpr std::string_view notice = "<!-- Made from canonical/spec by tools/model; do not edit. -->\n";

/// Groups that only this document uses stand on its own page.
using Users = std::map<std::string, std::set<std::string>>;

void note_users(const Model& model, const Group& group, const std::string& document, Users& users) {
  for (const Field& field : group.fields)
    if (!field.scalar() && users[field.type].insert(document).second)
      note_users(model, *model.find_group(field.type), document, users);
}

std::string page_of(const std::string& group, const Users& users) {
  auto at = users.find(group);
  if (at == users.end() || at->second.size() != 1) return "groups.md";
  return *at->second.begin() + ".md";
}

std::string type_text(const Field& field, const Users& users, const std::string& page) {
  std::string type = field.type;
  if (!field.scalar()) {
    std::string target = page_of(field.type, users);
    type = fmt::format("[{}]({}#{})", field.type, target == page ? "" : target, field.type);
  } else if (!field.code_list.empty()) {
    type = fmt::format("[code](lists.md#{})", field.code_list);
  }
  if (field.repeated) type += field.streamed ? ", list, streamed" : ", list";
  return type;
}

std::string rows(const Group& group, const Document* document, const Users& users, const std::string& page) {
  std::string text = fmt::format("| field | no. | type | | meaning |{}\n|---|---|---|---|---|{}\n",
                                 document == nullptr ? "" : " terms |", document == nullptr ? "" : "---|");
  for (const Field& field : group.fields) {
    text +=
        fmt::format("| `{}` | {} | {} | {} | {} |", field.name, field.number, type_text(field, users, page),
                    field.required ? "required" : "", cell(field.description));
    if (document != nullptr) {
      std::string terms;
      for (const Term& term : document->terms)
        if (term.path == field.name) terms += (terms.empty() ? "" : ", ") + term.term;
      text += fmt::format(" {} |", terms);
    }
    text += "\n";
  }
  return text + "\n";
}

std::string group_section(const Group& group, const Users& users, const std::string& page) {
  return fmt::format("## {}\n\n{}.\n\n{}", group.name, group.description, rows(group, nullptr, users, page));
}

std::string document_page(const Model& model, const Document& document, const Users& users) {
  std::string page = document.name + ".md";
  std::string text = fmt::format("{}# {}\n\nDocument `{}`, number {}, model version {}.\n\n", notice,
                                 document.title, document.name, document.number, model.version);
  text += rows(document.root, document.terms.empty() ? nullptr : &document, users, page);
  for (const Group& group : model.groups)
    if (page_of(group.name, users) == page) text += group_section(group, users, page);
  text +=
      "## Business keys\n\nIndexed at admission; a document is found by each of them.\n\n| kind | field "
      "|\n|---|---|\n";
  for (const Key& key : document.keys) text += fmt::format("| {} | `{}` |\n", key.kind, key.path);
  if (!document.terms.empty()) {
    text += "\n## Business terms\n\nOf EN 16931-1.\n\n| term | name | field |\n|---|---|---|\n";
    for (const Term& term : document.terms)
      text += fmt::format("| {} | {} | {} |\n", term.term, cell(term.title),
                          term.path == "-" ? "" : fmt::format("`{}`", term.path));
  }
  return text;
}

}  // namespace

void write_reference(const Model& model, Outputs& outputs) {
  const std::string folder = "docs/reference/model/";
  Users users;
  for (const Document& document : model.documents) note_users(model, document.root, document.name, users);
  std::string index = fmt::format(
      "{}# The canonical model\n\nVersion {}. Fields keep their numbers for ever; JSON keys "
      "are the fields' names; decimals are strings in JSON.\n\n| document | what |\n|---|---|\n",
      notice, model.version);
  for (const Document& document : model.documents) {
    index += fmt::format("| [{0}]({0}.md) | {1} |\n", document.name, document.title);
    outputs[folder + document.name + ".md"] = document_page(model, document, users);
  }
  outputs[folder + "README.md"] =
      index + "\nShared groups: [groups](groups.md). Code lists: [lists](lists.md).\n";

  std::string groups = fmt::format("{}# Shared groups\n\nUsed by several documents.\n\n", notice);
  for (const Group& group : model.groups)
    if (page_of(group.name, users) == "groups.md") groups += group_section(group, users, "groups.md");
  outputs[folder + "groups.md"] = groups;

  std::string lists = fmt::format(
      "{}# Code lists\n\nA code outside a complete list is an error; outside a selection it is "
      "only noted.\n\n",
      notice);
  for (const List& list : model.lists) {
    lists += fmt::format(
        "## {}\n\n{}. Source: {}; state {}; {}, {} codes.\n\n| code | meaning |\n|---|---|\n", list.key,
        list.title, list.source, list.date, list.complete ? "complete" : "a selection", list.entries.size());
    for (const ListEntry& entry : list.entries)
      lists += fmt::format("| {} | {} |\n", cell(entry.code), cell(entry.name));
    lists += "\n";
  }
  outputs[folder + "lists.md"] = lists;
}

}  // namespace purser::model_generator
