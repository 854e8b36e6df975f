#include "canonical/map/table.h"

#include <set>

#include "canonical/map/layout.h"
#include "canonical/map/overlay.h"

namespace purser::map {
namespace {

/// Reads one table file and those it uses into a Table.
class TableReader {
 public:
  TableReader(std::span<const TableFile> library, std::string_view version, Problems& problems, Table& into)
      : library_(library), version_(version), problems_(problems), table_(into) {}

  void read(const TableFile& file, bool used) {
    file_ = &file;
    number_ = static_cast<std::uint16_t>(table_.files.size() + 1);
    table_.files.push_back(file.name);
    known_.insert(file.name);
    std::vector<Statement> lines = read_statements(file, problems_);
    if (lines.empty() || lines[0].words[0].text != "map" || lines[0].level != 0 || !header(lines[0], used)) {
      if (lines.empty() || lines[0].words[0].text != "map") {
        problems_.add("MAP-0101", {file.name, 1, 1}, "the file does not begin with its `map` line",
                      "`map SYNTAX MESSAGE VERSION <-> DOCUMENT`");
      }
      return;
    }
    if (table_.syntax == "x12") keep_version(lines, table_.version);
    std::vector<const TableFile*> others;
    RowParser rows(table_.syntax, number_, file.name, problems_);
    for (std::size_t at = 1; at < lines.size();) at = statement(lines, at, rows, others, used);
    for (const TableFile* other : others) {
      if (known_.contains(other->name)) continue;
      read(*other, true);
    }
  }

 private:
  bool header(const Statement& line, bool used) {
    std::vector<std::string> words;
    for (const Word& word : line.words) words.push_back(word.text);
    if (used) {
      if (words.size() >= 3 && words[1] == table_.syntax && words[2] == "common") return true;
      problem(line, 0, "a used table of another kind", "`map " + table_.syntax + " common`");
      return false;
    }
    const bool short_form = words.size() == 5 && words[1] == "delimited";
    if (words.size() != 6 && !short_form) {
      problem(line, 0, "a map line of " + std::to_string(words.size()) + " words",
              "`map SYNTAX MESSAGE VERSION <-> DOCUMENT`");
      return false;
    }
    table_.syntax = words[1];
    table_.message = words[2];
    table_.version = short_form                             ? ""
                     : words[3] == "*" && !version_.empty() ? std::string(version_)
                                                            : words[3];
    const std::size_t arrow = short_form ? 3 : 4;
    table_.document = words[arrow + 1];
    table_.arrow = words[arrow] == "->" ? Arrow::read : words[arrow] == "<-" ? Arrow::write : Arrow::both;
    if (words[arrow] != "<->" && table_.arrow == Arrow::both)
      problem(line, arrow, "'" + words[arrow] + "'", "<->, -> or <-");
    return true;
  }

  std::size_t statement(const std::vector<Statement>& lines, std::size_t at, RowParser& rows,
                        std::vector<const TableFile*>& others, bool used) {
    const Statement& line = lines[at];
    const std::string what = line.words[0].quoted ? "" : line.words[0].text;
    const Place place{file_->name, line.line, line.words[0].column};
    if (what == "let") {
      let(line, place);
    } else if (what == "codes") {
      return codes(lines, at, place);
    } else if (what == "block") {
      return block(lines, at, place, rows);
    } else if (what == "use") {
      use(line, others);
    } else if (what == "format" || what == "document") {
      what == "format" ? format(line) : document_by(line);
    } else if (what == "everywhere") {
      everywhere(line, rows);
    } else {
      std::vector<RowText> found;
      const std::size_t next = std::max(at + 1, rows.parse_block(lines, at, 0, found, true));
      if (used && !found.empty())
        problem(line, 0, "a row in a table that others use", "blocks, lets and codes");
      if (!used)
        for (RowText& row : found) table_.rows.push_back(std::move(row));
      return next;
    }
    return at + 1;
  }

  void let(const Statement& line, const Place& place) {
    if (line.words.size() < 4 || line.words[2].text != "=") {
      return problem(line, 0, "a let without name or conversion", "`let NAME = CONVERSION`");
    }
    const std::string& name = line.words[1].text;
    LetText entry{name, {line.words.begin() + 3, line.words.end()}, place, false};
    if (!table_.lets.emplace(name, std::move(entry)).second)
      problem(line, 1, "'" + name + "' twice", "one `let`");
  }

  std::size_t codes(const std::vector<Statement>& lines, std::size_t at, const Place& place) {
    CodesText entry;
    entry.place = place;
    const Statement& line = lines[at];
    if (line.words.size() == 2)
      entry.name = line.words[1].text;
    else
      problem(line, 0, "codes without a name", "`codes NAME`");
    for (++at; at < lines.size() && lines[at].level > 0; ++at) {
      const auto& words = lines[at].words;
      if (words.size() != 2) {
        problem(lines[at], 0, std::to_string(words.size()) + " words", "a code and its key");
        continue;
      }
      const bool star = words[0].text == "*" && !words[0].quoted;
      if (star && words[1].text != "keep")
        problem(lines[at], 1, "'" + words[1].text + "' behind *", "`* keep`");
      const bool other = words[1].text == "*" && !words[1].quoted;
      entry.lines.push_back({words[0].text, words[1].text, star, other});
    }
    const std::string name = entry.name;
    if (!name.empty() && !table_.codes.emplace(name, std::move(entry)).second)
      problem(line, 1, "'" + name + "' twice", "one list of this name");
    return at;
  }

