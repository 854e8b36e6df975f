// Reads code lists: heading lines "title: …", "source: …", "date: …", "complete: yes|no", then "CODE  name".
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "tools/model/spec.h"

namespace purser::model_generator {
namespace {

std::string as_symbol(std::string key) {
  std::ranges::replace(key, '-', '_');
  return key;
}

/// The rest of `line` after "name:" and blanks; false if the line is another one.
bool heading(const std::string& line, std::string_view name, std::string& value) {
  if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ':') return false;
  std::size_t start = line.find_first_not_of(' ', name.size() + 1);
  value = start == std::string::npos ? "" : line.substr(start);
  return true;
}

}  // namespace

std::string List::symbol() const { return as_symbol(key); }
std::string Field::code_list_symbol() const { return as_symbol(code_list); }

void parse_list(std::string_view text, const std::string& file, Model& model, Errors& errors) {
  List list;
  std::size_t slash = file.find_last_of('/') + 1;
  list.key = file.substr(slash, file.size() - slash - 4);
  list.place = {file, 1};
  std::istringstream in{std::string(text)};
  std::string complete;
  int count = 0;
  for (std::string line; std::getline(in, line);) {
    ++count;
    if (line.starts_with('#') || line.empty()) continue;
    if (list.entries.empty() && (heading(line, "title", list.title) || heading(line, "source", list.source) ||
                                 heading(line, "date", list.date) || heading(line, "complete", complete)))
      continue;
    std::size_t end = line.find("  ");
    std::size_t name = end == std::string::npos ? end : line.find_first_not_of(' ', end);
    if (name == std::string::npos)
      errors.push_back(fmt::format("{}:{}: an entry is 'CODE  name', with two blanks between", file, count));
    else
      list.entries.push_back({line.substr(0, end), line.substr(name)});
  }
  list.complete = complete == "yes";
  if (list.title.empty() || list.source.empty() || list.date.empty() ||
      (complete != "yes" && complete != "no"))
    errors.push_back(file +
                     ":1: title, source, date and complete (yes or no) must stand before the first code");
  std::ranges::sort(list.entries, {}, &ListEntry::code);
  auto twice = std::ranges::adjacent_find(list.entries, {}, &ListEntry::code);
  if (twice != list.entries.end())
    errors.push_back(fmt::format("{}:1: code '{}' is given twice", file, twice->code));
  if (list.entries.empty()) errors.push_back(file + ":1: the list is empty");
  model.lists.push_back(std::move(list));
}

}  // namespace purser::model_generator
