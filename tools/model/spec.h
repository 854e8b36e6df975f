// The declaration of the canonical model as read from canonical/spec/*.spec.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace purser::model_generator {

/// Where a statement stands, for messages a person can follow.
struct Place {
  std::string file;
  int line = 0;
};

struct Field {
  int number = 0;
  std::string name;
  std::string type;  ///< a scalar's name or a group's
  bool repeated = false;
  bool required = false;
  bool streamed = false;
  std::string code_list;
  std::string description;
  Place place;
  bool scalar() const;
  std::string code_list_symbol() const;
};

struct Term {
  std::string term;  ///< "BT-27"
  std::string path;  ///< "seller.name"; "-" for a number the standard leaves out
  std::string title;
  Place place;
};

struct Key {
  std::string kind;
  std::string path;
  Place place;
};

/// A group, or a document's root.
struct Group {
  std::string name;
  std::string description;
  std::vector<Field> fields;
  Place place;
  const Field* find(std::string_view field) const;
};

struct Document {
  int number = 0;
  std::string name;
  std::string title;
  Group root;
  std::vector<Term> terms;
  std::vector<Key> keys;
};

struct ListEntry {
  std::string code;
  std::string name;
};

/// A code list: canonical/spec/lists/KEY.txt.
struct List {
  std::string key;
  std::string title;
  std::string source;
  std::string date;
  bool complete = false;
  std::vector<ListEntry> entries;  ///< sorted by code
  Place place;
  std::string symbol() const;  ///< the key as a C++ name
};

struct Model {
  std::string version;
  std::vector<Group> groups;        ///< in the order of declaration
  std::vector<Document> documents;  ///< by number
  std::vector<List> lists;          ///< by key
  const Group* find_group(std::string_view name) const;
};

/// Collects what is wrong; printed as "file:line: message".
using Errors = std::vector<std::string>;

/// Reads one file's text into `model`.
void parse(std::string_view text, const std::string& file, Model& model, Errors& errors);
/// Reads one code list.
void parse_list(std::string_view text, const std::string& file, Model& model, Errors& errors);
/// Names, numbers, types, paths: everything that one file alone cannot tell.
void check(const Model& model, Errors& errors);
/// The numbers in use, one "group.number name type" a line, sorted; and what changed against `before`.
std::string used_numbers(const Model& model);
void check_numbers(const std::string& before, const Model& model, const std::string& file, Errors& errors);

/// Outputs by path relative to the project's root.
using Outputs = std::map<std::string, std::string>;
void write_descriptors(const Model& model, Outputs& outputs);
void write_structs(const Model& model, Outputs& outputs);
void write_schemas(const Model& model, Outputs& outputs);
void write_reference(const Model& model, Outputs& outputs);

}  // namespace purser::model_generator
