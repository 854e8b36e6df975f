// What must hold for the model as a whole: names, numbers, types, paths; and that no number changes meaning.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "tools/model/spec.h"

namespace purser::model_generator {
namespace {

void complain(const Place& place, const std::string& what, Errors& errors) {
  errors.push_back(fmt::format("{}:{}: {}", place.file, place.line, what));
}

void check_group(const Model& model, const Group& group, bool root, Errors& errors) {
  std::map<int, const Field*> numbers;
  std::map<std::string, const Field*> names;
  if (group.fields.empty()) complain(group.place, "'" + group.name + "' has no fields", errors);
  for (const Field& field : group.fields) {
    auto [number, new_number] = numbers.emplace(field.number, &field);
    if (!new_number)
      complain(field.place,
               fmt::format("number {} is taken by '{}' in line {}", field.number, number->second->name,
                           number->second->place.line),
               errors);
    if (!names.emplace(field.name, &field).second)
      complain(field.place, fmt::format("'{}' is declared twice in '{}'", field.name, group.name), errors);
    if (!field.scalar() && model.find_group(field.type) == nullptr)
      complain(field.place, "'" + field.type + "' is neither a scalar nor a group", errors);
    if (!field.code_list.empty() && field.type != "code")
      complain(field.place, "only a code can have a list", errors);
    if (!field.code_list.empty() &&
        std::ranges::find(model.lists, field.code_list, &List::key) == model.lists.end())
      complain(field.place, "there is no canonical/spec/lists/" + field.code_list + ".txt", errors);
    if (field.number > 127)
      complain(field.place, "numbers end at 127", errors);  // FieldSet::max_field_number
    if (field.streamed && (!root || !field.repeated || field.scalar()))
      complain(field.place, "only a list of groups at the top level of a document can be streamed", errors);
  }
}

/// Null if the path leads nowhere.
const Field* follow(const Model& model, const Group& root, const std::string& path) {
  const Group* group = &root;
  const Field* field = nullptr;
  std::istringstream in(path);
  for (std::string name; std::getline(in, name, '.');) {
    field = group == nullptr ? nullptr : group->find(name);
    if (field == nullptr) return nullptr;
    group = field->scalar() ? nullptr : model.find_group(field->type);
  }
  return field;
}

void check_document(const Model& model, const Document& document, Errors& errors) {
  check_group(model, document.root, true, errors);
  std::set<std::string> terms;
  for (const Term& term : document.terms) {
    if (!terms.insert(term.term).second) complain(term.place, term.term + " is bound twice", errors);
    if (term.path != "-" && term.path != "." && follow(model, document.root, term.path) == nullptr)
      complain(term.place, "'" + term.path + "' is not a path of " + document.name, errors);
  }
  for (const Key& key : document.keys) {
    const Field* field = follow(model, document.root, key.path);
    if (field == nullptr || !field->scalar())
      complain(key.place, "'" + key.path + "' is not a scalar's path of " + document.name, errors);
  }
}

void list_numbers(const Group& group, const std::string& prefix, std::set<std::string>& lines) {
  for (const Field& field : group.fields)
    lines.insert(fmt::format("{}{} {:03} {} {}{}", prefix, group.name, field.number, field.name, field.type,
                             field.repeated ? "*" : ""));
}

std::set<std::string> all_numbers(const Model& model) {
  std::set<std::string> lines;
  for (const Group& group : model.groups) list_numbers(group, "group ", lines);
  for (const Document& document : model.documents) list_numbers(document.root, "document ", lines);
  return lines;
}

/// The part of a line that says which number is meant: "group party 003".
std::string number_of(const std::string& line) {
  std::size_t at = line.find(' ', line.find(' ') + 1);
  return line.substr(0, line.find(' ', at + 1));
}

}  // namespace

void check(const Model& model, Errors& errors) {
  if (model.version.empty()) errors.push_back("the model has no version ('model 1.0')");
  std::set<std::string> names;
  for (const Group& group : model.groups) {
    if (!names.insert(group.name).second)
      complain(group.place, "'" + group.name + "' is declared twice", errors);
    check_group(model, group, false, errors);
  }
  std::set<int> numbers;
  for (const Document& document : model.documents) {
    if (!names.insert(document.name).second || !numbers.insert(document.number).second)
      complain(document.root.place, "'" + document.name + "' or its number is declared twice", errors);
    check_document(model, document, errors);
  }
}

std::string used_numbers(const Model& model) {
  std::string text =
      "# Every number that was ever given to a field. Lines are added by the generator, never changed:\n"
      "# stored documents and other versions of connectors know fields by these numbers.\n";
  for (const std::string& line : all_numbers(model)) text += line + "\n";
  return text;
}

void check_numbers(const std::string& before, const Model& model, const std::string& file, Errors& errors) {
  std::map<std::string, std::string> now;
  for (const std::string& line : all_numbers(model)) now[number_of(line)] = line;
  std::istringstream in(before);
  int count = 0;
  for (std::string line; std::getline(in, line);) {
    ++count;
    if (line.empty() || line.starts_with('#')) continue;
    auto at = now.find(number_of(line));
    if (at == now.end())
      errors.push_back(fmt::format(
          "{}:{}: '{}' is gone; mark the field as retired in its description instead", file, count, line));
    else if (at->second != line)
      errors.push_back(fmt::format("{}:{}: '{}' became '{}'; give the new field a new number", file, count,
                                   line, at->second));
  }
}

}  // namespace purser::model_generator
