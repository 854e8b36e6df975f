#include "connectors/table/xml_choice.h"

#include <algorithm>

#include "canonical/value/text.h"

namespace purser::table {
namespace {

constexpr std::string_view end_mark = "/.";
constexpr std::string_view blanks = " \t\r\n";

std::string_view next(std::string_view& list, char separator) {
  const auto part = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(part.size() + 1, list.size()));
  return part;
}

/// "380,381,urn:x:*": equal to one of them, or begins as one does.
bool is_one_of(std::string_view text, std::string_view values) {
  while (!values.empty()) {
    const auto value = next(values, ',');
    if (value.ends_with('*') ? text.starts_with(value.substr(0, value.size() - 1)) : text == value)
      return true;
  }
  return false;
}

bool alternative_tells(std::string_view alternative, const Met& met) {
  const auto equals = alternative.find('=');
  if (equals != std::string_view::npos) {
    return met.what == Met::What::value && met.path == alternative.substr(0, equals) &&
           is_one_of(trimmed(met.text, blanks), alternative.substr(equals + 1));
  }
  if (alternative == "." || alternative.ends_with(end_mark)) {
    if (met.what != Met::What::end) return false;
    return alternative == "." ? met.path.empty()
                              : met.path == alternative.substr(0, alternative.size() - end_mark.size());
  }
  return met.what == Met::What::open && met.path == alternative;
}

/// True if an element of this name begins somewhere in `prefix`.
bool has_element(std::string_view prefix, std::string_view name) {
  for (auto at = prefix.find(name); at != std::string_view::npos; at = prefix.find(name, at + 1)) {
    const auto end = at + name.size();
    if (at > 0 && (prefix[at - 1] == '<' || prefix[at - 1] == ':') && end < prefix.size() &&
        std::string_view(" \t\r\n/>").contains(prefix[end]))
      return true;
  }
  return false;
}

/// True if a value begins somewhere behind a quote or a tag.
bool has_value(std::string_view prefix, std::string_view values) {
  while (!values.empty()) {
    auto value = next(values, ',');
    if (value.ends_with('*')) value.remove_suffix(1);
    for (auto at = prefix.find(value); at != std::string_view::npos; at = prefix.find(value, at + 1)) {
      const auto before = prefix.substr(0, at).find_last_not_of(blanks);
      if (before != std::string_view::npos && std::string_view("\"'>").contains(prefix[before])) return true;
    }
  }
  return false;
}

std::string_view local_name(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return name.substr(name.find(':') + 1);
}

}  // namespace

bool tells(std::string_view inside, const Met& met) {
  while (!inside.empty()) {
    if (alternative_tells(next(inside, '|'), met)) return true;
  }
  return false;
}

bool seems_inside(std::string_view inside, std::string_view prefix) {
  if (inside.empty()) return true;
  while (!inside.empty()) {
    auto path = next(inside, '|');
    if (path == ".") return true;
    const auto equals = path.find('=');
    if (equals != std::string_view::npos && !has_value(prefix, path.substr(equals + 1))) continue;
    path = path.substr(0, equals);
    if (path.ends_with(end_mark)) path.remove_suffix(end_mark.size());
    if (const auto at = path.find("/@"); at != std::string_view::npos) path = path.substr(0, at);
    bool all = true;
    while (all && !path.empty()) all = has_element(prefix, local_name(next(path, '/')));
    if (all) return true;
  }
  return false;
}

}  // namespace purser::table
