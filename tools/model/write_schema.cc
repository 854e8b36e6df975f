// Writes one JSON Schema (2020-12) a document, self-contained: each group it reaches stands in $defs.
#include <fmt/format.h>

#include <set>

#include "tools/model/spec.h"
#include "tools/model/text.h"

namespace purser::model_generator {
namespace {

/// The schema of one value, without the field's own description.
std::string scalar_schema(const Model& model, const Field& field) {
  if (field.type == "integer" || field.type == "boolean") return fmt::format("\"type\": \"{}\"", field.type);
  if (field.type == "binary") return "\"type\": \"string\", \"contentEncoding\": \"base64\"";
  if (field.type == "decimal") return "\"$ref\": \"#/$defs/decimal\"";
  if (field.type == "date") return "\"type\": \"string\", \"format\": \"date\"";
  // RFC 3339 demands an offset in "time" and "date-time"; business documents often know none.
  if (field.type == "time") return "\"$ref\": \"#/$defs/time\"";
  if (field.type == "date_time") return "\"$ref\": \"#/$defs/date_time\"";
  for (const List& list : model.lists) {
    if (list.key != field.code_list || !list.complete) continue;
    return fmt::format("\"$ref\": \"#/$defs/list_{}\"", list.symbol());
  }
  return "\"type\": \"string\"";
}

std::string property(const Model& model, const Field& field) {
  std::string one =
      field.scalar() ? scalar_schema(model, field) : fmt::format("\"$ref\": \"#/$defs/{}\"", field.type);
  if (field.repeated) one = fmt::format("\"type\": \"array\", \"items\": {{{}}}", one);
  return fmt::format("{}: {{\"description\": {}, {}}}", json_quoted(field.name),
                     json_quoted(field.description), one);
}

std::string object(const Model& model, const Group& group, const std::string& first,
                   const std::string& indent) {
  std::string required;
  std::string properties = first;
  for (const Field& field : group.fields) {
    properties += fmt::format("{}{}  {}", properties.empty() ? "" : ",\n", indent, property(model, field));
    if (field.required) required += (required.empty() ? "" : ", ") + json_quoted(field.name);
  }
  return fmt::format(
      "{0}\"type\": \"object\",\n{0}\"additionalProperties\": false,\n{1}{0}\"properties\": {{\n{2}\n{0}}}",
      indent, required.empty() ? "" : fmt::format("{}\"required\": [{}],\n", indent, required), properties);
}

/// Groups and complete lists that `group` reaches, by name.
void reach(const Model& model, const Group& group, std::set<std::string>& groups,
           std::set<std::string>& lists) {
  for (const Field& field : group.fields) {
    if (!field.code_list.empty()) lists.insert(field.code_list);
    if (!field.scalar() && groups.insert(field.type).second)
      reach(model, *model.find_group(field.type), groups, lists);
  }
}

std::string list_schema(const List& list) {
  std::string codes;
  for (const ListEntry& entry : list.entries) codes += (codes.empty() ? "" : ", ") + json_quoted(entry.code);
  return fmt::format(
      "    \"list_{}\": {{\"title\": {}, \"description\": {}, \"type\": \"string\", \"enum\": [{}]}}",
      list.symbol(), json_quoted(list.title), json_quoted(list.source + ", " + list.date), codes);
}

/// What every schema may refer to, beside groups and lists.
constexpr std::string_view common =
    "    \"decimal\": {\"description\": \"Up to 18 digits, exact\", \"oneOf\": [{\"type\": \"string\", "
    "\"pattern\": "
    "\"^-?[0-9]+(\\\\.[0-9]+)?$\"}, {\"type\": \"number\"}]},\n"
    "    \"time\": {\"type\": \"string\", \"pattern\": "
    "\"^[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\\\.[0-9]+)?(Z|[+-][01][0-9]:[0-5][0-9])?$\"},\n"
    "    \"date_time\": {\"type\": \"string\", \"pattern\": "
    "\"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\\\.[0-9]+)?(Z|[+-][01][0-9]:[0-"
    "5][0-9])?$\"}";

std::string group_schema(const Group& group, const Model& model) {
  return fmt::format("    \"{}\": {{\n      \"description\": {},\n{}\n    }}", group.name,
                     json_quoted(group.description), object(model, group, "", "      "));
}

/// The members of a document's own schema, from its title on.
std::string document_schema(const Model& model, const Document& document, const std::string& indent) {
  const std::string marks = fmt::format(
      "{0}  \"document\": {{\"const\": \"{1}\"}},\n{0}  \"model\": {{\"type\": \"string\", \"pattern\": "
      "\"^{2}\\\\.[0-9]+$\"}}",
      indent, document.name, model.version.substr(0, model.version.find('.')));
  std::string body = object(model, document.root, marks, indent);
  // "document" is required of every document, beside what the specification requires.
  const std::size_t at = body.find("\"required\": [");
  if (at == std::string::npos)
    body.insert(body.find(indent + "\"properties\""), indent + "\"required\": [\"document\"],\n");
  else
    body.insert(at + 13, "\"document\", ");
  return fmt::format("{}\"title\": {},\n{}", indent, json_quoted(document.title), body);
}

std::string heading(const Model& model, std::string_view name) {
  return fmt::format(
      "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": "
      "\"urn:purser:model:{}{}\",\n",
      model.version, name);
}

/// All documents in one text: each of them, group and list once, in $defs.
std::string whole_model(const Model& model) {
  std::set<std::string> groups, lists;
  for (const Document& document : model.documents) reach(model, document.root, groups, lists);
  std::string text = heading(model, "") + "  \"$defs\": {\n" + std::string(common);
  for (const Document& document : model.documents)
    text += fmt::format(",\n    \"{}\": {{\n{}\n    }}", document.name,
                        document_schema(model, document, "      "));
  for (const std::string& name : groups) text += ",\n" + group_schema(*model.find_group(name), model);
  for (const List& list : model.lists)
    if (list.complete && lists.contains(list.key)) text += ",\n" + list_schema(list);
  return text + "\n  }\n}\n";
}

}  // namespace

void write_schemas(const Model& model, Outputs& outputs) {
  for (const Document& document : model.documents) {
    std::set<std::string> groups, lists;
    reach(model, document.root, groups, lists);
    std::string text = heading(model, ":" + document.name) + document_schema(model, document, "  ") +
                       ",\n  \"$defs\": {\n" + std::string(common);
    for (const std::string& name : groups) text += ",\n" + group_schema(*model.find_group(name), model);
    for (const List& list : model.lists)
      if (list.complete && lists.contains(list.key)) text += ",\n" + list_schema(list);
    outputs["canonical/spec/generated/schema/" + document.name + ".json"] = text + "\n  }\n}\n";
  }
  outputs["canonical/spec/generated/schema/model.json"] = whole_model(model);
}

}  // namespace purser::model_generator
