// Makes layouts out of a UN/EDIFACT directory as published: the segment directory (EDSD; TRSD up to D.96B)
// and the messages' segment tables (EDMD, chapter 4.3). Element representations and names come along from
// the segment directory, which repeats them.
//
//   layout_edifact D01B edsd.01b OUTPUT-FOLDER invoic_d.01b orders_d.01b ...

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Part {  // a data element or composite within its parent
  std::string code;
  bool mandatory = false;
  int repetitions = 1;
};
struct Element {
  std::string representation;
  std::string name;
};
struct Directory {
  std::map<std::string, Element> elements;
  std::map<std::string, std::vector<Part>> composites;
  std::map<std::string, std::vector<Part>> segments;
  std::map<std::string, std::string> segment_names;
};
struct Row {  // a row of a segment table
  int depth = 0;
  std::string tag;  // empty: a group
  std::string group;
  std::string status;
  std::string repetitions;
};

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}
bool is_element(std::string_view text) { return text.size() == 4 && all_digits(text); }
bool is_composite(std::string_view text) {
  return text.size() == 4 && (text[0] == 'C' || text[0] == 'S') && all_digits(text.substr(1));
}
bool is_tag(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](unsigned char c) { return std::isupper(c) != 0; });
}
bool is_representation(std::string_view text) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits == 0 || !all_digits(text.substr(digits))) return false;
  const std::string_view kind = text.substr(0, digits);
  return kind == "a" || kind == "n" || kind == "an" || kind == "a.." || kind == "n.." || kind == "an..";
}

/// Lines of the published texts: CP437, CR LF.
std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\x1a' || line.back() == ' '))
      line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

bool is_rule(const std::string& line) {
  return line.size() > 20 && line.find_first_not_of('\xC4') == std::string::npos;
}

/// "7009  Item description identification   C  an..17" (a name may run over several lines).
struct Entry {
  bool top = false;  // stands in the segment itself, not in the composite above it
  Part part;
  Element element;
};

std::optional<Entry> entry_of(const std::vector<std::string>& words) {
  std::size_t first = 0;
  Entry entry;
  if (words[0].size() == 3 && all_digits(words[0])) {
    entry.top = true;
    first = 1;
    while (first < words.size() && words[first].size() == 1) ++first;  // change indicators
  }
  if (first >= words.size() || (!is_element(words[first]) && !is_composite(words[first])))
    return std::nullopt;
  entry.part.code = words[first];
  std::size_t last = words.size();
  if (last > first + 1 && is_representation(words[last - 1])) entry.element.representation = words[--last];
  if (last > first + 2 && all_digits(words[last - 1]) && words[last - 2].size() == 1) {
    entry.part.repetitions = std::stoi(words[--last]);
  }
  if (words[last - 1] != "M" && words[last - 1] != "C") return std::nullopt;
  entry.part.mandatory = words[--last] == "M";
  for (std::size_t i = first + 1; i < last; ++i) entry.element.name += (i > first + 1 ? " " : "") + words[i];
  return entry;
}

bool starts_entry(const std::vector<std::string>& words) {
  if (words.empty()) return false;
  if (words[0].size() == 3 && all_digits(words[0]) && words.size() > 2) return true;
  return is_element(words[0]) && words.size() > 1;
}

void add_entry(Directory& directory, const std::string& tag, std::string& composite, const Entry& entry) {
  if (!is_composite(entry.part.code)) directory.elements[entry.part.code] = entry.element;
  if (entry.top) {
    directory.segments[tag].push_back(entry.part);
    composite = is_composite(entry.part.code) ? entry.part.code : "";
    if (!composite.empty()) directory.composites[composite].clear();
  } else if (!composite.empty()) {
    directory.composites[composite].push_back(entry.part);
  }
}

Directory read_segments(const std::string& path) {
  Directory directory;
  std::string tag;
  std::string composite;
  bool heading = false;
  std::vector<std::string> pending;
  for (const std::string& line : lines_of(path)) {
    const std::vector<std::string> words = words_of(line);
    if (is_rule(line)) {
      heading = true;
      pending.clear();
      continue;
    }
    if (words.empty()) {
      pending.clear();
      continue;
    }
    if (heading) {
      const std::size_t at = words[0].size() == 1 ? 1 : 0;
      if (words.size() > at + 1 && is_tag(words[at])) {
        tag = words[at];
        composite.clear();
        for (std::size_t i = at + 1; i < words.size(); ++i) {
          directory.segment_names[tag] += (i > at + 1 ? " " : "") + words[i];
        }
      }
      heading = false;
      continue;
    }
    if (starts_entry(words)) {
      pending = words;
    } else if (!pending.empty()) {
      pending.insert(pending.end(), words.begin(), words.end());
    } else {
      continue;
    }
    if (const auto entry = entry_of(pending)) {
      add_entry(directory, tag, composite, *entry);
      pending.clear();
    }
  }
  return directory;
}

