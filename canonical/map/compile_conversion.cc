// The words behind a row's target: conversions and their arguments.
#include <algorithm>

#include "canonical/map/compiler.h"
#include "canonical/map/date_pattern.h"

namespace purser::map {
namespace {

struct Kind {
  std::string_view name;
  std::vector<ScalarType> types;  ///< of the canonical fields it may fill
};

const std::vector<Kind>& kinds() {
  using enum ScalarType;
  static const std::vector<Kind> all = {
      {"text", {text, code}},
      {"code", {code, text}},
      {"codes", {code, text, boolean, integer}},
      {"decimal", {decimal}},
      {"integer", {integer, decimal}},
      {"boolean", {boolean}},
      {"date", {date, date_time}},
      {"time", {time}},
      {"date_time", {date_time, date}},
      {"binary", {binary}},
      {"negate", {decimal, integer}},
      {"offset", {integer}},
      {"join", {text}},
      {"gather", {text}},
      {"cut", {text}},
      {"split", {text}},
      {"omit", {text, code, decimal, integer}},
      {"prefix", {text, code}},
      {"with", {decimal, integer, text, code, date, boolean, time, date_time, binary}},
      {"against", {decimal, integer, text, code, date, boolean, time, date_time, binary}},
  };
  return all;
}

std::string_view type_name(ScalarType type) {
  constexpr std::string_view names[] = {"",        "text", "code", "decimal",   "integer",
                                        "boolean", "date", "time", "date_time", "binary"};
  return names[static_cast<std::size_t>(type)];
}

bool known_list(std::string_view key) {
  std::set<const GroupDescriptor*> seen;
  std::vector<const GroupDescriptor*> open;
  for (const DocumentDescriptor& document : documents()) open.push_back(document.root);
  while (!open.empty()) {
    const GroupDescriptor* group = open.back();
    open.pop_back();
    if (!seen.insert(group).second) continue;
    for (const FieldDescriptor& field : group->fields) {
      if (field.code_list == key) return true;
      if (field.group != nullptr) open.push_back(field.group);
    }
  }
  return false;
}

}  // namespace

struct ConversionCompiler::Words {
  std::vector<Word> all;
  std::size_t at = 0;
  [[nodiscard]] bool more() const { return at < all.size(); }
};

bool ConversionCompiler::fail(const RowText& text, std::uint32_t column, std::string_view code,
                              std::string message, std::string expected) {
  problems_.add(code, text.place(column), std::move(message), std::move(expected));
  return false;
}

std::uint16_t ConversionCompiler::codes(const std::string& name) {
  for (std::size_t i = 0; i < plan_.codes.size(); ++i) {
    if (plan_.codes[i].name == name) return static_cast<std::uint16_t>(i + 1);
  }
  const auto found = table_.codes.find(name);
  if (found == table_.codes.end()) return 0;
  found->second.used = true;
  CodeMap map;
  map.name = name;
  for (const CodeLine& line : found->second.lines) {
    if (line.keep) {
      map.keep = true;
      continue;
    }
    if (line.other) {
      map.other = line.code;
      continue;
    }
    map.read.emplace_back(line.code, line.key);
    map.write.emplace_back(line.key, line.code);
  }
  // Stable, so that the first line of a code or key wins.
  const auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(map.read.begin(), map.read.end(), by_first);
  std::stable_sort(map.write.begin(), map.write.end(), by_first);
  plan_.codes.push_back(std::move(map));
  return static_cast<std::uint16_t>(plan_.codes.size());
}

bool ConversionCompiler::compile(const RowText& text, const Resolved& source, const GroupDescriptor& group,
                                 Row& row) {
  group_ = &group;
  row.conversion.type = row.field == nullptr ? ScalarType::text : row.field->type;
  row.conversion.piece = source.leaf != nullptr ? source.leaf->form.most : 0U;
  if (source.leaf != nullptr) {
    const Representation& form = source.leaf->form;
    row.conversion.implied = form.decimals;
    row.conversion.whole = form.whole;
    row.conversion.compact = form.characters == 'd' || form.characters == 't';
    if (form.characters == 'd' && form.most == 6) row.conversion.pattern = "yyMMdd";
  }
  Words words{text.conversion, 0};
  constexpr std::size_t deepest = 10;  // lets within lets
  for (std::size_t depth = 0; words.more() && !words.all[0].quoted && depth < deepest; ++depth) {
    const auto let = table_.lets.find(words.all[0].text);
    if (let == table_.lets.end()) break;
    let->second.used = true;
    words.all.erase(words.all.begin());
    for (Word word : let->second.words) {
      word.column = text.conversion[0].column;
      words.all.insert(words.all.begin() + static_cast<std::ptrdiff_t>(words.at++), std::move(word));
    }
    words.at = 0;
  }
  while (words.more()) {
    if (!word(text, source, words, row)) return false;
  }
  return true;
}

bool ConversionCompiler::fits(const RowText& text, std::string_view name, const Row& row) {
  const auto& all = kinds();
  const auto kind = std::find_if(all.begin(), all.end(), [&](const Kind& each) { return each.name == name; });
  const std::uint32_t column = text.conversion.empty() ? text.target_column : text.conversion[0].column;
  if (kind == all.end()) {
    std::vector<std::string_view> names;
    for (const Kind& each : all) names.push_back(each.name);
    for (const auto& [let, entry] : table_.lets) names.push_back(let);
    return fail(text, column, "MAP-0104", "no conversion '" + std::string(name) + "'",
                suggestion(name, names));
  }
  const ScalarType type = row.conversion.type;
  if (row.field == nullptr || std::find(kind->types.begin(), kind->types.end(), type) != kind->types.end())
    return true;
  return fail(text, column, "MAP-0104",
              "'" + std::string(name) + "' does not fit '" + text.target + "', which is " +
                  std::string(type_name(type)),
              std::string(type_name(type)));
}

/// `with LEAF = /PATH`, and `against`, which writes no companion; the word itself has been taken.
bool ConversionCompiler::companion(const RowText& text, const Resolved& source, Words& words, Row& row) {
  const Word word = words.all[words.at - 1];
  constexpr std::size_t arguments = 3;
  const bool enough = words.all.size() - words.at >= arguments;
  if (!enough || words.all[words.at + 1].text != "=" || !words.all[words.at + 2].text.starts_with('/'))
    return fail(text, word.column, "MAP-0104", "not a companion", word.text + " LEAF = /PATH");
  Conversion& conversion = row.conversion;
  conversion.write_companion = word.text == "with";
  conversion.companion = resolver_.near(words.all[words.at].text, source, text.place(word.column));
  conversion.companion_path =
      resolver_.root_field(words.all[words.at + 2].text.substr(1), text.place(word.column));
  words.at += arguments;
  return conversion.companion.set && !conversion.companion_path.empty();
}

bool ConversionCompiler::word(const RowText& text, const Resolved& source, Words& words, Row& row) {
  const Word word = words.all[words.at++];
  const std::string& name = word.text;
  if (word.quoted || !fits(text, name, row)) {
    return word.quoted ? fail(text, word.column, "MAP-0104", "a quoted text where a conversion stands",
                              "the name of a conversion")
                       : false;
  }
  const auto argument = [&](std::string& into, std::string expected) {
    if (!words.more())
      return fail(text, word.column, "MAP-0104", "'" + name + "' without its argument", std::move(expected));
    into = words.all[words.at++].text;
    return true;
  };
  std::string value;
  Conversion& conversion = row.conversion;
  if (name == "date" || name == "time" || name == "date_time") return dates(text, source, words, row);
  if (name == "join") return join(text, source, words, row);
  if (name == "gather") return argument(conversion.gather, "gather \"\\n\"");
  if (name == "prefix") return argument(conversion.prefix, "prefix \"...\"");
  if (name == "cut" || name == "split" || name == "omit") {
    conversion.misfit = name == "cut" ? Misfit::cut : name == "split" ? Misfit::split : Misfit::omit;
    return true;
  }
  if (name == "negate") return conversion.negate = true;
  if (name == "offset") {
    if (!argument(value, "offset NUMBER")) return false;
    conversion.offset = value.size() == 1 ? value[0] - '0' : 0;
    return (conversion.offset > 0 && conversion.offset < 10) ||
           fail(text, word.column, "MAP-0104", "offset '" + value + "'", "a number from 1 to 9");
  }
  if (name == "code") {
    if (!words.more()) return true;
    if (!argument(conversion.code_list, "")) return false;
    return known_list(conversion.code_list) ||
           fail(text, words.all[words.at - 1].column, "MAP-0108",
                "no code list '" + conversion.code_list + "'", "a key of canonical/spec/lists");
  }
  if (name == "codes") {
    if (!argument(value, "codes NAME")) return false;
    conversion.codes = codes(value);
    std::vector<std::string_view> names;
    for (const auto& [known, entry] : table_.codes) names.push_back(known);
    return conversion.codes != 0 || fail(text, words.all[words.at - 1].column, "MAP-0111",
                                         "no codes '" + value + "'", suggestion(value, names));
  }
  if (name == "decimal") return decimal(text, word, words, row.conversion);
  if (name == "boolean" && words.all.size() - words.at >= 2 && words.all[words.at].text != "with") {
    return argument(conversion.yes, "YES NO") && argument(conversion.no, "YES NO");
  }
  if (name == "binary") {
    if (!argument(value, "base64 or hex")) return false;
    conversion.hex = value == "hex";
    return value == "hex" || value == "base64" ||
           fail(text, word.column, "MAP-0104", "binary '" + value + "'", "base64 or hex");
  }
  if (name == "with" || name == "against") return companion(text, source, words, row);
  return true;
}

bool ConversionCompiler::decimal(const RowText& text, const Word& word, Words& words, Conversion& conversion) {
  for (const auto& [option, into] : {std::pair{"mark", &conversion.mark}, std::pair{"group", &conversion.group}}) {
    if (!words.more() || words.all[words.at].text != option) continue;
    ++words.at;
    const bool one = words.more() && words.all[words.at].text.size() == 1;
    if (!one) {
      const std::string given = words.more() ? words.all[words.at].text : "";
      return fail(text, word.column, "MAP-0104", std::string(option) + " '" + given + "'", "one character");
    }
    *into = words.all[words.at++].text[0];
  }
  return conversion.mark != conversion.group ||
         fail(text, word.column, "MAP-0104", "mark and group are the same", "mark \",\" group \".\"");
}

bool ConversionCompiler::dates(const RowText& text, const Resolved& source, Words& words, Row& row) {
  Conversion& conversion = row.conversion;
  if (!words.more() || words.all[words.at].text == "with") return true;
  if (words.all[words.at].text == "and") return date_parts(text, words, row);
  const Word word = words.all[words.at++];
  if (word.text == "by") {
    if (!words.more())
      return fail(text, word.column, "MAP-0104", "`by` without the leaf that says the form", "by C507.2379");
    conversion.by = resolver_.near(words.all[words.at++].text, source, text.place(word.column));
    conversion.by_format_code = true;
    return conversion.by.set && date_parts(text, words, row);
  }
  conversion.pattern = word.text;
  return valid_pattern(word.text) ||
         fail(text, word.column, "MAP-0104", "'" + word.text + "' is not a form of a date or time",
              "yyyy or yy, MM, dd, HH, mm, ss and signs: dd.MM.yyyy");
}

/// `and TIME`, `until END`: where the other parts of a point in time or a period go.
bool ConversionCompiler::date_parts(const RowText& text, Words& words, Row& row) {
  while (words.more() && (words.all[words.at].text == "and" || words.all[words.at].text == "until")) {
    const bool time = words.all[words.at].text == "and";
    const std::uint32_t column = words.all[words.at].column;
    if (++words.at == words.all.size())
      return fail(text, column, "MAP-0104", "no path behind it", "and TIME, until END");
    const std::string path = words.all[words.at++].text;
    const FieldDescriptor* field = resolve(*group_, path);
    const bool fits = field != nullptr && field->group == nullptr && !field->repeated &&
                      (time ? field->type == ScalarType::time
                            : field->type == ScalarType::date || field->type == ScalarType::date_time);
    if (!fits)
      return fail(text, column, "MAP-0104",
                  "'" + path + "' is no " + (time ? "time" : "date") + " of this group",
                  time ? "the path of a time" : "the path of a date");
    FieldPath fields;
    const GroupDescriptor* group = group_;
    for (std::string_view rest = path; !rest.empty();) {
      const std::string_view name = rest.substr(0, rest.find('.'));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      const FieldDescriptor* inner = group->find(name);
      fields.push_back(static_cast<std::uint16_t>(inner - group->fields.data()));
      group = inner->group;
    }
    (time ? row.conversion.time_path : row.conversion.end_path) = std::move(fields);
  }
  return true;
}

bool ConversionCompiler::join(const RowText& text, const Resolved& source, Words& words, Row& row) {
  std::uint32_t times = 0;
  const std::uint32_t column = text.conversion[0].column;
  if (!words.more() || !parse_count(words.all[words.at].text, times) || times == 0 || times > 999) {
    return fail(text, column, "MAP-0104", "`join` without a number", "join 5 or join 5 \" \"");
  }
  ++words.at;
  if (words.more() && words.all[words.at].quoted) row.conversion.separator = words.all[words.at++].text;
  row.conversion.join = times;
  row.keys.clear();
  for (const LayoutLeaf* leaf : source.more) {
    for (std::uint32_t i = 0; i < leaf->most && row.keys.size() < times; ++i)
      row.keys.push_back(leaf->key + i);
  }
  return row.keys.size() == times ||
         fail(text, column, "MAP-0104", "the source stands " + std::to_string(row.keys.size()) + " times",
              "join " + std::to_string(row.keys.size()));
}

}  // namespace purser::map
