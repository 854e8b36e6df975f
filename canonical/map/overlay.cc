#include "canonical/map/overlay.h"

#include <algorithm>

namespace purser::map {
namespace {

/// `overlay PARTNER for SYNTAX MESSAGE [VERSION]`: is that the table?
bool names_table(const std::vector<Word>& head, std::string_view syntax, std::string_view message,
                 std::string_view version) {
  return head.size() >= 5 && head[0].text == "overlay" && head[2].text == "for" && head[3].text == syntax &&
         head[4].text == message && (head.size() < 6 || head[5].text == version);
}

class OverlayReader {
 public:
  OverlayReader(const TableFile& file, Problems& problems, Table& table)
      : file_(file), problems_(problems), table_(table) {}

  void read() {
    table_.files.push_back(file_.name);
    const auto number = static_cast<std::uint16_t>(table_.files.size());
    RowParser parser(table_.syntax, number, file_.name, problems_);
    lines_ = read_statements(file_, problems_);
    if (lines_.empty() || !header(lines_[0])) return;
    for (std::size_t at = 1; at < lines_.size();) {
      if (lines_[at].level != 0 || lines_[at].words[0].text != "deviation" || lines_[at].words.size() < 2) {
        problem(lines_[at], 0, "'" + lines_[at].words[0].text + "'", "`deviation \"what differs\"`");
        ++at;
        continue;
      }
      const auto& words = lines_[at].words;
      table_.deviations.push_back(
          {overlay_, words[1].text, words.size() > 3 && words[2].text == "since" ? words[3].text : "", true});
      at = changes(at + 1, 1, parser, table_.rows);
    }
  }

 private:
  bool header(const Statement& line) {
    const auto& words = line.words;
    if (!names_table(words, table_.syntax, table_.message, table_.version)) {
      problem(line, 0, "not an overlay for this table",
              "`overlay PARTNER for " + table_.syntax + " " + table_.message + " " + table_.version + "`");
      return false;
    }
    overlay_ = words[1].text;
    return true;
  }

  std::size_t changes(std::size_t at, std::uint32_t level, RowParser& parser, std::vector<RowText>& rows) {
    while (at < lines_.size() && lines_[at].level >= level) {
      const Statement& line = lines_[at];
      const std::string& what = line.words[0].text;
      if (line.level == level && what == "in") {
        std::vector<RowText>* inner = find_block(line, rows);
        if (inner == nullptr)
          problem(line, 1, "no such block in the table",
                  "`in each SOURCE`, `in group SOURCE` or `in block NAME`");
        std::vector<RowText> nowhere;
        at = changes(at + 1, level + 1, parser, inner == nullptr ? nowhere : *inner);
        continue;
      }
      if (line.level > level || line.words.size() < 2) {
        problem(line, 0, "not a change",
                "`add ROW`, `replace SOURCE with SOURCE`, `remove SOURCE` or `in each SOURCE`");
        ++at;
      } else if (what == "add") {
        at = add(at, level, parser, rows);
      } else if (what == "remove" || what == "replace") {
        change(line, what == "replace", parser, rows);
        ++at;
      } else {
        problem(line, 0, "'" + what + "'", suggestion(what, {"add", "replace", "remove", "in"}));
        ++at;
      }
    }
    return at;
  }

  std::vector<RowText>* find_block(const Statement& line, std::vector<RowText>& rows) {
    if (line.words.size() < 3) return nullptr;
    const std::string& kind = line.words[1].text;
    if (kind == "block") {
      const auto found = table_.blocks.find(line.words[2].text);
      return found == table_.blocks.end() ? nullptr : &found->second.rows;
    }
    for (RowText& row : rows) {
      const bool same =
          (kind == "each" && row.kind == RowKind::each) || (kind == "group" && row.kind == RowKind::group);
      if (same && row.source.text == line.words[2].text) return &row.rows;
    }
    return nullptr;
  }

