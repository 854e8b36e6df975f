#include "tools/pages/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

#include "canonical/map/statement.h"
#include "canonical/map/table.h"
#include "canonical/spec/descriptor.h"

namespace purser::pages {
namespace {

using map::Arrow;
using map::RowKind;
using map::RowText;
using map::TargetKind;

/// What one file declares. Blocks and cross maps in the order of their lines.
struct FileContent {
  std::string head;  ///< "CrossIndustryInvoice D16B ↔ invoice"; empty for a file that others use
  std::string document;
  std::vector<RowText> rows, everywhere;
  std::map<std::uint32_t, map::BlockText> blocks;
  std::map<std::uint32_t, map::CodesText> codes;
};

/// Text in a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (c == '|') made += '\\';
    made += c == '\n' ? ' ' : c;
  }
  return made;
}

std::string code(std::string_view text) { return text.empty() ? std::string() : "`" + cell(text) + "`"; }

bool is_term(std::string_view word) {
  return word.size() > 3 && (word.starts_with("BT-") || word.starts_with("BG-")) &&
         std::ranges::all_of(word.substr(3),
                             [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ','; });
}

/// "BT-29, BT-46" out of a remark, and the rest of it.
std::pair<std::string, std::string> terms_of(std::string_view remark) {
  std::string terms, rest;
  std::size_t at = 0;
  while (at < remark.size()) {
    const std::size_t end = std::min(remark.find(' ', at), remark.size());
    const std::string_view word = remark.substr(at, end - at);
    std::string& into = is_term(word) ? terms : rest;
    into += (into.empty() ? "" : " ") + std::string(word);
    at = end + 1;
  }
  while (terms.ends_with(',')) terms.pop_back();
  return {terms, rest};
}

/// The business term of a canonical path by the model; empty if it has none.
std::string model_term(std::string_view document, const std::string& path) {
  const DocumentDescriptor* descriptor = find_document(document);
  if (descriptor == nullptr) return {};
  const auto found = std::ranges::find(descriptor->terms, path, &TermDescriptor::path);
  return found == descriptor->terms.end() ? std::string() : std::string(found->term);
}

std::string conversion_of(const RowText& row) {
  std::string text;
  const auto add = [&text](std::string_view word) { text += (text.empty() ? "" : " ") + std::string(word); };
  for (const map::Word& word : row.conversion) add(word.quoted ? "\"" + word.text + "\"" : word.text);
  if (!row.call.text.empty()) add("call " + row.call.text);
  for (const map::Word& use : row.uses) add("use " + use.text);
  if (row.required) add("required");
  if (row.fallback) add("default \"" + *row.fallback + "\"");
  if (row.stand_in) add("stand-in");
  return text;
}

std::string target_of(const RowText& row, const std::string& prefix) {
  switch (row.target_kind) {
    case TargetKind::path: {
      const bool whole = row.from_root || prefix.empty();
      return code(whole ? row.target : prefix + "." + row.target);
    }
    case TargetKind::self:
      return code(prefix);
    case TargetKind::extension:
      return "extension " + code(row.target);
    case TargetKind::ignore:
      return "not carried: " + cell(row.target);
    case TargetKind::literal:
      return "the text " + code(row.target);
    case TargetKind::variable:
      return "the value " + code("$" + row.target);
  }
  return {};
}

class PageWriter {
 public:
  std::string text;

  void rows(const std::vector<RowText>& all, const std::string& document) {
    if (all.empty()) return;
    text += "\n| source | canonical field | term | conversion | | remark |\n|---|---|---|---|---|---|\n";
    for (const RowText& row : all) add(row, document, "", 0);
  }

 private:
  void add(const RowText& row, const std::string& document, const std::string& prefix, unsigned depth) {
    std::string indent;
    for (unsigned i = 0; i < depth; ++i) indent += "· ";
    if (row.kind == RowKind::include) {
      for (const map::Word& use : row.uses)
        text += fmt::format("| {}the rows of block {} | | | | | |\n", indent, use.text);
      return;
    }
    std::string path = prefix;
    if (row.target_kind == TargetKind::path)
      path = row.from_root || prefix.empty() ? row.target : prefix + "." + row.target;
    auto [terms, remark] = terms_of(row.remark);
    if (terms.empty() && row.target_kind == TargetKind::path) terms = model_term(document, path);
    const char* direction = row.arrow == Arrow::read ? "read" : row.arrow == Arrow::write ? "written" : "";
    const std::string source = row.source.text.empty() ? "." : row.source.text;
    text += fmt::format("| {}{}{} | {} | {} | {} | {} | {} |\n", indent,
                        row.kind == RowKind::each ? "each " : "", code(source), target_of(row, prefix), terms,
                        cell(conversion_of(row)), direction, cell(remark));
    for (const RowText& inner : row.rows) add(inner, document, path, depth + 1);
  }
};