  std::size_t block(const std::vector<Statement>& lines, std::size_t at, const Place& place,
                    RowParser& rows) {
    BlockText entry;
    entry.place = place;
    const Statement& line = lines[at];
    if (line.words.size() == 2)
      entry.name = line.words[1].text;
    else
      problem(line, 0, "a block without a name", "`block NAME`");
    at = rows.parse_block(lines, at + 1, 1, entry.rows);
    const std::string name = entry.name;
    if (!name.empty() && !table_.blocks.emplace(name, std::move(entry)).second)
      problem(line, 1, "'" + name + "' twice", "one block of this name");
    return at;
  }

  void use(const Statement& line, std::vector<const TableFile*>& others) {
    const TableFile* other =
        line.words.size() == 2 ? find_file(library_, line.words[1].text, ".map") : nullptr;
    if (other != nullptr) return others.push_back(other);
    std::vector<std::string_view> names;
    for (const TableFile& each : library_) names.push_back(each.name);
    problems_.add("MAP-0110", {file_->name, line.line, line.words.back().column}, "no such file",
                  line.words.size() == 2 ? suggestion(line.words[1].text, names) : "`use FILE`");
  }

  void format(const Statement& line) {
    for (std::size_t i = 1; i + 1 < line.words.size(); i += 2) {
      const std::string& name = line.words[i].text;
      const std::string& value = line.words[i + 1].text;
      const bool one = value.size() == 1 || (name == "quote" && value == "none");
      if ((name == "separator" || name == "quote") && one) {
        (name == "quote" ? table_.format.quote : table_.format.separator) = value == "none" ? '\0' : value[0];
      } else if (name == "heading" && (value == "yes" || value == "no")) {
        table_.format.heading = value == "yes";
      } else if (name == "charset") {
        table_.format.charset = value;
      } else {
        problem(line, i, "'" + name + " " + value + "'",
                "separator \";\", quote \"\\\"\" or none, heading yes|no, charset NAME");
      }
    }
    if (line.words.size() % 2 == 0)
      problem(line, line.words.size() - 1, "a name without value", "pairs of name and value");
  }

  void document_by(const Statement& line) {
    PathText path;
    if (line.words.size() != 3 || line.words[1].text != "by") {
      return problem(line, 0, "not a document key", "`document by \"HEADING\"`");
    }
    const Word& word = line.words[2];
    if (word.quoted) {
      table_.format.document_key = word.text;
    } else if (!word.text.starts_with("column(") || !word.text.ends_with(')') ||
               !parse_count(std::string_view(word.text).substr(7, word.text.size() - 8),
                            table_.format.document_column)) {
      problem(line, 2, "'" + word.text + "'", "a quoted heading or column(3)");
    }
  }

  /// `everywhere @a @b -> ignore "why"`: one row for each source.
  void everywhere(const Statement& line, RowParser& rows) {
    std::size_t arrow = 1;
    while (arrow < line.words.size() && line.words[arrow].text != "->") ++arrow;
    if (arrow == 1 || arrow == line.words.size())
      return problem(line, 0, "no source or no arrow", "`everywhere SOURCE -> ignore \"why\"`");
    for (std::size_t i = 1; i < arrow; ++i) {
      Statement single = line;
      single.words = {line.words[i]};
      single.words.insert(single.words.end(), line.words.begin() + static_cast<std::ptrdiff_t>(arrow),
                          line.words.end());
      RowText row;
      if (!rows.parse(single, row)) continue;
      if (row.target_kind != TargetKind::ignore || row.source.steps.size() != 1) {
        problem(line, arrow, "everywhere with more than one step or another target",
                "`everywhere NAME -> ignore \"why\"`");
        continue;
      }
      table_.everywhere.push_back(std::move(row));
    }
  }

  void problem(const Statement& line, std::size_t word, std::string message, std::string expected) {
    const std::uint32_t column = word < line.words.size() ? line.words[word].column : 1;
    problems_.add("MAP-0101", {file_->name, line.line, column}, std::move(message), std::move(expected));
  }

  std::span<const TableFile> library_;
  std::string_view version_;  ///< of a table for several
  Problems& problems_;
  Table& table_;
  const TableFile* file_ = nullptr;
  std::uint16_t number_ = 0;
  std::set<std::string> known_;
};

}  // namespace

Table read_table(const TableFile& main, std::span<const TableFile> library,
                 std::span<const TableFile> overlays, std::string_view version, Problems& problems) {
  Table table;
  TableReader(library, version, problems, table).read(main, false);
  for (const TableFile& overlay : overlays) {
    if (!is_for_another_table(overlay, table, library)) apply_overlay(overlay, problems, table);
  }
  return table;
}

}  // namespace purser::map
