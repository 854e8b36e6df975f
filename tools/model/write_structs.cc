// Writes the structs of canonical/model and the tables through which they are filled and read.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "tools/model/spec.h"
#include "tools/model/text.h"

namespace purser::model_generator {
namespace {

constexpr std::string_view notice = "// Made from canonical/spec/*.spec by tools/model; do not edit.\n";

std::string type_name(std::string_view name) {
  std::string out;
  bool upper = true;
  for (char c : name) {
    if (c == '_') {
      upper = true;
      continue;
    }
    out += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

std::string member_name(const std::string& name) {
  constexpr std::array<std::string_view, 8> reserved = {"class",    "operator", "default", "template",
                                                        "register", "union",    "export",  "public"};
  return std::ranges::find(reserved, name) == reserved.end() ? name : name + "_";
}

std::string member_type(const Field& field) {
  static const std::map<std::string, std::string> scalars = {
      {"text", "std::string"},     {"code", "std::string"}, {"binary", "std::string"}, {"decimal", "Decimal"},
      {"integer", "std::int64_t"}, {"boolean", "bool"},     {"date", "Date"},          {"time", "Time"},
      {"date_time", "DateTime"}};
  std::string one = field.scalar() ? scalars.at(field.type) : type_name(field.type);
  if (field.repeated) return fmt::format("std::vector<{}>", one);
  return fmt::format("{}<{}>", field.scalar() ? "std::optional" : "Maybe", one);
}

std::string structure(const Group& group, const std::string& kind) {
  std::string text = fmt::format("/// {}{}.\nstruct {} {{\n", kind, group.description, type_name(group.name));
  for (const Field& field : group.fields)
    text +=
        fmt::format("  {} {};  ///< {}\n", member_type(field), member_name(field.name), field.description);
  return text + "};\n\n";
}

std::string table(const Group& group) {
  std::string type = type_name(group.name);
  std::string text = fmt::format("constexpr FieldAccess {}_fields[] = {{\n", group.name);
  for (const Field& field : group.fields)
    text += fmt::format("    {{offsetof({}, {}), {}}},\n", type, member_name(field.name),
                        field.scalar() ? "nullptr" : "&access_" + field.type);
  return text + "};\n";
}

using Users = std::map<std::string, std::set<std::string>>;

void note_users(const Model& model, const Group& group, const std::string& document, Users& users) {
  for (const Field& field : group.fields)
    if (!field.scalar() && users[field.type].insert(document).second)
      note_users(model, *model.find_group(field.type), document, users);
}

/// The groups whose structs stand in `file` ("groups" or a document's name).
std::vector<const Group*> groups_of(const Model& model, const Users& users, const std::string& file) {
  std::vector<const Group*> found;
  for (const Group& group : model.groups) {
    auto at = users.find(group.name);
    std::string home = at == users.end() || at->second.size() != 1 ? "groups" : *at->second.begin();
    if (home == file) found.push_back(&group);
  }
  return found;
}

std::string header(const std::vector<const Group*>& groups, const Document* document) {
  std::string text = fmt::format("{}#pragma once\n\n", notice);
  if (document == nullptr)
    text +=
        "#include <cstdint>\n#include <optional>\n#include <string>\n#include <vector>\n\n#include "
        "\"canonical/model/maybe.h\"\n#include \"canonical/value/date.h\"\n#include "
        "\"canonical/value/decimal.h\"\n";
  else
    text += "#include \"canonical/model/generated/groups.h\"\n";
  text += "\nnamespace purser::model {\n\n";
  for (const Group* group : groups) text += fmt::format("struct {};\n", type_name(group->name));
  if (!groups.empty()) text += "\n";
  for (const Group* group : groups) text += structure(*group, "");
  if (document == nullptr) {
    text += "struct DocumentAccess;\n\n";
  } else {
    text += structure(document->root, "Document: ");
    text += fmt::format(
        "/// The tables to_events and StructBuilder work with. [any]\nconst DocumentAccess& access(const "
        "{}*);\n\n",
        type_name(document->name));
  }
  return text + "}  // namespace purser::model\n";
}

std::string source(const std::vector<const Group*>& groups, const Document* document,
                   const std::string& file) {
  std::string text = fmt::format(
      "{0}#include \"canonical/model/generated/{1}.h\"\n\n#include <cstddef>\n\n#include "
      "\"canonical/model/access.h\"\n"
      "#include \"canonical/model/generated/access_tables.h\"\n#include "
      "\"canonical/spec/generated/tables.h\"\n\n"
      "// The structs have public members only; both compilers in use define offsetof for them.\n"
      "#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"\n\nnamespace purser::model {{\nnamespace {{\n\n",
      notice, file);
  for (const Group* group : groups) text += table(*group) + "\n";
  if (document != nullptr) text += table(document->root) + "\n";
  text += "}  // namespace\n\n";
  for (const Group* group : groups)
    text += fmt::format("const GroupAccess access_{0} = group_access<{1}>(spec::group_{0}, {0}_fields);\n",
                        group->name, type_name(group->name));
  if (document != nullptr)
    text += fmt::format(
        "\nconst DocumentAccess& access(const {0}*) {{\n  static constexpr DocumentAccess tables{{"
        "DocumentType::{1}, {1}_fields}};\n  return tables;\n}}\n",
        type_name(document->name), document->name);
  return text + "\n}  // namespace purser::model\n";
}

}  // namespace

void write_structs(const Model& model, Outputs& outputs) {
  const std::string folder = "canonical/model/generated/";
  Users users;
  for (const Document& document : model.documents) note_users(model, document.root, document.name, users);
  auto shared = groups_of(model, users, "groups");
  outputs[folder + "groups.h"] = header(shared, nullptr);
  outputs[folder + "groups.cc"] = source(shared, nullptr, "groups");
  std::string all =
      fmt::format("{}#pragma once\n\nnamespace purser::model {{\n\nstruct GroupAccess;\n\n", notice);
  for (const Group& group : model.groups)
    all += fmt::format("extern const GroupAccess access_{};\n", group.name);
  outputs[folder + "access_tables.h"] = all + "\n}  // namespace purser::model\n";
  for (const Document& document : model.documents) {
    auto own = groups_of(model, users, document.name);
    outputs[folder + document.name + ".h"] = header(own, &document);
    outputs[folder + document.name + ".cc"] = source(own, &document, document.name);
  }
}

}  // namespace purser::model_generator
