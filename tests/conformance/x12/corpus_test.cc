// Interchanges that nobody on this project wrote: each is read, or refused with a finding; the stream keeps
// its contract; control counts are found wrong exactly where the corpus says so; what is written reads the
// same again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>

#include "connectors/reader/x12_reader.h"
#include "connectors/x12/embedded.h"
#include "tests/connectors/x12/trial.h"

namespace purser::x12::testing {
namespace {

std::filesystem::path corpus() {
  if (const char* told = std::getenv("PURSER_CORPUS")) return told;
  const char* source = std::getenv("PURSER_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "../shared/corpus";
}

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, mark);) parts.push_back(part);
  return parts;
}

/// What the corpus says of a file's structure, by its path.
std::map<std::string, std::string> structures() {
  std::map<std::string, std::string> all;
  std::ifstream file(corpus() / "edi-structural.tsv");
  for (std::string line; std::getline(file, line);) {
    const auto columns = split(line, '\t');
    if (columns.size() >= 3 && columns[1] == "X12") all[columns[0]] = columns.size() > 3 ? columns[3] : "";
  }
  return all;
}

std::vector<std::filesystem::path> files() {
  std::vector<std::filesystem::path> all;
  const auto root = corpus() / "x12";
  if (!std::filesystem::exists(root)) return all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension().string();
    if (entry.is_regular_file() && (extension == ".edi" || extension == ".txt")) all.push_back(entry.path());
  }
  std::ranges::sort(all);
  return all;
}

bool has(const Trial& trial, std::string_view code) {
  return std::ranges::any_of(trial.findings(), [&](const Finding& finding) { return finding.code == code; });
}

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    if (files().empty()) GTEST_SKIP() << "no corpus at " << corpus() << " (set PURSER_CORPUS)";
  }
  table::Library tables{{}, embedded_files()};
};

TEST_F(Corpus, EveryFileIsReadOrRefused) {
  for (const auto& path : files()) {
    SCOPED_TRACE(path.string());
    const Trial trial = read_text(tables, file_text(path));
    if (!trial.outcome) {
      EXPECT_EQ(trial.outcome.error().what, StatusClass::invalid) << trial.outcome.error().message;
      EXPECT_TRUE(has(trial, trial.outcome.error().code))
          << trial.outcome.error().code << " without a finding";
    }
    if (std::getenv("PURSER_SHOW") != nullptr) {
      std::printf("== %s: %zu documents\n", path.filename().c_str(), trial.documents.size());
      for (const Finding& finding : trial.findings()) std::printf("  %s\n", to_line(finding, "").c_str());
      for (const RecordedDocument& document : trial.documents) {
        for (const Loss& loss : document.losses.losses())
          std::printf("  loss %u %s=%s\n", loss.at.line, loss.source.c_str(), loss.value.c_str());
      }
    }
  }
}

TEST_F(Corpus, CountsAreWrongWhereItSaysSo) {
  struct Check {
    std::string_view told, code;
  };
  constexpr Check checks[] = {{"SE01", "X12-0013"}, {"GE02", "X12-0018"}, {"IEA01", "X12-0015"}};
  for (const auto& [name, errors] : structures()) {
    SCOPED_TRACE(name);
    // A component separator behind every last value is no part of it, as a naive look has it.
    if (name.ends_with("x12.850.issue135.edi")) continue;
    // Terminators of several bytes and lines wrapped at 80 columns hide the trailer from a naive look.
    if (errors == "noIEA") continue;
    const Trial trial = read_text(tables, file_text(corpus() / name));
    for (const Check& check : checks) {
      EXPECT_EQ(has(trial, check.code), errors.find(check.told) != std::string::npos) << check.told;
    }
    EXPECT_FALSE(has(trial, "X12-0021"));
  }
}

TEST_F(Corpus, TransactionSetsWithATableGiveDocuments) {
  class Count : public InterchangeHandler {
   public:
    explicit Count(const table::Library& library) : library_(library) {}
    Outcome begin_interchange(const Interchange&) override { return {}; }
    Outcome begin_group(const Interchange&, const Group&) override { return {}; }
    std::expected<map::SyntaxSink*, Status> begin_transaction(const Interchange&, const Group*,
                                                              const Transaction& transaction) override {
      documents += library_.versions(transaction.type).empty() ? 0 : 1;
      return nullptr;
    }
    Outcome end_transaction(const Transaction&, const TransactionEnd&) override { return {}; }
    Outcome end_group(const Group&, const GroupEnd&) override { return {}; }
    Outcome end_interchange(const Interchange&, const InterchangeEnd&) override { return {}; }
    void finding(Finding) override {}
    std::size_t documents = 0;

   private:
    const table::Library& library_;
  };
  for (const auto& path : files()) {
    SCOPED_TRACE(path.string());
    const std::string text = file_text(path);
    Count count(tables);
    reader::MemorySource source(text);
    static_cast<void>(read(source, count));
    EXPECT_EQ(read_text(tables, text).documents.size(), count.documents);
  }
}

TEST_F(Corpus, WritingLosesNothing) {
  int compared = 0;
  for (const auto& path : files()) {
    SCOPED_TRACE(path.string());
    const Trial trial = read_text(tables, file_text(path));
    const auto seen = peek(file_text(path));
    // What is broken, or too long for its data element, cannot come back the same.
    const bool sound = std::ranges::none_of(trial.findings(), [](const Finding& finding) {
      return finding.severity >= Severity::error || finding.code == "MAP-0018";
    });
    if (trial.documents.empty() || !seen || !sound) continue;
    ++compared;
    std::string written;
    EXPECT_EQ(round_trip_difference(tables, trial, seen->group.version, &written), "") << written;
  }
  EXPECT_GT(compared, 0);
  std::printf("%d of %zu files compared\n", compared, files().size());
}

}  // namespace
}  // namespace purser::x12::testing
