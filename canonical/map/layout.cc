#include "canonical/map/layout.h"

#include <algorithm>
#include <set>

#include "canonical/map/layout_reader.h"

namespace purser::map {
namespace {

std::string_view without_folder(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// The words of a file's first statement line, cheaply, to choose among many layouts.
std::vector<std::string_view> first_words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && line[0] != '#' && line[0] != '\r') {
      const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
      line.remove_prefix(start);
      const std::size_t stop = std::min(line.find_first_of(" \r"), line.size());
      if (stop == 0 || line[0] == '#') break;
      words.push_back(line.substr(0, stop));
      line.remove_prefix(stop);
    }
    if (!words.empty()) break;
  }
  return words;
}

bool has_root(std::string_view text, std::string_view root) {
  for (std::size_t at = text.find("\nroot "); at != std::string_view::npos;
       at = text.find("\nroot ", at + 1)) {
    const std::string_view name = text.substr(at + 6);
    const bool whole = name.size() == root.size() || name.find_first_of(" \r\n") == root.size();
    if (name.starts_with(root) && whole) return true;
  }
  return false;
}

}  // namespace

const TableFile* find_file(std::span<const TableFile> library, std::string_view name,
                           std::string_view ending) {
  for (const TableFile& file : library) {
    const std::string_view plain = without_folder(file.name);
    if (file.name == name || plain == name) return &file;
    if (plain.size() == name.size() + ending.size() && plain.starts_with(name) && plain.ends_with(ending)) {
      return &file;
    }
  }
  return nullptr;
}

void index_layout(Layout& layout) {
  for (LayoutType& type : layout.types) {
    std::vector<NameId> names, tags;
    for (std::size_t i = 0; i < type.children.size(); ++i) {
      LayoutChild& child = type.children[i];
      names.push_back(child.name);
      tags.push_back(child.tag);
      child.demanded_before = static_cast<std::uint16_t>(type.demanded.size());
      if (child.mandatory) type.demanded.push_back(static_cast<std::uint16_t>(i));
      for (std::size_t later = i + 1; later < type.children.size() && child.next_of_tag == 0; ++later) {
        if (type.children[later].tag == child.tag) child.next_of_tag = static_cast<std::uint16_t>(later + 1);
      }
    }
    for (std::size_t i = 0; i < type.leaves.size(); ++i) {
      if (type.leaves[i].mandatory) type.demanded_leaves.push_back(static_cast<std::uint16_t>(i));
    }
    type.by_name.build(names);
    type.by_tag.build(tags);
  }
}

bool read_layout(std::string_view syntax, std::string_view message, std::string_view version,
                 std::span<const TableFile> library, const Place& place, Problems& problems, Layout& into) {
  into.syntax = std::string(syntax);
  into.types.emplace_back();
  into.types[0].text = true;
  into.types[0].leaves.emplace_back();
  if (syntax == "delimited") {
    into.name = std::string(message);
    into.root = static_cast<TypeId>(into.types.size());
    into.types.emplace_back();
    into.types.back().kind = NodeKind::message;
    const NameId record = into.names.add("record");
    LayoutChild child{record, record, 0, NodeKind::record, false, unbounded, 0, 1};
    child.type = static_cast<TypeId>(into.types.size());
    into.types.back().children.push_back(child);
    into.types.emplace_back();
    into.types.back().kind = NodeKind::record;
    return true;
  }
  std::vector<std::string_view> known;
  for (const TableFile& file : library) {
    const auto words = first_words(file.text);
    if (words.size() < 3 || words[0] != "layout" || words[1] != syntax) continue;
    // A table for every version is looked at, where nobody says which one, as one for the newest.
    into.version = std::string(version == "*" ? words.back() : version);
    const bool mine =
        syntax == "xml" ? has_root(file.text, message)
                        : words[2] == message &&
                              std::ranges::find(words.begin() + 3, words.end(), into.version) != words.end();
    if (mine) return LayoutReader(library, problems, into).read(file, message);
    known.push_back(words[2]);
  }
  problems.add("MAP-0110", place, "no layout for '" + std::string(message) + " " + std::string(version) + "'",
               suggestion(message, known, "a file that starts with `layout " + std::string(syntax) + "`"));
  return false;
}

}  // namespace purser::map
