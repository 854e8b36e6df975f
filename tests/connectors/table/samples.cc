#include "tests/connectors/table/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace purser::table::testing {

bool Samples::update = false;

Samples::Samples(const std::string& folder) {
  const char* source = std::getenv("PURSER_SOURCE");
  folder_ = std::filesystem::path(source == nullptr ? "." : source) / folder;
}

std::vector<std::string> Samples::names() const {
  std::vector<std::string> names;
  constexpr std::string_view ending = ".in.xml";
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto name = entry.path().filename().string();
    if (name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::ranges::sort(names);
  return names;
}

std::string Samples::xml(const std::string& name) const { return file_text(folder_ / (name + ".in.xml")); }

/// Compares by meaning, so that layout and order of members do not matter.
void Samples::expect_same(const std::string& file, const std::string& text) const {
  const auto path = folder_ / file;
  if (update) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  const auto expected = nlohmann::json::parse(file_text(path), nullptr, false);
  const auto found = nlohmann::json::parse(text, nullptr, false);
  EXPECT_EQ(expected, found) << file << ": " << nlohmann::json::diff(expected, found).dump(1);
}

void Samples::expect_as_recorded(XmlTables& tables, const std::string& name) const {
  const auto trial = read_text(tables, xml(name));
  expect_same(name + ".findings.json", findings_json(trial));
  if (trial.outcome) expect_same(name + ".canonical.json", canonical_json(trial.document.events.events()));
}

void Samples::expect_same_after_writing(XmlTables& tables, const std::string& name,
                                        const sdk::Request& request) const {
  const auto trial = read_text(tables, xml(name));
  if (trial.document.report.has(Severity::error) || !trial.outcome) GTEST_SKIP() << "broken on purpose";
  EXPECT_EQ(round_trip_difference(tables, trial.document, request), "");
}

void Samples::expect_robust(XmlTables& tables, const std::string& name) const {
  const auto text = xml(name);
  constexpr std::size_t places = 80;  // of a sample: all of them together see every kind of place
  const auto step = std::max<std::size_t>(1, text.size() / places);
  const auto survives = [&](const std::string& damaged) {
    const auto trial = read_text(tables, damaged);
    if (!trial.outcome) {
      EXPECT_TRUE(trial.document.report.has(Severity::error)) << trial.outcome.error().message;
      return;
    }
    RecordedDocument notes;
    static_cast<void>(write_text(tables, trial.document.events.events(), notes));
  };
  for (std::size_t at = 0; at < text.size(); at += step) {
    survives(text.substr(0, at));
    for (const char c : {'\0', '<', '"', '\xFF', ' '}) {
      auto damaged = text;
      damaged[at] = c;
      survives(damaged);
    }
  }
}

int run_tests(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  Samples::update = argc > 1 && std::string_view(argv[1]) == "--update";
  return RUN_ALL_TESTS();
}

}  // namespace purser::table::testing
