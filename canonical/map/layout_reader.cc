#include "canonical/map/layout_reader.h"

#include <algorithm>

namespace purser::map {
namespace {

constexpr std::uint32_t max_elements = 1000;  // of a segment, as for its readers

/// `1`, `?`, `+`, `*`.
bool cardinality(std::string_view text, LayoutChild& child) {
  child.mandatory = text == "1" || text == "+";
  child.most = text == "1" || text == "?" ? 1 : unbounded;
  return text == "1" || text == "?" || text == "+" || text == "*";
}

/// "an..35", "n3", "a1".
bool representation(std::string_view text, Representation& form) {
  const std::size_t letters = std::min(text.find_first_of(".0123456789"), text.size());
  const std::string_view kind = text.substr(0, letters);
  if (kind != "a" && kind != "n" && kind != "an") return false;
  form.characters = kind == "an" ? 'x' : kind[0];
  text.remove_prefix(letters);
  const bool range = text.starts_with("..");
  if (range) text.remove_prefix(2);
  std::uint32_t most = 0;
  if (!parse_count(text, most) || most > 0xFFFF) return false;
  form.most = static_cast<std::uint16_t>(most);
  form.least = range ? std::uint16_t{0} : form.most;
  return true;
}

/// X12: "AN 1..50", "N2 1..15", "DT 8".
bool typed_representation(std::string_view kind, std::string_view size, Representation& form) {
  const bool implied = kind.size() == 2 && kind[0] == 'N' && kind[1] >= '0' && kind[1] <= '9';
  if (implied) {
    form.decimals = static_cast<std::uint8_t>(kind[1] - '0');
    form.whole = true;
  } else if (kind != "R" && kind != "ID" && kind != "AN" && kind != "DT" && kind != "TM" && kind != "B") {
    return false;
  }
  form.characters = implied || kind == "R" ? 'n' : kind == "DT" ? 'd' : kind == "TM" ? 't' : 'x';
  const std::size_t dots = size.find("..");
  std::uint32_t least = 0, most = 0;
  if (!parse_count(size.substr(0, dots), least)) return false;
  if (!parse_count(dots == std::string_view::npos ? size : size.substr(dots + 2), most)) return false;
  if (most > 0xFFFF || least > most) return false;
  form.least = static_cast<std::uint16_t>(least);
  form.most = static_cast<std::uint16_t>(most);
  return true;
}

template <class Map>
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  for (const auto& [name, value] : map) keys.push_back(name);
  return keys;
}

}  // namespace

void LayoutReader::problem(std::string_view code, const TableFile& file, const Statement& line,
                           std::size_t word, std::string message, std::string expected) {
  const std::uint32_t column = word < line.words.size() ? line.words[word].column : 1;
  problems_.add(code, {file.name, line.line, column}, std::move(message), std::move(expected));
}

TypeId LayoutReader::new_type(NodeKind kind) {
  constexpr std::size_t max_types = 60'000;  // TypeId has 16 bits
  if (layout_.types.size() >= max_types) return 0;
  layout_.types.emplace_back();
  layout_.types.back().kind = kind;
  return static_cast<TypeId>(layout_.types.size() - 1);
}

bool LayoutReader::read(const TableFile& file, std::string_view message) {
  const std::size_t before = problems_.report().findings().size();
  files_.insert(std::string(file.name));
  read_file(file, false);
  resolve_types();
  resolve_codes();
  if (layout_.syntax == "xml") choose_root(message, file);
  if (layout_.syntax != "xml" && !message_seen_) {
    problems_.add("MAP-0101", {file.name, 1, 1}, "the layout has no message table", "`message`");
  }
  return problems_.report().findings().size() == before;
}

void LayoutReader::read_file(const TableFile& file, bool used) {
  Lines lines = read_statements(file, problems_);
  if (layout_.syntax == "x12") keep_version(lines, layout_.version);
  for (std::size_t at = 0; at < lines.size();) {
    const Statement& line = lines[at];
    const std::string_view what = line.words[0].text;
    if (line.level > 0) {
      problem("MAP-0101", file, line, 0, "indented below a statement that has no block", "no indentation");
      ++at;
    } else if (what == "layout") {
      header(line, file, used);
      ++at;
    } else if (what == "type") {
      at = xml_type(lines, at, file);
    } else if (what == "message") {
      if (message_seen_) problem("MAP-0101", file, line, 0, "a second message table", "one in a layout");
      message_seen_ = true;
      layout_.root = new_type(NodeKind::message);
      at = message_body(lines, at + 1, file, layout_.root, 1);
    } else {
      top(line, file);
      ++at;
    }
  }
}

void LayoutReader::header(const Statement& line, const TableFile& file, bool used) {
  if (line.words.size() < 4 || (line.words.size() > 4 && layout_.syntax != "x12")) {
    problem("MAP-0101", file, line, 0, "a layout line of " + std::to_string(line.words.size()) + " words",
            "`layout SYNTAX NAME VERSION`");
    return;
  }
  if (line.words[1].text != layout_.syntax) {
    problem("MAP-0101", file, line, 1, "syntax '" + line.words[1].text + "'", "'" + layout_.syntax + "'");
  }
  if (used) return;
  layout_.name = line.words[2].text;
}

