// Rows: SOURCE [->|<-] TARGET [CONVERSION …] [required] [default "…"].
#include "canonical/map/table.h"

namespace purser::map {
namespace {

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

bool RowParser::fail(const Statement& line, std::size_t word, std::string message, std::string expected) {
  const std::uint32_t column =
      word < line.words.size()
          ? line.words[word].column
          : line.words.back().column + static_cast<std::uint32_t>(line.words.back().text.size()) + 1;
  problems_.add("MAP-0101", {file_, line.line, column}, std::move(message), std::move(expected));
  return false;
}

bool RowParser::parse(const Statement& line, RowText& row) {
  row.file = file_;
  row.table = table_;
  row.line = line.line;
  row.remark = line.remark;
  for (const Word& word : line.words) {
    row.text += (row.text.empty() ? "" : " ") + (word.quoted ? quote(word.text) : word.text);
  }
  std::size_t at = 0;
  const std::string& first = line.words[0].text;
  if (!line.words[0].quoted && (first == "each" || first == "group") && line.words.size() > 1) {
    row.kind = first == "each" ? RowKind::each : RowKind::group;
    ++at;
  }
  const Word& source = line.words[at];
  const std::string text = source.quoted ? quote(source.text) : source.text;
  if (!parse_path(syntax_, text, {file_, line.line, source.column}, problems_, row.source)) return false;
  ++at;
  if (at < line.words.size() && !line.words[at].quoted &&
      (line.words[at].text == "->" || line.words[at].text == "<-")) {
    row.arrow = line.words[at].text == "->" ? Arrow::read : Arrow::write;
    ++at;
  }
  return target(line, at, row) && options(line, at, row);
}

bool RowParser::target(const Statement& line, std::size_t& at, RowText& row) {
  if (at >= line.words.size()) return fail(line, at, "a row without target", "a canonical path");
  const Word& word = line.words[at];
  row.target_column = word.column;
  row.target = word.text;
  ++at;
  if (word.quoted) {
    row.target_kind = TargetKind::literal;
  } else if (word.text == ".") {
    row.target_kind = TargetKind::self;
  } else if (word.text.starts_with('$')) {
    row.target_kind = TargetKind::variable;
    row.target.erase(0, 1);
  } else if (word.text == "extension" || word.text == "ignore") {
    if (at < line.words.size() && line.words[at].quoted) {
      row.target_kind = word.text == "ignore" ? TargetKind::ignore : TargetKind::extension;
      row.target = line.words[at++].text;
    } else if (word.text == "ignore") {
      return fail(line, at, "`ignore` without a reason", "`ignore \"why\"`");
    }
  } else if (word.text.starts_with('/')) {
    row.from_root = true;
    row.target.erase(0, 1);
  }
  const bool constant = row.target_kind == TargetKind::literal || row.target_kind == TargetKind::variable;
  if (constant && row.arrow != Arrow::write) {
    return fail(line, at - 1, "a constant as the target of a row that reads", "`<-` before it");
  }
  if (row.target_kind == TargetKind::ignore && row.arrow == Arrow::write) {
    return fail(line, at - 1, "`ignore` in a row that writes", "`->`");
  }
  if (row.target_kind == TargetKind::ignore) row.arrow = Arrow::read;
  return true;
}

bool RowParser::options(const Statement& line, std::size_t at, RowText& row) {
  for (; at < line.words.size(); ++at) {
    const Word& word = line.words[at];
    const bool more = at + 1 < line.words.size();
    if (word.quoted) {
      row.conversion.push_back(word);
    } else if (word.text == "required") {
      row.required = true;
    } else if (word.text == "default") {
      if (!more) return fail(line, at + 1, "`default` without a value", "a quoted value");
      row.fallback = line.words[++at].text;
    } else if (word.text == "stand_in") {
      row.stand_in = true;
    } else if (word.text == "use") {
      if (!more) return fail(line, at + 1, "`use` without a block", "the name of a block");
      row.uses.push_back(line.words[++at]);
    } else if (word.text == "call") {
      if (!more) return fail(line, at + 1, "`call` without a name", "the name of a function");
      row.call = line.words[++at];
    } else {
      row.conversion.push_back(word);
    }
  }
  if (row.kind != RowKind::value && !row.conversion.empty()) {
    const Word& word = row.conversion.front();
    problems_.add("MAP-0101", {file_, row.line, word.column}, "'" + word.text + "' behind each or group",
                  "use, call, required or nothing");
    return false;
  }
  if (row.stand_in && (row.arrow == Arrow::read || (row.target_kind != TargetKind::literal && !row.fallback)))
    return fail(line, 0, "`stand_in` where nothing is written that could stand in", "a literal or `default`");
  if (row.kind == RowKind::value && !row.uses.empty()) {
    problems_.add("MAP-0101", {file_, row.line, row.uses.front().column}, "`use` in a row of one value",
                  "`group` or `each` before the source");
    return false;
  }
  return true;
}

std::size_t RowParser::parse_block(const std::vector<Statement>& lines, std::size_t at, std::uint32_t level,
                                   std::vector<RowText>& rows, bool single) {
  while (at < lines.size() && lines[at].level >= level) {
    const Statement& line = lines[at];
    if (line.level > level) {
      fail(line, 0, "indented below a row that has no block", "`each` or `group` above it");
      ++at;
      if (single) break;
      continue;
    }
    RowText row;
    const bool include = line.words.size() == 2 && line.words[0].text == "rows" && !line.words[0].quoted;
    if (include) {
      row.kind = RowKind::include;
      row.file = file_;
      row.line = line.line;
      row.uses.push_back(line.words[1]);
    }
    const bool good = include || parse(line, row);
    ++at;
    if (row.kind == RowKind::each || row.kind == RowKind::group)
      at = parse_block(lines, at, level + 1, row.rows);
    if (good) rows.push_back(std::move(row));
    if (single) break;
  }
  return at;
}

}  // namespace purser::map