/// The table of chapter 4.3.1. Frames at the right margin show how deep a row stands: a line for each open
/// group, a corner for each group that ends with the row.
std::vector<Row> read_message(const std::string& path) {
  const std::vector<std::string> lines = lines_of(path);
  std::vector<Row> rows;
  bool inside = false;
  for (const std::string& line : lines) {
    if (line.starts_with("4.3.1") && line.find("Segment table") != std::string::npos) inside = true;
    std::vector<std::string> words = words_of(line);
    if (!inside || words.size() < 4 || words[0].size() != 4 || !all_digits(words[0])) continue;
    const auto frames = std::ranges::count_if(
        line, [](char c) { return c == '\xB3' || c == '\xD9' || c == '\xC1' || c == '\xBF'; });
    std::string plain = line;
    std::ranges::replace_if(
        plain, [](char c) { return static_cast<unsigned char>(c) > 127; }, ' ');
    words = words_of(plain);
    Row row;
    row.repetitions = words.back();
    row.status = words[words.size() - 2];
    if (!all_digits(row.repetitions) || (row.status != "M" && row.status != "C")) continue;  // a note below
    if (const auto at = plain.find("Segment group"); at != std::string::npos) {
      row.depth = static_cast<int>(frames) - 1;
      row.group = words_of(plain.substr(at))[2];
    } else {
      row.depth = static_cast<int>(frames);
      row.tag = *std::ranges::find_if(words, is_tag);  // after the change indicators
    }
    rows.push_back(row);
  }
  if (rows.empty()) throw std::runtime_error("no segment table in " + path);
  return rows;
}

std::string parts_text(const std::vector<Part>& parts) {
  std::string text;
  for (const Part& part : parts) {
    text += " " + part.code + (part.mandatory ? "!" : "");
    if (part.repetitions > 1) text += "*" + std::to_string(part.repetitions);
  }
  return text;
}

void write_segments(const Directory& directory, const std::set<std::string>& tags, const std::string& version,
                    std::ostream& out) {
  std::set<std::string> composites;
  std::set<std::string> elements;
  for (const std::string& tag : tags) {
    for (const Part& part : directory.segments.at(tag)) {
      (is_composite(part.code) ? composites : elements).insert(part.code);
    }
  }
  for (const std::string& code : composites) {
    for (const Part& part : directory.composites.at(code)) elements.insert(part.code);
  }
  out << "# Elements, composites and segments of UN/EDIFACT directory " << version
      << ", as far as the messages here use them.\n# Generated by tools/layout from the published directory; "
         "do not edit.\nlayout edifact segments "
      << version << "\n";
  for (const std::string& code : elements) {
    const Element& element = directory.elements.at(code);
    out << "element " << code << " " << element.representation << "  # " << element.name << "\n";
  }
  for (const std::string& code : composites) {
    out << "composite " << code << parts_text(directory.composites.at(code)) << "\n";
  }
  for (const std::string& tag : tags) {
    out << "segment " << tag << parts_text(directory.segments.at(tag)) << "  # "
        << directory.segment_names.at(tag) << "\n";
  }
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

void write_message(const std::vector<Row>& rows, const std::string& message, const std::string& version,
                   std::ostream& out) {
  out << "# Segment table of " << message << ", UN/EDIFACT directory " << version
      << ".\n# Generated by tools/layout from the published directory; do not edit.\nlayout edifact "
      << message << " " << version << "\nuse service\nuse " << lower(version)
      << ".segments\nmessage\n  UNB C 1  # the reader hands the headers around a message to each message\n  "
         "UNG C 1\n";
  const bool packed = std::ranges::any_of(rows, [](const Row& row) { return row.tag == "CPS"; });
  for (const Row& row : rows) {
    out << std::string(2 * static_cast<std::size_t>(row.depth + 1), ' ')
        << (row.tag.empty() ? "group " + row.group : row.tag) << " " << row.status << " " << row.repetitions
        << "\n";
    if (packed && row.tag == "LIN") out << "      XPK C 1  # not a segment: the CPS the line stands in\n";
  }
}

std::ofstream open_output(const std::string& path) {
  std::ofstream out(path, std::ios::binary);
  if (!out) throw std::runtime_error("cannot write " + path);
  return out;
}

void run(const std::vector<std::string>& arguments) {
  const std::string& version = arguments[0];
  const Directory directory = read_segments(arguments[1]);
  std::set<std::string> tags;
  for (std::size_t i = 3; i < arguments.size(); ++i) {
    const std::vector<Row> rows = read_message(arguments[i]);
    std::string message = arguments[i].substr(arguments[i].find_last_of('/') + 1).substr(0, 6);
    std::ranges::transform(message, message.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const Row& row : rows) {
      if (directory.segments.contains(row.tag))
        tags.insert(row.tag);
      else if (!row.tag.empty() && !row.tag.starts_with("UN"))
        throw std::runtime_error("unknown segment " + row.tag);
    }
    auto out = open_output(arguments[2] + "/" + lower(version) + "." + lower(message) + ".layout");
    write_message(rows, message, version, out);
  }
  auto out = open_output(arguments[2] + "/" + lower(version) + ".segments.layout");
  write_segments(directory, tags, version, out);
}

}  // namespace

int main(int count, char** values) {
  if (count < 5) {
    std::cerr << "usage: layout_edifact VERSION SEGMENT-DIRECTORY OUTPUT-FOLDER MESSAGE...\n";
    return 2;
  }
  try {
    run(std::vector<std::string>(values + 1, values + count));
  } catch (const std::exception& error) {
    std::cerr << "layout_edifact: " << error.what() << "\n";
    return 3;
  }
  return 0;
}