void LayoutReader::top(const Statement& line, const TableFile& file) {
  const std::string_view what = line.words[0].text;
  if (what == "use") return use(line, file);
  if (what == "element") return element(line, file);
  if (what == "composite") return code_list(line, file, NodeKind::composite);
  if (what == "segment") return code_list(line, file, NodeKind::segment);
  if (what == "set") return code_list(line, file, NodeKind::composite);
  if (what == "namespace" && line.words.size() == 3) {
    layout_.namespaces.push_back({line.words[1].text, line.words[2].text});
    return;
  }
  if (what == "root" && root(line, file)) return;
  problem("MAP-0101", file, line, 0,
          "'" + line.words[0].text + "' with " + std::to_string(line.words.size() - 1) + " words",
          suggestion(what, {"layout", "use", "element", "composite", "segment", "message", "namespace",
                            "root", "type"}));
}

/// `root NAME [NAMESPACE] [: TYPE]`; false if it is not that.
bool LayoutReader::root(const Statement& line, const TableFile& file) {
  std::size_t words = line.words.size();
  if (words < 2) return false;
  Root made{line.words[1].text, "", line.words[1].text, {file.name, line.line, line.words[1].column}};
  if (words >= 4 && line.words[words - 2].text == ":") {
    made.type = line.words[words - 1].text;
    words -= 2;
  }
  if (words > 3) return false;
  if (words == 3) made.uri = line.words[2].text;
  roots_.push_back(std::move(made));
  return true;
}

void LayoutReader::use(const Statement& line, const TableFile& file) {
  const TableFile* other =
      line.words.size() == 2 ? find_file(library_, line.words[1].text, ".layout") : nullptr;
  if (other == nullptr) {
    std::vector<std::string_view> names;
    for (const TableFile& each : library_) names.push_back(each.name);
    problem("MAP-0110", file, line, 1, "no such file",
            line.words.size() == 2 ? suggestion(line.words[1].text, names) : "`use FILE`");
    return;
  }
  if (files_.insert(other->name).second) read_file(*other, true);
}

void LayoutReader::element(const Statement& line, const TableFile& file) {
  Representation form;
  const bool typed = layout_.syntax == "x12";
  if (line.words.size() != (typed ? 4U : 3U) ||
      !(typed ? typed_representation(line.words[2].text, line.words[3].text, form)
              : representation(line.words[2].text, form))) {
    problem("MAP-0101", file, line, 2, "not a representation",
            typed ? "`element 127 AN 1..50`" : "`element 3035 an..3`");
    return;
  }
  elements_[line.words[1].text] = form;
}

void LayoutReader::code_list(const Statement& line, const TableFile& file, NodeKind kind) {
  if (line.words.size() < 2) {
    problem("MAP-0101", file, line, 0, "no name", "`segment NAD 3035! C082`");
    return;
  }
  const TypeId type = new_type(kind);
  layout_.types[type].name = layout_.names.add(line.words[1].text);
  auto& known = kind == NodeKind::segment ? segments_ : composites_;
  if (!known.emplace(line.words[1].text, type).second) {
    problem("MAP-0101", file, line, 1, "'" + line.words[1].text + "' is declared twice", "one declaration");
  }
  std::uint32_t position = 1;
  for (std::size_t i = 2; i < line.words.size(); ++i) {
    std::string code = line.words[i].text;
    if (code == ":" && kind == NodeKind::segment) return notes(line, i + 1, file, layout_.types[type]);
    CodeUse use{type, static_cast<std::uint16_t>(position),        {}, false,
                1,    {file.name, line.line, line.words[i].column}};
    if (const std::size_t star = code.find('*'); star != std::string::npos) {
      if (!parse_count(std::string_view(code).substr(star + 1), use.most) || use.most == 0) {
        problem("MAP-0101", file, line, i, "repetition '" + code.substr(star) + "'", "`*3`");
      }
      code.resize(star);
    }
    if (code.ends_with('!')) {
      use.mandatory = true;
      code.pop_back();
    }
    const auto set = set_sizes_.find(code);
    position += set == set_sizes_.end() ? 1 : set->second * use.most;
    if (position > max_elements) return problem("MAP-0101", file, line, i, "too many data elements", "fewer");
    use.code = std::move(code);
    code_uses_.push_back(std::move(use));
  }
  if (line.words[0].text == "set") set_sizes_.emplace(line.words[1].text, position - 1);
}

