// Every sample of the connector: what it reads as, what is found wrong, and that writing it loses nothing.
// After a wanted change: test_connectors_x12 --update, then read the difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "connectors/reader/x12_reader.h"
#include "connectors/x12/embedded.h"
#include "tests/connectors/x12/trial.h"

namespace purser::x12::testing {
namespace {

bool update = false;

std::filesystem::path samples() {
  const char* source = std::getenv("PURSER_SOURCE");
  return std::filesystem::path(source == nullptr ? "." : source) / "connectors/x12/samples";
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  constexpr std::string_view ending = ".in.x12";
  for (const auto& entry : std::filesystem::directory_iterator(samples())) {
    const auto name = entry.path().filename().string();
    if (name.ends_with(ending)) names.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::ranges::sort(names);
  return names;
}

/// Version of the first group.
std::string version_of(std::string_view text) {
  const auto seen = peek(text);
  return seen ? seen->group.version : "";
}

/// Compares by meaning, so that layout and order of members do not matter.
void expect_same(const std::string& name, const std::string& text) {
  const auto path = samples() / name;
  if (update) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path;
  const auto expected = nlohmann::json::parse(file_text(path), nullptr, false);
  const auto found = nlohmann::json::parse(text, nullptr, false);
  EXPECT_EQ(expected, found) << name << ": " << nlohmann::json::diff(expected, found).dump(1);
}

class Sample : public ::testing::TestWithParam<std::string> {
 protected:
  table::Library tables{{}, embedded_files()};
  std::string text() const { return file_text(samples() / (GetParam() + ".in.x12")); }
};

TEST_P(Sample, ReadsAsRecorded) {
  const Trial trial = read_text(tables, text());
  expect_same(GetParam() + ".findings.json", findings_json(trial));
  expect_same(GetParam() + ".canonical.json", canonical_json(trial));
}

TEST_P(Sample, IsTheSameAfterWriting) {
  const Trial trial = read_text(tables, text());
  for (const Finding& finding : trial.findings()) {
    if (finding.severity >= Severity::error) GTEST_SKIP() << "broken on purpose";
  }
  ASSERT_TRUE(trial.outcome.has_value()) << trial.outcome.error().message;
  std::string written;
  EXPECT_EQ(round_trip_difference(tables, trial, version_of(text()), &written), "") << written;
}

INSTANTIATE_TEST_SUITE_P(X12, Sample, ::testing::ValuesIn(sample_names()), [](const auto& sample) {
  auto name = sample.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace purser::x12::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  purser::x12::testing::update = argc > 1 && std::string_view(argv[1]) == "--update";
  return RUN_ALL_TESTS();
}