/// The table as its file says it, with what the files it uses declare under their own names.
void collect(const map::TableFile& file, const std::vector<map::TableFile>& library, bool main,
             std::map<std::string, FileContent>& files) {
  map::Problems ignored;  // what is wrong with a table is told where it is loaded
  const map::Table table = map::read_table(file, library, {}, "*", ignored);
  if (main) {
    FileContent& own = files[file.name];
    const char* arrow = table.arrow == Arrow::both ? "↔" : table.arrow == Arrow::read ? "→" : "←";
    const std::string version = table.version == "*" ? "all versions" : table.version;
    own.head = fmt::format("{} {} {} {}", table.message, version, arrow, table.document);
    own.document = table.document;
    own.rows = table.rows;
  }
  for (const RowText& row : table.everywhere) {
    auto& all = files[std::string(row.file)].everywhere;
    const auto same = [&row](const RowText& other) {
      return other.line == row.line && other.source.text == row.source.text;
    };
    if (std::ranges::none_of(all, same)) all.push_back(row);
  }
  for (const auto& [name, block] : table.blocks)
    files[std::string(block.place.file)].blocks[block.place.line] = block;
  for (const auto& [name, codes] : table.codes)
    files[std::string(codes.place.file)].codes[codes.place.line] = codes;
}

std::string joined(const std::vector<map::Word>& words, std::size_t from) {
  std::string text;
  for (std::size_t i = from; i < words.size(); ++i) {
    text += (i == from ? "" : " ") + (words[i].quoted ? "\"" + words[i].text + "\"" : words[i].text);
  }
  return text;
}

/// `overlay NAME for SYNTAX MESSAGE VERSION`, then `deviation "…" [since …]`, each with its changes below.
std::string overlay_section(const std::string& file, const std::string& text) {
  map::Problems ignored;  // what is wrong with an overlay is told where it is loaded
  std::string made;
  std::string deviation;
  for (const map::Statement& line : map::read_statements({file, text}, ignored)) {
    const std::string& word = line.words.front().text;
    if (word == "overlay" && line.words.size() > 3) {
      made += fmt::format("\n### {}: {}\n\nMade from {}.\n\n| deviation | change | remark |\n|---|---|---|\n",
                          cell(line.words[1].text), cell(joined(line.words, 3)), file);
    } else if (word == "deviation" && line.words.size() > 1) {
      deviation = line.words[1].text;
      if (line.words.size() > 2) deviation += " (" + joined(line.words, 2) + ")";
    } else {
      made +=
          fmt::format("| {} | {} | {} |\n", cell(deviation), code(joined(line.words, 0)), cell(line.remark));
      deviation.clear();  // named once
    }
  }
  return made;
}

bool is_main(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("map ")) return line.find(" common") == std::string_view::npos;
  }
  return false;
}

}  // namespace

std::string page(const std::string& connector, const std::vector<TableText>& tables,
                 const std::vector<TableText>& overlays) {
  std::vector<map::TableFile> library;
  for (const auto& [name, text] : tables) library.push_back({name, text});
  std::map<std::string, FileContent> files;
  std::vector<std::string> pseudo(tables.size());
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (is_main(tables[i].second)) {
      collect(library[i], library, true, files);
    } else {  // a file that others use, read through one that does nothing else
      const auto stem = tables[i].first.substr(tables[i].first.rfind('/') + 1);
      pseudo[i] = fmt::format("map xml - 1 -> invoice\nuse {}\n", stem.substr(0, stem.rfind('.')));
      const auto syntax = tables[i].second.find("map ") + 4;
      pseudo[i].replace(4, 3, tables[i].second.substr(syntax, tables[i].second.find(' ', syntax) - syntax));
      collect({"", pseudo[i]}, library, false, files);
    }
  }
  PageWriter writer;
  writer.text = fmt::format(
      "# The tables of the connector {0}\n\nMade from connectors/{0}/tables by tools/pages; do not edit. How "
      "rows work: "
      "[writing mapping tables](../../writing-mapping-tables.md).\nA row without direction serves reading "
      "and writing; "
      "rows that begin with · stand inside the row above. A stand-in is written where the format demands a "
      "value "
      "and the document has none; each that was needed is told (MAP-0034). Terms (BT, BG) are those of EN "
      "16931-1.\n",
      connector);
  for (const auto& [name, content] : files) {
    if (name.empty()) continue;
    writer.text += fmt::format("\n## {}{}{}\n", name, content.head.empty() ? "" : ": ", content.head);
    writer.rows(content.rows, content.document);
    writer.rows(content.everywhere, {});
    for (const auto& [line, block] : content.blocks) {
      writer.text += fmt::format("\n### block {}\n", block.name);
      writer.rows(block.rows, content.document);
    }
    for (const auto& [line, codes] : content.codes) {
      writer.text += fmt::format("\n### codes {}\n\n| format | canonical |\n|---|---|\n", codes.name);
      for (const map::CodeLine& each : codes.lines) {
        writer.text += each.keep ? "| any other | as it is |\n"
                                 : fmt::format("| {} | {} |\n", code(each.code), code(each.key));
      }
    }
  }
  if (!overlays.empty()) {
    writer.text +=
        "\n## Partner overlays\n\nWhat single partners do differently; a route or partner names them. "
        "How often a deviation fired is a finding (MAP-0900).\n";
  }
  for (const auto& [name, text] : overlays) writer.text += overlay_section(name, text);
  return writer.text;
}

}  // namespace purser::pages