/// X12's syntax notes: P0304, R020304, C0403.
void LayoutReader::notes(const Statement& line, std::size_t word, const TableFile& file, LayoutType& type) {
  for (; word < line.words.size(); ++word) {
    const std::string_view text = line.words[word].text;
    LayoutNote note{text[0], {}};
    for (std::size_t at = 1; at + 1 < text.size(); at += 2) {
      std::uint32_t element = 0;
      if (parse_count(text.substr(at, 2), element))
        note.elements.push_back(static_cast<std::uint16_t>(element));
    }
    if (!std::string_view("PRECL").contains(note.kind) || note.elements.size() < 2 ||
        note.elements.size() * 2 + 1 != text.size()) {
      problem("MAP-0101", file, line, word, "'" + std::string(text) + "' is no syntax note",
              "P, R, E, C or L and places of two digits");
    }
    type.notes.push_back(std::move(note));
  }
}

void LayoutReader::xml_child(const Statement& line, const TableFile& file, LayoutType& type) {
  LayoutChild child;
  const std::string& name = line.words[0].text;
  if (line.words.size() < 2 || !cardinality(line.words[1].text, child)) {
    problem("MAP-0101", file, line, 1, "no cardinality behind '" + name + "'", "1, ?, + or *");
    return;
  }
  if (name.starts_with('@')) {
    const NameId id = layout_.names.add(name.substr(1));
    type.leaves.push_back({id, id, child.mandatory, 1, {}});
    if (line.words.size() > 3 && line.words[2].text == "=") {
      for (std::size_t i = 3; i < line.words.size(); ++i)
        type.leaves.back().values.push_back(line.words[i].text);
    }
    return;
  }
  child.name = child.tag = layout_.names.add(name);
  type.children.push_back(child);
}

std::size_t LayoutReader::xml_type(const Lines& lines, std::size_t at, const TableFile& file) {
  const Statement& line = lines[at];
  const TypeId id = new_type(NodeKind::element);
  bool text = false;
  if (line.words.size() < 2 || !type_names_.emplace(line.words[1].text, id).second) {
    problem("MAP-0101", file, line, 1, "a type without a name of its own", "`type NAME`");
  }
  for (std::size_t i = 2; i < line.words.size(); ++i) {
    text = text || line.words[i].text == "text";
    layout_.types[id].opaque = layout_.types[id].opaque || line.words[i].text == "any";
    if (line.words[i].text == "text" || line.words[i].text == "any") continue;
    problem("MAP-0101", file, line, i, "'" + line.words[i].text + "'", "`text` or `any`, or nothing");
  }
  for (++at; at < lines.size() && lines[at].level > 0; ++at) {
    const Statement& row = lines[at];
    const std::size_t children = layout_.types[id].children.size();
    xml_child(row, file, layout_.types[id]);
    if (layout_.types[id].children.size() == children) continue;
    TypeId leaf_type = 0;
    for (std::size_t i = 2; i < row.words.size(); ++i) {
      const std::string& word = row.words[i].text;
      if (word == ":" && i + 1 < row.words.size()) {
        ++i;
        type_uses_.push_back({id, children, row.words[i].text, {file.name, row.line, row.words[i].column}});
      } else if (word.starts_with('@')) {
        if (leaf_type == 0) leaf_type = new_type(NodeKind::element);
        layout_.types[leaf_type].text = true;
        const NameId name = layout_.names.add(word.substr(1));
        layout_.types[leaf_type].leaves.push_back({name, name, false, 1, {}});
      } else {
        problem("MAP-0101", file, row, i, "'" + word + "'", "`: TYPE` or @attribute");
      }
    }
    layout_.types[id].children[children].type = leaf_type;
  }
  LayoutType& type = layout_.types[id];
  type.text = text || type.children.empty();
  if (line.words.size() > 1) type.name = layout_.names.add(line.words[1].text);
  return at;
}

void LayoutReader::choose_root(std::string_view message, const TableFile& file) {
  for (const Root& root : roots_) {
    if (root.name != message) continue;
    const auto type = type_names_.find(root.type);
    if (type == type_names_.end()) {
      problems_.add("MAP-0110", root.place, "no type '" + root.type + "' for this root",
                    suggestion(root.type, keys_of(type_names_)));
      return;
    }
    layout_.root = type->second;
    layout_.root_name = layout_.names.add(root.name);
    layout_.root_namespace = root.uri;
    return;
  }
  problems_.add("MAP-0110", {file.name, 1, 1}, "no root '" + std::string(message) + "'",
                "`root NAME NAMESPACE`");
}

void LayoutReader::resolve_types() {
  for (const TypeUse& use : type_uses_) {
    const auto found = type_names_.find(use.name);
    if (found == type_names_.end()) {
      problems_.add("MAP-0110", use.place, "no type '" + use.name + "'",
                    suggestion(use.name, keys_of(type_names_)));
      continue;
    }
    layout_.types[use.owner].children[use.child].type = found->second;
  }
  for (LayoutType& type : layout_.types) {
    if (type.kind == NodeKind::element && type.text && (type.leaves.empty() || type.leaves[0].name != 0)) {
      type.leaves.insert(type.leaves.begin(), LayoutLeaf{});
    }
  }
}

}  // namespace purser::map
