// conformance_table CONNECTORS PAGE [--update | --files | --conversions]: what each connector does with the
// corpus, as docs/conformance.md.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/conformance/support/corpus.h"
#include "tests/conformance/table/conversions.h"
#include "tests/conformance/table/survey.h"
#include "tests/conformance/table/validity.h"

namespace {

namespace fs = std::filesystem;
using namespace purser::conformance;

constexpr std::uintmax_t largest_file = 16 << 20;  // the corpus has archives, too

struct Row {
  std::size_t files = 0, decoded = 0, documents = 0, again = 0, losses = 0, errors = 0, warnings = 0;
};

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The source a file comes from: the first two folders below the corpus.
std::string source_of(const fs::path& corpus, const fs::path& file) {
  const auto below = fs::relative(file, corpus);
  auto part = below.begin();
  std::string name = part->string();
  if (++part != below.end() && std::next(part) != below.end()) name += "/" + part->string();
  return name;
}

std::string table(const std::map<std::string, Row>& rows, const std::map<std::string, Validity>& validity) {
  std::string text =
      "| format | from | files | decoded | documents | the same again | valid when written | values lost | "
      "errors | "
      "warnings |\n|---|---|---|---|---|---|---|---|---|---|\n";
  for (const auto& [key, row] : rows) {
    const auto valid = validity.find(key);
    const auto cut = key.find(' ');
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", key.substr(0, cut),
                        key.substr(cut + 1), row.files, row.decoded, row.documents, row.again,
                        valid == validity.end()
                            ? std::string("–")
                            : fmt::format("{} of {}", valid->second.written, valid->second.sources),
                        row.losses, row.errors, row.warnings);
  }
  return text;
}

constexpr const char* head =
    "# Conformance\n\n"
    "What the connectors do with public documents that nobody on this project wrote. Made by "
    "`build/bin/conformance_table`, which offers every\nfile of the corpus to every connector that is built; "
    "the test "
    "conformance/table fails while this page is out of date, where the corpus is.\n\n"
    "- **decoded**: read to the end. The others are refused, each with a finding that says where and why.\n"
    "- **the same again**: written in the same format and read again, the canonical documents are the same, "
    "value by "
    "value;\n  what the interchange around them says of itself (references, time) is left out.\n"
    "- **valid when written**: of the XML documents that keep to their official schema, how many still do "
    "when we "
    "write them.\n"
    "- **values lost**: values that no row of a table reads, or that could not be written. Each is named by "
    "`purser "
    "read --loss`.\n"
    "- **errors, warnings**: findings about the documents; samples of libraries are often wrong on "
    "purpose.\n\n";

constexpr const char* conversions_head =
    "\n## Into other formats\n\n"
    "Each document read above, written in every message that other formats have for it.\n\n"
    "- **valid**: keeps to the official schema or DTD; EDIFACT and X12: to the directory, segment by "
    "segment.\n"
    "- **refused**: the format demands what the document does not say; an error finding names it. Nothing is "
    "sent "
    "then.\n\n";

}  // namespace

int main(int argc, char** argv) {
  const std::string_view option = argc == 4 ? argv[3] : "";
  const bool update = option == "--update", files = option == "--files", told = option == "--conversions";
  if (argc != 3 && !update && !files && !told) {
    fmt::print(stderr, "usage: conformance_table CONNECTORS PAGE [--update | --files | --conversions]\n");
    return 2;
  }
  const auto corpus = corpus_folder("");
  if (!corpus) {
    fmt::print("no corpus: set PURSER_CORPUS to its folder\n");
    return 0;
  }
  Survey survey(argv[1]);
  std::map<std::string, Row> rows;
  std::vector<Pair> pairs;
  std::vector<Conversion> conversions;
  for (const auto& file : files_below(*corpus)) {
    if (fs::file_size(file) > largest_file) continue;
    const auto text = file_text(file);
    auto seen = survey.look(file, text);
    if (!seen) continue;
    if (files && !seen->why.empty()) fmt::print("{}: {}\n", fs::relative(file, *corpus).string(), seen->why);
    const auto key = seen->format + " " + source_of(*corpus, file);
    Row& row = rows[key];
    ++row.files;
    row.decoded += seen->decoded ? 1 : 0;
    row.documents += seen->documents;
    row.again += seen->same_again ? 1 : 0;
    row.losses += seen->losses;
    row.errors += seen->errors;
    row.warnings += seen->warnings;
    if (!files)
      std::ranges::move(survey.convert(*seen, fs::relative(file, *corpus).string()),
                        std::back_inserter(conversions));
    if (!seen->written.empty()) pairs.push_back({key, text, std::move(seen->written)});
  }
  if (files) return 0;
  std::string tell;
  const auto converted = judge_conversions(*corpus, conversions, told ? &tell : nullptr);
  if (told) {
    fmt::print("{}", tell);
    return 0;
  }
  const auto page =
      head + table(rows, judge(*corpus, pairs)) + conversions_head + conversion_table(converted);
  if (file_text(argv[2]) == page) return 0;
  if (update) {
    std::ofstream(argv[2], std::ios::binary) << page;
    return 0;
  }
  fmt::print("{}\n{} is out of date: build/bin/conformance_table {} {} --update\n", page, argv[2], argv[1],
             argv[2]);
  return 1;
}
