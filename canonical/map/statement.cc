#include "canonical/map/statement.h"

#include <algorithm>
#include <charconv>

namespace purser::map {
namespace {

/// Reads one line from left to right.
class LineCutter {
 public:
  LineCutter(std::string_view line, Place place, Problems& problems)
      : line_(line), place_(place), problems_(problems) {}

  /// False if the line cannot be used.
  bool cut(Statement& into) {
    while (at_ < line_.size()) {
      const char c = line_[at_];
      if (c == ' ') {
        ++at_;
      } else if (c == '#') {
        into.remark = std::string(line_.substr(at_ + 1));
        into.remark.erase(0, into.remark.find_first_not_of(' '));
        return true;
      } else if (!word(into)) {
        return false;
      }
    }
    return true;
  }

 private:
  bool word(Statement& into) {
    Word word;
    word.column = static_cast<std::uint32_t>(at_ + 1);
    const std::size_t start = at_;
    if (line_[at_] == '"') {
      if (!quoted(word.text)) return false;
      word.quoted = at_ == line_.size() || line_[at_] == ' ';
      if (word.quoted) {
        into.words.push_back(std::move(word));
        return true;
      }
    }
    std::size_t depth = 0;
    std::string ignored;
    while (at_ < line_.size() && (depth > 0 || line_[at_] != ' ')) {
      if (line_[at_] == '"') {
        if (!quoted(ignored)) return false;
        continue;
      }
      if (line_[at_] == '[') ++depth;
      if (line_[at_] == ']' && depth > 0) --depth;
      ++at_;
    }
    if (depth > 0) return fail("a '[' without its ']'", "']'");
    word.text = std::string(line_.substr(start, at_ - start));
    into.words.push_back(std::move(word));
    return true;
  }

  bool quoted(std::string& text) {
    const std::size_t start = at_++;
    for (; at_ < line_.size() && line_[at_] != '"'; ++at_) {
      if (line_[at_] != '\\') {
        text += line_[at_];
        continue;
      }
      if (++at_ == line_.size()) break;
      const char c = line_[at_];
      text += c == 't' ? '\t' : c == 'n' ? '\n' : c;
    }
    if (at_ >= line_.size()) {
      at_ = start;
      return fail("a quote that is not closed", "'\"' before the line ends");
    }
    ++at_;
    return true;
  }

  bool fail(std::string message, std::string expected) {
    place_.column = static_cast<std::uint32_t>(at_ + 1);
    problems_.add("MAP-0101", place_, std::move(message), std::move(expected));
    return false;
  }

  std::string_view line_;
  Place place_;
  Problems& problems_;
  std::size_t at_ = 0;
};

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Indentation and words of one line; false if it is left out.
bool read_line(std::string_view line, const Place& place, Problems& problems, Statement& into) {
  const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
  if (blanks == line.size() || line[blanks] == '#') return false;
  if (line.size() > max_table_line) {
    problems.add("MAP-0101", place, "a line of " + std::to_string(line.size()) + " bytes",
                 "at most " + std::to_string(max_table_line));
    return false;
  }
  if (has_control(line)) {
    problems.add("MAP-0101", place, "a tab or another control character", "blanks");
    return false;
  }
  into.level = static_cast<std::uint32_t>(blanks / 2);
  if (blanks % 2 != 0 || into.level > max_table_level) {
    problems.add("MAP-0101", {place.file, place.line, static_cast<std::uint32_t>(blanks + 1)},
                 "indented by " + std::to_string(blanks) + " blanks",
                 "two blanks for each level, 20 levels at most");
    return false;
  }
  return LineCutter(line, place, problems).cut(into) && !into.words.empty();
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, change});
    }
  }
  return row[b.size()];
}

}  // namespace

void Problems::add(std::string_view code, const Place& place, std::string message, std::string expected) {
  Position at;
  at.line = place.line;
  at.column = place.column;
  for (const Finding& known : report_.findings()) {  // a block is looked at for each of its uses
    if (known.at == at && known.code == code && known.message == message && known.source == place.file)
      return;
  }
  Finding finding = make_finding(code, at, std::move(message));
  finding.severity = Severity::error;
  finding.source = std::string(place.file);
  finding.expected = std::move(expected);
  report_.add(std::move(finding));
}

std::vector<Statement> read_statements(const TableFile& file, Problems& problems) {
  std::vector<Statement> statements;
  std::string_view rest = file.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  Place place{file.name, 0, 1};
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (++place.line > max_table_lines) {
      problems.add("MAP-0101", place, "a file of too many lines",
                   "at most " + std::to_string(max_table_lines));
      break;
    }
    Statement statement;
    statement.line = place.line;
    if (!read_line(line, place, problems, statement)) continue;
    if (statement.level > (statements.empty() ? 0 : statements.back().level + 1)) {
      problems.add("MAP-0101", {place.file, place.line, statement.words[0].column},
                   "indented deeper than the line above allows",
                   "one level more than the block it belongs to");
      continue;
    }
    statements.push_back(std::move(statement));
  }
  return statements;
}

std::string nearest(std::string_view wrong, const std::vector<std::string_view>& names) {
  constexpr std::size_t longest = 80;  // so that a hostile name costs nothing
  std::string best;
  std::size_t least = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  if (wrong.size() > longest) return best;
  for (const std::string_view name : names) {
    if (name.size() > longest) continue;
    const std::size_t gap =
        name.size() > wrong.size() ? name.size() - wrong.size() : wrong.size() - name.size();
    if (gap >= least) continue;
    const std::size_t found = distance(wrong, name);
    if (found < least) {
      least = found;
      best = std::string(name);
    }
  }
  return best;
}

std::string suggestion(std::string_view wrong, const std::vector<std::string_view>& names,
                       std::string_view otherwise) {
  const std::string near = nearest(wrong, names);
  if (!near.empty()) return "'" + near + "'";
  if (!otherwise.empty()) return std::string(otherwise);
  std::string list;
  for (const std::string_view name : names) {
    if (list.size() > 160) return "one of: " + list + ", ...";
    list += (list.empty() ? "" : ", ") + std::string(name);
  }
  return list.empty() ? "nothing" : "one of: " + list;
}

bool parse_count(std::string_view text, std::uint32_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

void keep_version(std::vector<Statement>& lines, std::string_view version) {
  std::size_t kept = 0;
  bool left_out = false;
  std::uint32_t level = 0;
  for (Statement& line : lines) {
    if (left_out && line.level > level) continue;
    left_out = false;
    const std::size_t words = line.words.size();
    if (words >= 3 && !line.words[words - 2].quoted) {
      const std::string& what = line.words[words - 2].text;
      const std::string& said = line.words[words - 1].text;
      if (what == "from" || what == "until") {
        left_out = what == "from" ? version < said : version > said;
        level = line.level;
        line.words.resize(words - 2);
      }
    }
    if (!left_out) std::swap(lines[kept++], line);
  }
  lines.resize(kept);
}

}  // namespace purser::map
