// What the connector promises on documents that others wrote: CII, and UBL to CII and back. Skipped where the
// corpus is absent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "connectors/cii/format.h"
#include "connectors/ubl/format.h"
#include "tests/conformance/support/corpus.h"
#include "tests/connectors/table/trial.h"

namespace purser::cii {
namespace {

namespace fs = std::filesystem;
using namespace table::testing;  // read_text, write_text …
using conformance::WorkFolder;

constexpr std::string_view cii_ending = "_uncefact.xml", ubl_ending = "_ubl.xml";

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = conformance::corpus_folder("cii");
    if (!folder) GTEST_SKIP() << "no corpus: set PURSER_CORPUS to its folder";
    corpus = *folder;
  }
  std::vector<fs::path> files(std::string_view ending) const {
    std::vector<fs::path> found;
    for (const auto& file : conformance::files_below(corpus / "ubl-cii/xrechnung-testsuite")) {
      if (file.string().ends_with(ending)) found.push_back(file);
    }
    return found;
  }
  /// Every document of UBL or CII in the corpus that is an invoice.
  std::vector<fs::path> invoices() const {
    std::vector<fs::path> all = files(".xml");
    for (const auto& file : conformance::files_below(corpus / "cii/mustang")) {
      if (file.extension() == ".xml") all.push_back(file);
    }
    return all;
  }
  Trial read(const fs::path& file) {
    const auto text = file_text(file);
    return read_text(ubl.detect(text).document != nullptr ? ubl : cii, text);
  }

  fs::path corpus;
  table::XmlTables cii{format()};
  table::XmlTables ubl{ubl::format()};
};

/// "buyer.name" with its value; decimals by value, whatever their scale.
std::map<std::string, std::string> values(std::span<const Event> events) {
  std::vector<Event> plain(events.begin(), events.end());
  for (Event& event : plain) {
    if (event.kind == EventKind::field && event.value.type == ScalarType::decimal)
      event.value.decimal = event.value.decimal.normalized();
  }
  std::map<std::string, std::string> all;
  for (const std::string& line : describe(plain)) {
    if (const auto equals = line.find(" = "); equals != std::string::npos)
      all.emplace(line.substr(0, equals), line.substr(equals + 3));
  }
  return all;
}

/// The paths whose values differ.
std::set<std::string> differing(const Trial& one, const Trial& other) {
  const auto left = values(one.document.events.events()), right = values(other.document.events.events());
  std::set<std::string> paths;
  for (const auto& [path, value] : left) {
    const auto found = right.find(path);
    if (found == right.end() || found->second != value) paths.insert(path);
  }
  for (const auto& [path, value] : right) {
    if (!left.contains(path)) paths.insert(path);
  }
  return paths;
}

/// pair_differences.txt: a line `PAIR PATH…` below a `# why`; the two files of the pair themselves differ
/// there.
std::map<std::string, std::set<std::string>> known_differences() {
  const char* source = std::getenv("PURSER_SOURCE");
  std::ifstream file(fs::path(source == nullptr ? "." : source) /
                     "tests/conformance/cii/pair_differences.txt");
  std::map<std::string, std::set<std::string>> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string pair, path;
    words >> pair;
    while (words >> path) all[pair].insert(path);
  }
  return all;
}

TEST_F(Corpus, PairsOfUblAndCiiAreTheSameInvoice) {
  const auto known = known_differences();
  std::size_t pairs = 0, same = 0;
  for (const auto& file : files(cii_ending)) {
    auto twin = file.string();
    twin.replace(twin.size() - cii_ending.size(), cii_ending.size(), ubl_ending);
    if (!fs::exists(twin)) continue;
    ++pairs;
    const auto one = read(twin), other = read(file);
    ASSERT_TRUE(one.outcome && other.outcome) << file;
    const auto stem = file.filename().string();
    const auto name = stem.substr(0, stem.size() - cii_ending.size());
    const auto found = known.find(name);
    const auto expected = found == known.end() ? std::set<std::string>() : found->second;
    const auto paths = differing(one, other);
    EXPECT_EQ(paths, expected) << name;
    same += paths.empty() ? 1 : 0;
    EXPECT_TRUE(other.document.losses.losses().empty()) << name;
    EXPECT_FALSE(other.document.report.has(Severity::error)) << name << findings_json(other);
  }
  EXPECT_EQ(pairs, 40u);
  RecordProperty("identical", static_cast<int>(same));
}

TEST_F(Corpus, EveryFileIsReadOrRefusedWithItsPlace) {
  std::size_t read_files = 0;
  for (const auto& file : invoices()) {
    const auto trial = read(file);
    if (trial.outcome) {
      ++read_files;
      continue;
    }
    ASSERT_FALSE(trial.document.report.empty()) << file;
    EXPECT_GT(trial.document.report.findings().back().at.line, 0u) << file;
  }
  EXPECT_GE(read_files, 86u);
}

TEST_F(Corpus, WrittenAsCiiEveryInvoiceIsTheSameAgainAndValid) {
  const WorkFolder work("cii");
  std::vector<fs::path> written;
  std::size_t number = 0;
  for (const auto& file : invoices()) {
    const auto trial = read(file);
    if (!trial.outcome) continue;
    const auto difference = round_trip_difference(cii, trial.document);
    EXPECT_EQ(difference, "") << file;
    RecordedDocument notes;
    const auto text = write_text(cii, trial.document.events.events(), notes);
    if (!text || notes.report.has(Severity::error)) continue;  // told above, if the document was sound
    written.push_back(work.path() / (std::to_string(++number) + ".xml"));
    std::ofstream(written.back(), std::ios::binary) << *text;
  }
  std::string complaints;
  const auto schema = corpus / "cii/en16931/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd";
  const auto valid = conformance::valid_files(schema, written, &complaints);
  if (!valid) GTEST_SKIP() << "no xmllint: install libxml2-utils";
  EXPECT_EQ(valid->size(), written.size()) << complaints.substr(0, 4000);
  EXPECT_GE(written.size(), 86u);
}

TEST_F(Corpus, FromUblToCiiAndBackTheInvoiceIsTheSame) {
  for (const auto& file : files(ubl_ending)) {
    const auto first = read(file);
    ASSERT_TRUE(first.outcome) << file;
    RecordedDocument notes;
    const auto as_cii = write_text(cii, first.document.events.events(), notes);
    ASSERT_TRUE(as_cii) << file;
    const auto second = read_text(cii, *as_cii);
    const auto as_ubl = write_text(ubl, second.document.events.events(), notes);
    ASSERT_TRUE(as_ubl) << file;
    const auto third = read_text(ubl, *as_ubl);
    EXPECT_EQ(differing(first, third), std::set<std::string>()) << file;
    EXPECT_TRUE(notes.losses.losses().empty()) << file;
  }
}

TEST_F(Corpus, TheLayoutIsWhatTheSchemaSays) {
  const char* build = std::getenv("PURSER_BUILD");
  const char* source = std::getenv("PURSER_SOURCE");
  if (build == nullptr || source == nullptr) GTEST_SKIP() << "run by ctest";
  const WorkFolder work("cii_layout");
  const auto schema = corpus / "cii/en16931/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd";
  const auto printed = work.path() / "d16b.layout";
  ASSERT_EQ(conformance::run({std::string(build) + "/bin/layout_cii", schema.string()}, printed), 0);
  EXPECT_TRUE(file_text(printed) == file_text(fs::path(source) / "connectors/cii/layout/d16b.layout"))
      << "print it again with tools/layout/cii.cc";
}

}  // namespace
}  // namespace purser::cii