  /// The row behind `add`, with its indented rows; marked with the deviation.
  std::size_t add(std::size_t at, std::uint32_t level, RowParser& parser, std::vector<RowText>& rows) {
    Statement line = lines_[at];
    line.words.erase(line.words.begin());
    RowText row;
    const bool good = parser.parse(line, row);
    ++at;
    if (row.kind != RowKind::value) at = parser.parse_block(lines_, at, level + 1, row.rows);
    if (!good) return at;
    mark(row);
    rows.push_back(std::move(row));
    return at;
  }

  void mark(RowText& row) {
    row.deviation = static_cast<std::uint16_t>(table_.deviations.size());
    table_.deviations.back().structural = false;
  }

  void change(const Statement& line, bool replace, RowParser& parser, std::vector<RowText>& rows) {
    const std::string wanted = source_text(line.words[1]);
    if (replace && (line.words.size() < 4 || line.words[2].text != "with")) {
      return problem(line, 2, "a replacement without `with`", "`replace SOURCE with SOURCE`");
    }
    bool found = false;
    for (auto row = rows.begin(); row != rows.end();) {
      if (row->source.text != wanted) {
        ++row;
        continue;
      }
      found = true;
      if (!replace) {
        row = rows.erase(row);
        continue;
      }
      substitute(line, parser, *row);
      ++row;
    }
    if (found) return;
    std::vector<std::string_view> names;
    for (const RowText& row : rows) names.push_back(row.source.text);
    problems_.add("MAP-0113", {file_.name, line.line, line.words[1].column}, "no row reads '" + wanted + "'",
                  suggestion(wanted, names));
  }

  /// Either a new source with the old row's target and options, or a whole row.
  void substitute(const Statement& line, RowParser& parser, RowText& row) {
    if (line.words.size() == 4) {
      const Word& source = line.words[3];
      PathText path;
      if (!parse_path(table_.syntax, source_text(source), {file_.name, line.line, source.column}, problems_,
                      path))
        return;
      row.source = std::move(path);
      row.text = source_text(source) + "  (" + row.text + ")";
      row.file = file_.name;
      row.table = static_cast<std::uint16_t>(table_.files.size());
      row.line = line.line;
    } else {
      Statement rest = line;
      rest.words.erase(rest.words.begin(), rest.words.begin() + 3);
      RowText other;
      if (!parser.parse(rest, other)) return;
      other.rows = std::move(row.rows);
      row = std::move(other);
    }
    mark(row);
  }

  static std::string source_text(const Word& word) { return word.quoted ? '"' + word.text + '"' : word.text; }

  void problem(const Statement& line, std::size_t word, std::string message, std::string expected) {
    const std::uint32_t column = word < line.words.size() ? line.words[word].column : 1;
    problems_.add("MAP-0101", {file_.name, line.line, column}, std::move(message), std::move(expected));
  }

  const TableFile& file_;
  Problems& problems_;
  Table& table_;
  std::vector<Statement> lines_;
  std::string overlay_;
};

}  // namespace

bool is_for_another_table(const TableFile& file, const Table& table, std::span<const TableFile> library) {
  Problems ignored;  // whoever applies the overlay, or loads the other table, reports them
  const auto lines = read_statements(file, ignored);
  if (lines.empty() || names_table(lines[0].words, table.syntax, table.message, table.version)) return false;
  return std::any_of(library.begin(), library.end(), [&](const TableFile& other) {
    if (!other.name.ends_with(".map")) return false;
    const auto head = read_statements(other, ignored);
    if (head.empty()) return false;
    const auto& words = head[0].words;  // map SYNTAX MESSAGE VERSION ARROW DOCUMENT
    return words.size() >= 4 && words[0].text == "map" &&
           names_table(lines[0].words, words[1].text, words[2].text, words[3].text);
  });
}

void apply_overlay(const TableFile& file, Problems& problems, Table& table) {
  OverlayReader(file, problems, table).read();
}

}  // namespace purser::map
