// Interchanges that nobody on this project wrote: each is read, or refused with a finding; the stream keeps
// its contract; control counts are found wrong exactly where the corpus says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <iostream>
#include <set>

#include "connectors/edifact/directory.h"
#include "connectors/reader/edifact_reader.h"
#include "tests/connectors/edifact/trial.h"

namespace purser::edifact::testing {
namespace {

bool is_served(std::string_view message) {
  return std::ranges::any_of(served_messages(), [&](const ServedMessage& one) { return one.name == message; });
}

std::filesystem::path corpus() {
  if (const char* told = std::getenv("PURSER_CORPUS")) return told;
  const char* source = std::getenv("PURSER_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "../shared/corpus";
}

/// What the corpus says of a file: its messages, what is wrong with its structure.
struct Structure {
  std::vector<std::string> messages;
  std::string errors;
};

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, mark);) parts.push_back(part);
  return parts;
}

std::map<std::string, Structure> structures() {
  std::map<std::string, Structure> all;
  std::ifstream file(corpus() / "edi-structural.tsv");
  for (std::string line; std::getline(file, line);) {
    const auto columns = split(line, '\t');
    if (columns.size() < 3 || columns[1] != "EDIFACT") continue;
    all[columns[0]] = {split(columns[2], ','), columns.size() > 3 ? columns[3] : ""};
  }
  return all;
}

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> all;
  const auto root = corpus() / "edifact";
  if (!std::filesystem::exists(root)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension().string();
    const bool sample = extension == ".edi" || extension == ".EDI" || extension == ".txt";
    if (entry.is_regular_file() && sample) all.push_back(entry.path());
  }
  std::ranges::sort(all);
  return all;
}

bool has(const Trial& trial, std::string_view code) {
  return std::ranges::any_of(trial.findings(), [&](const Finding& finding) { return finding.code == code; });
}

TEST(Corpus, EveryFileIsReadOrRefused) {
  const auto all = files();
  if (all.empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  Tables tables({});
  for (const auto& path : all) {
    SCOPED_TRACE(path.string());
    const Trial trial = read_text(tables, file_text(path));
    if (!trial.outcome) {
      EXPECT_EQ(trial.outcome.error().what, StatusClass::invalid) << trial.outcome.error().message;
      EXPECT_TRUE(has(trial, trial.outcome.error().code)) << trial.outcome.error().code << " without a finding";
    }
  }
}

TEST(Corpus, CountsAreWrongWhereItSaysSo) {
  const auto known = structures();
  if (known.empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  Tables tables({});
  for (const auto& [name, structure] : known) {
    SCOPED_TRACE(name);
    const auto path = corpus() / name;
    if (!name.starts_with("edifact/") || !std::filesystem::exists(path)) continue;
    const Trial trial = read_text(tables, file_text(path));
    // One listed file counts right but leaves out UNT's reference.
    if (structure.errors.find("UNT01") == std::string::npos) EXPECT_FALSE(has(trial, "EDIFACT-0013"));
    else EXPECT_TRUE(has(trial, "EDIFACT-0013") || has(trial, "EDIFACT-0014"));
    EXPECT_EQ(has(trial, "EDIFACT-0015"), structure.errors.find("UNZ01") != std::string::npos);
  }
}

TEST(Corpus, MessagesWithATableGiveDocuments) {
  const auto known = structures();
  if (known.empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  Tables tables({});
  for (const auto& [name, structure] : known) {
    SCOPED_TRACE(name);
    const auto path = corpus() / name;
    if (!name.starts_with("edifact/") || !std::filesystem::exists(path)) continue;
    const auto wanted = std::ranges::count_if(structure.messages, [](const auto& type) { return is_served(type); });
    if (wanted == 0) continue;
    const Trial trial = read_text(tables, file_text(path));
    EXPECT_EQ(trial.documents.size(), static_cast<std::size_t>(wanted));
  }
}

/// Lines of a round trip's difference that are values: what the document lacks is no loss of the writing, and an
/// interchange that is written has a reference.
std::string values_only(const std::string& difference) {
  std::string values;
  for (const std::string& line : split(difference, '\n')) {
    const bool value = line.starts_with("- ") || line.starts_with("+ ") || line.starts_with("not written: ");
    if (value && !line.starts_with("+ envelope.reference")) values += line + "\n";
  }
  return values;
}

TEST(Corpus, EveryValueIsTheSameAfterWriting) {
  const auto all = files();
  if (all.empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  Tables tables({});
  std::size_t read = 0, refused = 0, documents = 0, same = 0, losses = 0;
  for (const auto& path : all) {
    SCOPED_TRACE(path.string());
    const std::string text = file_text(path);
    const Trial trial = read_text(tables, text);
    ++(trial.outcome ? read : refused);
    documents += trial.documents.size();
    for (const auto& document : trial.documents) losses += document.losses.losses().size();
    if (trial.documents.empty() || !trial.outcome) continue;
    const auto seen = peek(text);
    ASSERT_TRUE(seen.has_value());
    const std::string wanted = directory_name(seen->message.version, seen->message.release);
    const std::string version(nearest_directory(wanted, tables.directories(seen->message.type)));
    const std::string difference = values_only(round_trip_difference(tables, trial, version));
    // What stands more often than the message allows is read, and not written again.
    const bool too_often = std::ranges::any_of(trial.documents, [](const RecordedDocument& document) {
      return std::ranges::any_of(document.report.findings(), [](const Finding& found) { return found.code == "MAP-0012"; });
    });
    EXPECT_TRUE(difference.empty() || too_often) << difference;
    if (difference.empty()) ++same;
  }
  std::cout << all.size() << " files: " << read << " read to their end, " << refused << " refused, " << documents
            << " documents, " << same << " files the same after writing, " << losses << " values lost in reading\n";
}

/// The line a finding of the wanted code stands on; 0: none.
std::uint32_t line_of(const Trial& trial, std::string_view code) {
  for (const Finding& finding : trial.findings()) {
    if (finding.code == code) return finding.at.line;
  }
  return 0;
}

TEST(Corpus, WrongCountsAreFoundAtTheTrailer) {
  const auto known = structures();
  if (known.empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  Tables tables({});
  for (const auto& [name, structure] : known) {
    const auto path = corpus() / name;
    if (structure.errors.empty() || !std::filesystem::exists(path)) continue;
    SCOPED_TRACE(name);
    const Trial trial = read_text(tables, file_text(path));
    for (const auto& [code, tag] : {std::pair{"EDIFACT-0013", "UNT"}, std::pair{"EDIFACT-0015", "UNZ"}}) {
      for (const Finding& finding : trial.findings()) {
        if (finding.code != code) continue;
        EXPECT_TRUE(finding.source.starts_with(tag)) << finding.source;
        EXPECT_EQ(finding.at.element, 1);
        EXPECT_GT(finding.at.line, 0U);
        EXPECT_FALSE(finding.expected.empty());
        EXPECT_EQ(finding.severity, Severity::warning);
      }
    }
    sdk::Request strict;
    strict.strict = true;
    const Trial refused = read_text(tables, file_text(path), strict);
    if (line_of(trial, "EDIFACT-0013") == 0 && line_of(trial, "EDIFACT-0015") == 0) continue;
    EXPECT_TRUE(std::ranges::any_of(refused.findings(), [](const Finding& f) { return f.severity >= Severity::error; }));
  }
}

}  // namespace
}  // namespace purser::edifact::testing
