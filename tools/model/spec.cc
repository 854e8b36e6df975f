#include "tools/model/spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace purser::model_generator {
namespace {

constexpr std::array<std::string_view, 9> scalars = {"text", "code", "decimal",   "integer", "boolean",
                                                     "date", "time", "date_time", "binary"};

bool is_name(std::string_view text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::vector<std::string> split(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

struct Parser {
  const std::string& file;
  Model& model;
  Errors& errors;
  int line = 0;
  enum class Section { none, fields, terms, keys } section = Section::none;
  Group* group = nullptr;
  Document* document = nullptr;

  void fail(const std::string& what) { errors.push_back(fmt::format("{}:{}: {}", file, line, what)); }

  int number(const std::string& word) {
    int value = 0;
    auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size() || value < 1 || value > 999) {
      fail("'" + word + "' is not a number from 1 to 999");
      return 0;
    }
    return value;
  }

  void heading(const std::vector<std::string>& words, const std::string& description) {
    section = Section::fields;
    if (words[0] == "model" && words.size() == 2) {
      model.version = words[1];
      section = Section::none;
    } else if (words[0] == "group" && words.size() == 2 && is_name(words[1])) {
      model.groups.push_back({words[1], description, {}, {file, line}});
      group = &model.groups.back();
      document = nullptr;
    } else if (words[0] == "document" && words.size() == 3 && is_name(words[1])) {
      Document next;
      next.name = words[1];
      next.number = number(words[2]);
      next.title = description;
      next.root = {words[1], description, {}, {file, line}};
      model.documents.push_back(std::move(next));
      document = &model.documents.back();
      group = &document->root;
    } else if (words[0] == "terms" && words.size() == 1 && document != nullptr) {
      section = Section::terms;
    } else if (words[0] == "keys" && words.size() == 1 && document != nullptr) {
      section = Section::keys;
    } else {
      fail("'" + words[0] +
           "' does not start a statement here (expected 'group NAME : …', 'document NAME NUMBER : "
           "TITLE', 'terms' or 'keys')");
    }
  }

  void field(const std::vector<std::string>& words, const std::string& description) {
    if (group == nullptr || words.size() < 3) {
      fail("a field is 'NUMBER NAME TYPE[!|*|+] [streamed] [list KEY] : description'");
      return;
    }
    Field next;
    next.place = {file, line};
    next.number = number(words[0]);
    next.name = words[1];
    next.type = words[2];
    if (next.type.ends_with('!') || next.type.ends_with('+')) next.required = true;
    if (next.type.ends_with('*') || next.type.ends_with('+')) next.repeated = true;
    if (next.required || next.repeated) next.type.pop_back();
    next.description = description;
    if (!is_name(next.name))
      fail("'" + next.name + "' is not a field name (lower case, digits, underscores)");
    if (description.empty()) fail("field '" + next.name + "' has no description");
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (words[i] == "streamed")
        next.streamed = true;
      else if (words[i] == "list" && i + 1 < words.size())
        next.code_list = words[++i];
      else
        fail("'" + words[i] + "' does not belong here (expected 'streamed' or 'list KEY')");
    }
    group->fields.push_back(std::move(next));
  }

  void row(const std::string& text) {
    std::size_t colon = text.find(" : ");
    std::string description = colon == std::string::npos ? "" : text.substr(colon + 3);
    auto words = split(std::string_view(text).substr(0, colon));
    if (words.empty()) return fail("nothing before the colon");
    if (text[0] != ' ') return heading(words, description);
    if (section == Section::fields) return field(words, description);
    if (words.size() != 2) return fail("two words are expected here");
    if (section == Section::terms)
      document->terms.push_back({words[0], words[1], description, {file, line}});
    else if (section == Section::keys)
      document->keys.push_back({words[0], words[1], {file, line}});
    else
      fail("an indented line that belongs to nothing");
  }
};

}  // namespace

bool Field::scalar() const { return std::ranges::find(scalars, type) != scalars.end(); }

const Field* Group::find(std::string_view field) const {
  auto at = std::ranges::find(fields, field, &Field::name);
  return at == fields.end() ? nullptr : &*at;
}

const Group* Model::find_group(std::string_view name) const {
  auto at = std::ranges::find(groups, name, &Group::name);
  return at == groups.end() ? nullptr : &*at;
}

void parse(std::string_view text, const std::string& file, Model& model, Errors& errors) {
  Parser parser{file, model, errors};
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    ++parser.line;
    if (line.starts_with('#') || line.find_first_not_of(' ') == std::string::npos) continue;
    parser.row(line);
  }
}

}  // namespace purser::model_generator
